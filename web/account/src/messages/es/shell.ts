import { pluralIn } from '@custom-identity-platform/kit/plural.ts'

const plural = pluralIn('es')

export const shell = {
  product: 'Su cuenta',
  skip: 'Ir al contenido',
  menu: 'Menú',
  languageMenu: 'Idioma de esta página',
  links: { title: 'Acerca de este servicio', terms: 'Condiciones', privacy: 'Privacidad', help: 'Ayuda' },
  navigation: 'Cuenta',
  signOut: 'Cerrar sesión',
  acting: (by: string) => `Un administrador (${by}) actúa en su lugar. No se puede cambiar nada que proteja la cuenta.`,
  actingUntil: (time: string) => `Hasta las ${time}.`,
  stopActing: 'Terminar',
  notWhileActing: 'Un administrador que actúa en lugar de una persona no puede cambiar esto.',
  groups: { you: 'Usted', security: 'Seguridad', access: 'Acceso' },
  pages: {
    overview: 'Resumen',
    profile: 'Perfil',
    language: 'Idioma',
    data: 'Sus datos',
    password: 'Contraseña',
    passkeys: 'Llaves de acceso',
    secondFactor: 'Acceso en dos pasos',
    identities: 'Accesos vinculados',
    sessions: 'Sesiones y dispositivos',
    applications: 'Aplicaciones conectadas',
    activity: 'Actividad reciente',
    organizations: 'Organizaciones',
  },
  loading: 'Cargando',
  save: 'Guardar',
  saved: 'Guardado.',
  cancel: 'Cancelar',
  close: 'Cerrar',
  remove: 'Quitar',
  rename: 'Cambiar nombre',
  change: 'Cambiar',
  add: 'Añadir',
  next: 'Continuar',
  code: 'Código',
  codeHelp: 'Introduzca el código del mensaje. Vale unos minutos.',
  tryAgain: 'Intentar de nuevo',
  never: 'nunca',
  notFound: {
    title: 'Esta página no existe',
    text: 'Puede que la dirección esté mal escrita o que la página se haya movido.',
    back: 'Ir al resumen',
  },
  problem: {
    title: 'No se ha podido cargar',
    offline: 'No se puede llegar al servidor. Compruebe su conexión e inténtelo de nuevo.',
    tooMany: (seconds: number | undefined) =>
      seconds === undefined
        ? 'Han sido demasiadas veces. Espere un momento e inténtelo de nuevo.'
        : plural(seconds, {
            one: 'Han sido demasiadas veces. Inténtelo de nuevo dentro de # segundo.',
            other: 'Han sido demasiadas veces. Inténtelo de nuevo dentro de # segundos.',
          }),
    unavailable: 'El servidor está ocupado. Inténtelo de nuevo dentro de un momento.',
    signedOut: 'Su sesión se ha cerrado. Inicie sesión de nuevo para seguir.',
    failed: 'Algo ha fallado aquí. Inténtelo de nuevo; si se repite, dígaselo a quien gestiona este servicio.',
  },
  signIn: {
    failed: 'No se ha podido iniciar sesión',
    denied: 'El inicio de sesión se ha cancelado. Inicie sesión para abrir su cuenta.',
    again: 'Iniciar sesión',
  },
  stepUp: {
    title: 'Confirme que es usted',
    text: 'Esto cambia quién puede entrar en su cuenta. Inicie sesión una vez más; volverá a este lugar y podrá seguir.',
    go: 'Iniciar sesión de nuevo',
    back: 'Gracias. Ya puede seguir.',
  },
}
