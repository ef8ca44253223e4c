import type { Catalogue } from '../wording.ts'

export const pt: Catalogue = {
  templates: {
    'sign-in-code': {
      subject: 'O seu código para entrar em {brand}',
      lead: 'Escreva este código onde está a iniciar sessão, ou use o botão. Ambos são válidos por {minutes}.',
      button: 'Iniciar sessão',
    },
    'second-factor-code': {
      subject: 'O seu código para o segundo passo em {brand}',
      lead: 'Escreva este código para concluir o início de sessão. É válido por {minutes}.',
    },
    'sign-up-code': {
      subject: 'Confirme o seu endereço para {brand}',
      lead: 'Escreva este código para concluir a criação da sua conta, ou use o botão. Ambos são válidos por {minutes}.',
      button: 'Confirmar o endereço',
    },
    'account-exists': {
      subject: 'Já tem uma conta em {brand}',
      lead: 'Alguém, talvez você, tentou criar uma conta com este endereço. Já existe uma: inicie sessão, ou escolha uma nova palavra-passe se já não sabe a sua.',
      button: 'Ir para o início de sessão',
    },
    'verify-email': {
      subject: 'Confirme o seu endereço para {brand}',
      lead: 'Escreva este código ou use o botão para confirmar que este endereço é seu. Ambos são válidos por {hours}.',
      button: 'Confirmar o endereço',
    },
    'reset-password': {
      subject: 'Escolha uma nova palavra-passe para {brand}',
      lead: 'Escreva este código ou use o botão para escolher uma nova palavra-passe. Ambos são válidos por {minutes}.',
      button: 'Escolher uma nova palavra-passe',
    },
    'password-changed': {
      subject: 'A sua palavra-passe de {brand} foi alterada',
      lead: 'A palavra-passe da sua conta foi alterada.',
      button: 'Não fui eu',
    },
    'new-device': {
      subject: 'Novo início de sessão em {brand}',
      lead: 'A sua conta foi usada num navegador que não tinha sido usado antes.',
      button: 'Não fui eu',
    },
    'factor-changed': {
      subject: 'A sua forma de entrar em {brand} foi alterada',
      lead: 'O que foi alterado: {what}.',
      button: 'Não fui eu',
    },
    'change-email': {
      subject: 'Confirme o seu novo endereço para {brand}',
      lead: 'Escreva este código ou use o botão para usar este endereço na sua conta. Ambos são válidos por {hours}.',
      button: 'Confirmar o endereço',
    },
    'email-changed': {
      subject: 'O endereço da sua conta em {brand} foi alterado',
      lead: 'O endereço da sua conta é agora {email}. Se não foi você, pode anular a alteração durante {days}.',
      button: 'Anular a alteração',
    },
    'account-frozen': {
      subject: 'A sua conta em {brand} foi bloqueada',
      lead: 'A sua conta foi bloqueada em {time}. Todas as sessões terminaram, e ninguém pode entrar até ser escolhida uma nova palavra-passe.',
    },
    invitation: {
      subject: 'Tem um convite para {brand}',
      lead: 'Use o botão para aceitar o convite. É válido por {days}.',
      button: 'Aceitar o convite',
    },
    'organization-invitation': {
      subject: 'Tem um convite para participar de {organization}',
      lead: '{organization} convida você a participar em {brand}. Use o botão para aceitar o convite. É válido por {days}.',
      button: 'Aceitar o convite',
    },
    'domain-proved': {
      subject: '{domain} pertence agora a {organization}',
      lead: 'O registo do domínio foi encontrado: {organization} provou em {brand} que {domain} é seu. Deixe o registo onde está; é procurado uma vez por dia.',
    },
    'domain-lost': {
      subject: '{organization} perdeu o domínio {domain}',
      lead: 'O registo que prova {domain} falta há dias, pelo que o domínio já não conta para {organization} em {brand}. Os membros continuam a sê-lo; ninguém mais adere pelo domínio. Publique de novo o registo e mande verificá-lo na área da organização.',
    },
    'deletion-planned': {
      subject: 'A sua conta em {brand} será eliminada',
      lead: 'A sua conta e tudo o que contém serão eliminados em {time}. Até lá pode conservá-la.',
      button: 'Conservar a conta',
    },
    'phone-code': {
      subject: 'O seu código para {brand}',
      lead: 'Escreva este código para confirmar o seu número de telefone. É válido por {minutes}.',
    },
    test: {
      subject: 'Mensagem de teste de {brand}',
      lead: 'Esta mensagem foi pedida em {time}, para ver se as mensagens chegam. Chegam.',
    },
  },
  notes: {
    ignore: 'Se não pediu isto, ignore esta mensagem. Nunca partilhe o código.',
    unchanged: 'Se não pediu isto, ignore esta mensagem: a sua palavra-passe continua a mesma.',
    known: 'Se não está a iniciar sessão, outra pessoa pode conhecer a sua palavra-passe: altere-a. Nunca partilhe o código.',
    nothing: 'Se não foi você, não precisa de fazer nada.',
    notYou: 'Se foi você, não precisa de fazer nada. Se não foi, diga-o com o botão.',
  },
  reasons: {
    asked: 'Esta mensagem foi enviada porque alguém escreveu este endereço em {brand}.',
    account: 'Esta mensagem foi enviada porque este endereço pertence a uma conta em {brand}.',
    invited: 'Esta mensagem foi enviada porque alguém em {brand} convidou este endereço.',
    tested: 'Esta mensagem foi enviada porque a administração de {brand} testou a entrega do correio.',
  },
  facts: { time: 'Data', ip: 'Endereço IP', device: 'Dispositivo' },
  sms: '{code} é o seu código para {brand}. É válido por {minutes}. Nunca o partilhe.',
}
