// A browser sends a dozen ranges at most; what is longer serves nobody.
const charactersMax = 1024
const rangesMax = 32

const qualityForm = /^q=(?:0(?:\.\d{0,3})?|1(?:\.0{0,3})?)$/i

type Range = { readonly tag: string; readonly quality: number }

const readRange = (text: string): Range | undefined => {
  const [tag = '', weight] = text.split(';', 2).map((part) => part.trim())
  if (tag === '') return undefined
  if (weight === undefined || weight === '') return { tag, quality: 1 }
  return qualityForm.test(weight) ? { tag, quality: Number(weight.slice(2)) } : undefined
}

/**
 * The language ranges of an Accept-Language header, the most wanted first; equal ones stay in their order (RFC 9110 section 12.5.4).
 * Those of quality 0 are not wanted and are left out, as is what cannot be read. Linear in the first 1,024 characters, at most 32 ranges.
 */
export const acceptedLanguages = (header: string | readonly string[] | undefined): readonly string[] => {
  const text = typeof header === 'string' ? header : (header?.join(',') ?? '')
  return text
    .slice(0, charactersMax)
    .split(',', rangesMax)
    .flatMap((range) => readRange(range) ?? [])
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality)
    .map(({ tag }) => tag)
}
