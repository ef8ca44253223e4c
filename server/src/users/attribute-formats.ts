/** A form that an attribute schema can ask for by `format`, and what to tell who missed it. */
export type AttributeFormat = { readonly test: (text: string) => boolean; readonly advice: string }

const isWebUrl = (text: string): boolean => {
  if (text.length > 2048 || /[\p{C}\p{Z}\\]/u.test(text) || !URL.canParse(text)) return false
  const { protocol, username, password } = new URL(text)
  return (protocol === 'https:' || protocol === 'http:') && /^https?:\/\//i.test(text) && username === '' && password === ''
}

// OpenID Connect Core section 5.1: the year 0000 leaves the year out, and the year may stand alone.
const isBirthdate = (text: string): boolean => {
  if (/^\d{4}$/.test(text)) return text !== '0000'
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  // 2000 has a 29th of February.
  const dated = text.startsWith('0000') ? `2000${text.slice(4)}` : text
  const time = Date.parse(`${dated}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(dated)
}

const isTimeZone = (text: string): boolean => {
  if (!/^[A-Za-z][A-Za-z0-9_+/-]{1,63}$/.test(text)) return false
  try {
    const { timeZone } = new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions()
    // Intl takes any case; applications compare the name exactly.
    return timeZone === text || timeZone.toLowerCase() !== text.toLowerCase()
  } catch {
    return false
  }
}

const isLanguageTag = (text: string): boolean => {
  try {
    return text.length <= 64 && Intl.getCanonicalLocales(text).length === 1
  } catch {
    return false
  }
}

export const attributeFormats: Readonly<Record<string, AttributeFormat>> = {
  'web-url': { test: isWebUrl, advice: 'must be a URL. Write it in full, such as https://example.com/alice' },
  birthdate: { test: isBirthdate, advice: 'must be a date. Write YYYY-MM-DD, 0000-MM-DD without the year, or YYYY alone' },
  'time-zone': { test: isTimeZone, advice: 'must be a time zone of the IANA database. Write it such as Europe/Berlin' },
  'language-tag': { test: isLanguageTag, advice: 'must be a language tag (BCP 47). Write it such as en or de-CH, with a hyphen' },
  e164: {
    test: (text) => /^\+[1-9]\d{6,14}$/.test(text),
    advice: 'must be a telephone number in E.164. Write + and digits only, such as +4930123456',
  },
}
