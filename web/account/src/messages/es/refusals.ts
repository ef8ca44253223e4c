export const refusals: Readonly<Record<string, string>> = {
  'This code is not right': 'Este código no es correcto.',
  'No code is open any more. Ask for a new one': 'Ya no hay ningún código pendiente. Pida uno nuevo.',
  'The current password is not right': 'La contraseña actual no es correcta.',
  'Use at least # characters.': 'Use al menos # caracteres.',
  'This password is one of the most common. Choose another.': 'Esta contraseña es una de las más comunes. Elija otra.',
  'The password must not be your user name or e-mail address.':
    'La contraseña no puede ser su nombre de usuario ni su dirección de correo electrónico.',
  'This is the address of the account already': 'Esta ya es la dirección de la cuenta.',
  'Another account has this address': 'Otra cuenta tiene esta dirección.',
  'The address was proved already': 'La dirección ya está confirmada.',
  'This is the number of the account already': 'Este ya es el número de la cuenta.',
  'Another account has this number': 'Otra cuenta tiene este número.',
  'An authenticator app is set up already. Remove it first': 'Ya hay una aplicación de autenticación configurada. Quítela primero.',
  'No authenticator app waits for its first code': 'Ninguna aplicación de autenticación espera su primer código. Empiece de nuevo.',
  'Passkeys do not work at this address, or are not offered': 'Las llaves de acceso no funcionan en esta dirección, o no se ofrecen.',
  'The account has as many passkeys as it can. Remove one first':
    'La cuenta ya tiene todas las llaves de acceso que puede. Quite una primero.',
  'This passkey is registered already': 'Esta llave de acceso ya está registrada.',
  'The passkey could not be verified. Begin again': 'No se ha podido verificar la llave de acceso. Empiece de nuevo.',
  'This is the last way to sign in. Add another one first': 'Esta es la última forma de iniciar sesión. Añada otra primero.',
  'The deletion is planned already': 'La eliminación ya está prevista.',
  'The account was changed meanwhile. Try again': 'La cuenta ha cambiado entretanto. Inténtelo de nuevo.',
}
