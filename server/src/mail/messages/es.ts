import type { Catalogue } from '../wording.ts'

export const es: Catalogue = {
  templates: {
    'sign-in-code': {
      subject: 'Su código para entrar en {brand}',
      lead: 'Escriba este código donde está iniciando sesión, o use el botón. Ambos son válidos durante {minutes}.',
      button: 'Iniciar sesión',
    },
    'second-factor-code': {
      subject: 'Su código para el segundo paso en {brand}',
      lead: 'Escriba este código para terminar de iniciar sesión. Es válido durante {minutes}.',
    },
    'sign-up-code': {
      subject: 'Confirme su dirección para {brand}',
      lead: 'Escriba este código para terminar de crear su cuenta, o use el botón. Ambos son válidos durante {minutes}.',
      button: 'Confirmar la dirección',
    },
    'account-exists': {
      subject: 'Ya tiene una cuenta en {brand}',
      lead: 'Alguien, quizá usted, intentó crear una cuenta con esta dirección. Ya existe una: inicie sesión, o elija una contraseña nueva si ya no recuerda la suya.',
      button: 'Ir al inicio de sesión',
    },
    'verify-email': {
      subject: 'Confirme su dirección para {brand}',
      lead: 'Escriba este código o use el botón para confirmar que esta dirección es suya. Ambos son válidos durante {hours}.',
      button: 'Confirmar la dirección',
    },
    'reset-password': {
      subject: 'Elija una contraseña nueva para {brand}',
      lead: 'Escriba este código o use el botón para elegir una contraseña nueva. Ambos son válidos durante {minutes}.',
      button: 'Elegir una contraseña nueva',
    },
    'password-changed': {
      subject: 'Se cambió su contraseña de {brand}',
      lead: 'Se cambió la contraseña de su cuenta.',
      button: 'No he sido yo',
    },
    'new-device': {
      subject: 'Nuevo inicio de sesión en {brand}',
      lead: 'Se inició sesión en su cuenta desde un navegador que no se había usado antes.',
      button: 'No he sido yo',
    },
    'factor-changed': {
      subject: 'Se cambió su forma de entrar en {brand}',
      lead: 'Lo que se cambió: {what}.',
      button: 'No he sido yo',
    },
    'change-email': {
      subject: 'Confirme su nueva dirección para {brand}',
      lead: 'Escriba este código o use el botón para usar esta dirección con su cuenta. Ambos son válidos durante {hours}.',
      button: 'Confirmar la dirección',
    },
    'email-changed': {
      subject: 'Se cambió la dirección de su cuenta en {brand}',
      lead: 'La dirección de su cuenta es ahora {email}. Si no la cambió usted, puede deshacerlo durante {days}.',
      button: 'Deshacer el cambio',
    },
    'account-frozen': {
      subject: 'Su cuenta en {brand} fue bloqueada',
      lead: 'Su cuenta fue bloqueada el {time}. Todas las sesiones han terminado, y nadie puede entrar hasta que se elija una contraseña nueva.',
    },
    invitation: {
      subject: 'Tiene una invitación a {brand}',
      lead: 'Use el botón para aceptar la invitación. Es válida durante {days}.',
      button: 'Aceptar la invitación',
    },
    'organization-invitation': {
      subject: 'Tiene una invitación para unirse a {organization}',
      lead: '{organization} le invita a unirse en {brand}. Use el botón para aceptar la invitación. Es válida durante {days}.',
      button: 'Aceptar la invitación',
    },
    'domain-proved': {
      subject: '{domain} pertenece ahora a {organization}',
      lead: 'Se encontró el registro del dominio: {organization} ha demostrado en {brand} que {domain} es suyo. Deje el registro donde está; se busca una vez al día.',
    },
    'domain-lost': {
      subject: '{organization} ha perdido el dominio {domain}',
      lead: 'El registro que demuestra {domain} falta desde hace días, por lo que el dominio ya no cuenta para {organization} en {brand}. Los miembros siguen siéndolo; nadie más se une por el dominio. Publique de nuevo el registro y pida que se compruebe en el área de la organización.',
    },
    'deletion-planned': {
      subject: 'Su cuenta en {brand} se eliminará',
      lead: 'Su cuenta y todo lo que contiene se eliminarán el {time}. Hasta entonces puede conservarla.',
      button: 'Conservar la cuenta',
    },
    'phone-code': {
      subject: 'Su código para {brand}',
      lead: 'Escriba este código para confirmar su número de teléfono. Es válido durante {minutes}.',
    },
    test: {
      subject: 'Mensaje de prueba de {brand}',
      lead: 'Este mensaje se pidió el {time} para ver si los mensajes llegan. Llegan.',
    },
  },
  notes: {
    ignore: 'Si no lo ha pedido, ignore este mensaje. No comparta nunca el código.',
    unchanged: 'Si no lo ha pedido, ignore este mensaje: su contraseña sigue siendo la misma.',
    known: 'Si no está iniciando sesión, puede que otra persona conozca su contraseña: cámbiela. No comparta nunca el código.',
    nothing: 'Si no ha sido usted, no tiene que hacer nada.',
    notYou: 'Si ha sido usted, no tiene que hacer nada. Si no, dígalo con el botón.',
  },
  reasons: {
    asked: 'Este mensaje se envió porque alguien escribió esta dirección en {brand}.',
    account: 'Este mensaje se envió porque esta dirección pertenece a una cuenta en {brand}.',
    invited: 'Este mensaje se envió porque alguien en {brand} invitó a esta dirección.',
    tested: 'Este mensaje se envió porque la administración de {brand} probó la entrega del correo.',
  },
  facts: { time: 'Fecha', ip: 'Dirección IP', device: 'Dispositivo' },
  sms: '{code} es su código para {brand}. Es válido durante {minutes}. No lo comparta nunca.',
}
