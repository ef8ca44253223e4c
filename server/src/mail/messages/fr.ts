import type { Catalogue } from '../wording.ts'

export const fr: Catalogue = {
  templates: {
    'sign-in-code': {
      subject: 'Votre code de connexion à {brand}',
      lead: 'Saisissez ce code là où vous vous connectez, ou utilisez le bouton. Les deux sont valables {minutes}.',
      button: 'Se connecter',
    },
    'second-factor-code': {
      subject: 'Votre code pour la deuxième étape chez {brand}',
      lead: 'Saisissez ce code pour terminer la connexion. Il est valable {minutes}.',
    },
    'sign-up-code': {
      subject: 'Confirmez votre adresse pour {brand}',
      lead: 'Saisissez ce code pour terminer la création de votre compte, ou utilisez le bouton. Les deux sont valables {minutes}.',
      button: 'Confirmer l’adresse',
    },
    'account-exists': {
      subject: 'Vous avez déjà un compte chez {brand}',
      lead: 'Quelqu’un, peut-être vous, a voulu créer un compte avec cette adresse. Il en existe déjà un : connectez-vous, ou choisissez un nouveau mot de passe si vous ne connaissez plus le vôtre.',
      button: 'Aller à la connexion',
    },
    'verify-email': {
      subject: 'Confirmez votre adresse pour {brand}',
      lead: 'Saisissez ce code ou utilisez le bouton pour confirmer que cette adresse est la vôtre. Les deux sont valables {hours}.',
      button: 'Confirmer l’adresse',
    },
    'reset-password': {
      subject: 'Choisissez un nouveau mot de passe pour {brand}',
      lead: 'Saisissez ce code ou utilisez le bouton pour choisir un nouveau mot de passe. Les deux sont valables {minutes}.',
      button: 'Choisir un nouveau mot de passe',
    },
    'password-changed': {
      subject: 'Votre mot de passe pour {brand} a été modifié',
      lead: 'Le mot de passe de votre compte a été modifié.',
      button: 'Ce n’était pas moi',
    },
    'new-device': {
      subject: 'Nouvelle connexion à {brand}',
      lead: 'Une connexion à votre compte a eu lieu avec un navigateur qui n’avait pas encore servi.',
      button: 'Ce n’était pas moi',
    },
    'factor-changed': {
      subject: 'Votre façon de vous connecter à {brand} a été modifiée',
      lead: 'Ce qui a été modifié : {what}.',
      button: 'Ce n’était pas moi',
    },
    'change-email': {
      subject: 'Confirmez votre nouvelle adresse pour {brand}',
      lead: 'Saisissez ce code ou utilisez le bouton pour employer cette adresse avec votre compte. Les deux sont valables {hours}.',
      button: 'Confirmer l’adresse',
    },
    'email-changed': {
      subject: 'L’adresse de votre compte chez {brand} a été modifiée',
      lead: 'L’adresse de votre compte est désormais {email}. Si vous n’en êtes pas à l’origine, vous pouvez l’annuler pendant {days}.',
      button: 'Annuler la modification',
    },
    'account-frozen': {
      subject: 'Votre compte chez {brand} a été bloqué',
      lead: 'Votre compte a été bloqué le {time}. Toutes les sessions sont terminées, et personne ne peut se connecter avant qu’un nouveau mot de passe soit choisi.',
    },
    invitation: {
      subject: 'Vous êtes invité à rejoindre {brand}',
      lead: 'Utilisez le bouton pour accepter l’invitation. Elle est valable {days}.',
      button: 'Accepter l’invitation',
    },
    'organization-invitation': {
      subject: 'Vous êtes invité à rejoindre {organization}',
      lead: '{organization} vous invite à la rejoindre sur {brand}. Utilisez le bouton pour accepter l’invitation. Elle est valable {days}.',
      button: 'Accepter l’invitation',
    },
    'domain-proved': {
      subject: '{domain} appartient maintenant à {organization}',
      lead: 'L’enregistrement du domaine a été trouvé : {organization} a prouvé sur {brand} que {domain} est à elle. Laissez l’enregistrement en place ; il est recherché une fois par jour.',
    },
    'domain-lost': {
      subject: '{organization} a perdu le domaine {domain}',
      lead: 'L’enregistrement qui prouve {domain} manque depuis des jours : le domaine ne compte plus pour {organization} sur {brand}. Les membres le restent ; plus personne ne rejoint l’organisation par le domaine. Publiez à nouveau l’enregistrement et faites-le vérifier dans l’espace de l’organisation.',
    },
    'deletion-planned': {
      subject: 'Votre compte chez {brand} sera supprimé',
      lead: 'Votre compte et tout ce qu’il contient seront supprimés le {time}. D’ici là, vous pouvez le conserver.',
      button: 'Conserver le compte',
    },
    'phone-code': {
      subject: 'Votre code pour {brand}',
      lead: 'Saisissez ce code pour confirmer votre numéro de téléphone. Il est valable {minutes}.',
    },
    test: {
      subject: 'Message d’essai de {brand}',
      lead: 'Ce message a été demandé le {time}, pour voir si les messages arrivent. Ils arrivent.',
    },
  },
  notes: {
    ignore: 'Si vous n’avez rien demandé, ignorez ce message. Ne transmettez jamais le code.',
    unchanged: 'Si vous n’avez rien demandé, ignorez ce message : votre mot de passe reste le même.',
    known:
      'Si vous n’êtes pas en train de vous connecter, quelqu’un connaît peut-être votre mot de passe : changez-le. Ne transmettez jamais le code.',
    nothing: 'Si ce n’était pas vous, il n’y a rien à faire.',
    notYou: 'Si c’était vous, il n’y a rien à faire. Sinon, dites-le avec le bouton.',
  },
  reasons: {
    asked: 'Ce message a été envoyé parce que quelqu’un a saisi cette adresse chez {brand}.',
    account: 'Ce message a été envoyé parce que cette adresse appartient à un compte chez {brand}.',
    invited: 'Ce message a été envoyé parce que quelqu’un chez {brand} a invité cette adresse.',
    tested: 'Ce message a été envoyé parce qu’un exploitant de {brand} a vérifié l’acheminement du courrier.',
  },
  facts: { time: 'Date', ip: 'Adresse IP', device: 'Appareil' },
  sms: '{code} est votre code pour {brand}. Il est valable {minutes}. Ne le transmettez jamais.',
}
