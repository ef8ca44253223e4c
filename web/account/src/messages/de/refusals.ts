export const refusals: Readonly<Record<string, string>> = {
  'This code is not right': 'Dieser Code stimmt nicht.',
  'No code is open any more. Ask for a new one': 'Es ist kein Code mehr offen. Fordern Sie einen neuen an.',
  'The current password is not right': 'Das jetzige Passwort stimmt nicht.',
  'Use at least # characters.': 'Verwenden Sie mindestens # Zeichen.',
  'This password is one of the most common. Choose another.': 'Dieses Passwort gehört zu den häufigsten. Wählen Sie ein anderes.',
  'The password must not be your user name or e-mail address.': 'Das Passwort darf nicht Ihr Benutzername oder Ihre E-Mail-Adresse sein.',
  'This is the address of the account already': 'Das ist schon die Adresse des Kontos.',
  'Another account has this address': 'Ein anderes Konto hat diese Adresse.',
  'The address was proved already': 'Die Adresse ist schon bestätigt.',
  'This is the number of the account already': 'Das ist schon die Nummer des Kontos.',
  'Another account has this number': 'Ein anderes Konto hat diese Nummer.',
  'An authenticator app is set up already. Remove it first': 'Es ist schon eine Authenticator-App eingerichtet. Entfernen Sie sie zuerst.',
  'No authenticator app waits for its first code': 'Keine Authenticator-App wartet auf ihren ersten Code. Beginnen Sie von vorn.',
  'Passkeys do not work at this address, or are not offered': 'Passkeys gehen unter dieser Adresse nicht oder werden nicht angeboten.',
  'The account has as many passkeys as it can. Remove one first':
    'Das Konto hat so viele Passkeys, wie es haben kann. Entfernen Sie zuerst einen.',
  'This passkey is registered already': 'Dieser Passkey ist schon hinterlegt.',
  'The passkey could not be verified. Begin again': 'Der Passkey konnte nicht geprüft werden. Beginnen Sie von vorn.',
  'This is the last way to sign in. Add another one first':
    'Das ist der letzte Weg, sich anzumelden. Fügen Sie zuerst einen anderen hinzu.',
  'The deletion is planned already': 'Die Löschung ist schon vorgemerkt.',
  'The account was changed meanwhile. Try again': 'Das Konto wurde inzwischen geändert. Versuchen Sie es noch einmal.',
}
