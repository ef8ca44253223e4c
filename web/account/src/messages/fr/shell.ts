import { pluralIn } from '@custom-identity-platform/kit/plural.ts'

const plural = pluralIn('fr')

export const shell = {
  product: 'Votre compte',
  skip: 'Aller au contenu',
  menu: 'Menu',
  languageMenu: 'Langue de cette page',
  links: { title: 'À propos de ce service', terms: 'Conditions', privacy: 'Confidentialité', help: 'Aide' },
  navigation: 'Compte',
  signOut: 'Se déconnecter',
  acting: (by: string) => `Un administrateur (${by}) agit à votre place. Rien de ce qui protège le compte ne peut être modifié.`,
  actingUntil: (time: string) => `Jusqu’à ${time}.`,
  stopActing: 'Terminer',
  notWhileActing: 'Un administrateur qui agit à la place d’une personne ne peut pas modifier cela.',
  groups: { you: 'Vous', security: 'Sécurité', access: 'Accès' },
  pages: {
    overview: 'Aperçu',
    profile: 'Profil',
    language: 'Langue',
    data: 'Vos données',
    password: 'Mot de passe',
    passkeys: 'Clés d’accès',
    secondFactor: 'Connexion en deux étapes',
    identities: 'Connexions liées',
    sessions: 'Sessions et appareils',
    applications: 'Applications connectées',
    activity: 'Activité récente',
    organizations: 'Organisations',
  },
  loading: 'Chargement',
  save: 'Enregistrer',
  saved: 'Enregistré.',
  cancel: 'Annuler',
  close: 'Fermer',
  remove: 'Retirer',
  rename: 'Renommer',
  change: 'Modifier',
  add: 'Ajouter',
  next: 'Continuer',
  code: 'Code',
  codeHelp: 'Saisissez le code du message. Il est valable quelques minutes.',
  tryAgain: 'Réessayer',
  never: 'jamais',
  notFound: {
    title: 'Cette page n’existe pas',
    text: 'L’adresse est peut-être mal écrite, ou la page a été déplacée.',
    back: 'Aller à l’aperçu',
  },
  problem: {
    title: 'Le chargement a échoué',
    offline: 'Le serveur est injoignable. Vérifiez votre connexion, puis réessayez.',
    tooMany: (seconds: number | undefined) =>
      seconds === undefined
        ? 'C’était trop souvent. Attendez un instant, puis réessayez.'
        : plural(seconds, {
            one: 'C’était trop souvent. Réessayez dans # seconde.',
            other: 'C’était trop souvent. Réessayez dans # secondes.',
          }),
    unavailable: 'Le serveur est occupé. Réessayez dans un instant.',
    signedOut: 'Vous êtes déconnecté. Connectez-vous à nouveau pour continuer.',
    failed: 'Quelque chose a échoué ici. Réessayez ; si cela se reproduit, dites-le à qui gère ce service.',
  },
  signIn: {
    failed: 'La connexion n’a pas abouti',
    denied: 'La connexion a été annulée. Connectez-vous pour ouvrir votre compte.',
    again: 'Se connecter',
  },
  stepUp: {
    title: 'Confirmez que c’est bien vous',
    text: 'Cela change qui peut entrer dans votre compte. Connectez-vous encore une fois ; vous reviendrez ici et pourrez continuer.',
    go: 'Se connecter à nouveau',
    back: 'Merci. Vous pouvez continuer.',
  },
}
