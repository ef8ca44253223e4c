type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { readonly other: string }

/** Chooses the form that a language has for a number (CLDR plural rules), with the number in the place of #. */
export const pluralIn = (language: string) => {
  const rules = new Intl.PluralRules(language)
  return (count: number, forms: Forms): string => (forms[rules.select(count)] ?? forms.other).replace('#', String(count))
}
