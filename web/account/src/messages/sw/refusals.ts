export const refusals: Readonly<Record<string, string>> = {
  'This code is not right': 'Msimbo huu si sahihi.',
  'No code is open any more. Ask for a new one': 'Hakuna tena msimbo unaosubiriwa. Omba mpya.',
  'The current password is not right': 'Nenosiri la sasa si sahihi.',
  'Use at least # characters.': 'Tumia angalau herufi #.',
  'This password is one of the most common. Choose another.': 'Nenosiri hili ni mojawapo ya yanayotumika sana. Chagua lingine.',
  'The password must not be your user name or e-mail address.':
    'Nenosiri haliwezi kuwa jina lako la mtumiaji wala anwani yako ya barua pepe.',
  'This is the address of the account already': 'Hii tayari ni anwani ya akaunti.',
  'Another account has this address': 'Akaunti nyingine ina anwani hii.',
  'The address was proved already': 'Anwani imeshathibitishwa.',
  'This is the number of the account already': 'Hii tayari ni namba ya akaunti.',
  'Another account has this number': 'Akaunti nyingine ina namba hii.',
  'An authenticator app is set up already. Remove it first': 'Programu ya uthibitishaji imeshawekwa. Iondoe kwanza.',
  'No authenticator app waits for its first code': 'Hakuna programu ya uthibitishaji inayosubiri msimbo wake wa kwanza. Anza tena.',
  'Passkeys do not work at this address, or are not offered': 'Funguo za siri hazifanyi kazi kwenye anwani hii, au hazitolewi.',
  'The account has as many passkeys as it can. Remove one first':
    'Akaunti ina funguo za siri nyingi kadiri inavyoweza. Ondoa mmoja kwanza.',
  'This passkey is registered already': 'Ufunguo huu wa siri umeshasajiliwa.',
  'The passkey could not be verified. Begin again': 'Ufunguo wa siri haukuweza kuthibitishwa. Anza tena.',
  'This is the last way to sign in. Add another one first': 'Hii ndiyo njia ya mwisho ya kuingia. Ongeza nyingine kwanza.',
  'The deletion is planned already': 'Ufutaji umeshapangwa.',
  'The account was changed meanwhile. Try again': 'Akaunti ilibadilishwa wakati huohuo. Jaribu tena.',
}
