export const refusals: Readonly<Record<string, string>> = {
  'This code is not right': 'Ce code n’est pas le bon.',
  'No code is open any more. Ask for a new one': 'Plus aucun code n’est en attente. Demandez-en un nouveau.',
  'The current password is not right': 'Le mot de passe actuel n’est pas le bon.',
  'Use at least # characters.': 'Utilisez au moins # caractères.',
  'This password is one of the most common. Choose another.': 'Ce mot de passe est l’un des plus répandus. Choisissez-en un autre.',
  'The password must not be your user name or e-mail address.':
    'Le mot de passe ne doit pas être votre nom d’utilisateur ni votre adresse e-mail.',
  'This is the address of the account already': 'C’est déjà l’adresse du compte.',
  'Another account has this address': 'Un autre compte a cette adresse.',
  'The address was proved already': 'L’adresse est déjà confirmée.',
  'This is the number of the account already': 'C’est déjà le numéro du compte.',
  'Another account has this number': 'Un autre compte a ce numéro.',
  'An authenticator app is set up already. Remove it first': 'Une application d’authentification est déjà configurée. Retirez-la d’abord.',
  'No authenticator app waits for its first code': 'Aucune application d’authentification n’attend son premier code. Recommencez.',
  'Passkeys do not work at this address, or are not offered':
    'Les clés d’accès ne fonctionnent pas à cette adresse, ou ne sont pas proposées.',
  'The account has as many passkeys as it can. Remove one first':
    'Le compte a autant de clés d’accès que possible. Retirez-en une d’abord.',
  'This passkey is registered already': 'Cette clé d’accès est déjà enregistrée.',
  'The passkey could not be verified. Begin again': 'La clé d’accès n’a pas pu être vérifiée. Recommencez.',
  'This is the last way to sign in. Add another one first': 'C’est le dernier moyen de vous connecter. Ajoutez-en un autre d’abord.',
  'The deletion is planned already': 'La suppression est déjà prévue.',
  'The account was changed meanwhile. Try again': 'Le compte a été modifié entre-temps. Réessayez.',
}
