const words: Readonly<Record<string, string>> = {
  openid: 'Know that you have an account here',
  profile: 'See your name, picture and other details of your profile',
  email: 'See your e-mail address',
  address: 'See your postal address',
  phone: 'See your telephone number',
  account: 'Use your account here as you do yourself',
  offline_access: 'Keep access while you are away',
}

/** Scopes in words, for the consent page; one that nobody explains is shown by its name. */
export const scopesInWords = (scopes: readonly string[]): readonly { readonly name: string; readonly description: string }[] =>
  scopes.map((name) => ({ name, description: words[name] ?? 'Use a permission that the application names' }))
