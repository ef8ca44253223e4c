import { pluralIn } from '@custom-identity-platform/kit/plural.ts'

const plural = pluralIn('pt')

export const shell = {
  product: 'Sua conta',
  skip: 'Ir para o conteúdo',
  menu: 'Menu',
  languageMenu: 'Idioma desta página',
  links: { title: 'Sobre este serviço', terms: 'Termos', privacy: 'Privacidade', help: 'Ajuda' },
  navigation: 'Conta',
  signOut: 'Sair',
  acting: (by: string) => `Um administrador (${by}) age em seu lugar. Nada do que protege a conta pode ser alterado.`,
  actingUntil: (time: string) => `Até ${time}.`,
  stopActing: 'Encerrar',
  notWhileActing: 'Um administrador que age no lugar de uma pessoa não pode alterar isto.',
  groups: { you: 'Você', security: 'Segurança', access: 'Acesso' },
  pages: {
    overview: 'Visão geral',
    profile: 'Perfil',
    language: 'Idioma',
    data: 'Seus dados',
    password: 'Senha',
    passkeys: 'Chaves de acesso',
    secondFactor: 'Entrada em duas etapas',
    identities: 'Entradas vinculadas',
    sessions: 'Sessões e dispositivos',
    applications: 'Aplicativos conectados',
    activity: 'Atividade recente',
    organizations: 'Organizações',
  },
  loading: 'Carregando',
  save: 'Salvar',
  saved: 'Salvo.',
  cancel: 'Cancelar',
  close: 'Fechar',
  remove: 'Remover',
  rename: 'Renomear',
  change: 'Alterar',
  add: 'Adicionar',
  next: 'Continuar',
  code: 'Código',
  codeHelp: 'Digite o código da mensagem. Ele vale por alguns minutos.',
  tryAgain: 'Tentar de novo',
  never: 'nunca',
  notFound: {
    title: 'Esta página não existe',
    text: 'O endereço pode ter sido digitado errado, ou a página mudou de lugar.',
    back: 'Ir para a visão geral',
  },
  problem: {
    title: 'Não foi possível carregar',
    offline: 'Não foi possível falar com o servidor. Verifique sua conexão e tente de novo.',
    tooMany: (seconds: number | undefined) =>
      seconds === undefined
        ? 'Foram vezes demais. Espere um momento e tente de novo.'
        : plural(seconds, {
            one: 'Foram vezes demais. Tente de novo em # segundo.',
            other: 'Foram vezes demais. Tente de novo em # segundos.',
          }),
    unavailable: 'O servidor está ocupado. Tente de novo em um momento.',
    signedOut: 'Você saiu. Entre de novo para continuar.',
    failed: 'Algo deu errado aqui. Tente de novo; se continuar, avise quem cuida deste serviço.',
  },
  signIn: {
    failed: 'Não foi possível entrar',
    denied: 'A entrada foi cancelada. Entre para abrir sua conta.',
    again: 'Entrar',
  },
  stepUp: {
    title: 'Confirme que é você',
    text: 'Isto muda quem pode entrar na sua conta. Entre mais uma vez; você volta a este lugar e pode continuar.',
    go: 'Entrar de novo',
    back: 'Obrigado. Você já pode continuar.',
  },
}
