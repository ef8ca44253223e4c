const markup: unique symbol = Symbol('markup')

/** Markup that only the template below can make: text from outside, JSON included, is never taken for it. */
export type Html = { readonly [markup]: string }

/** What a hole of a template takes. Undefined, null and false print nothing. */
export type HtmlValue = Html | string | number | undefined | null | false | readonly HtmlValue[]

type Place = 'text' | 'attribute' | 'tag'

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

const escapeText = (text: string): string =>
  /[&<>"']/.test(text) ? text.replace(/[&<>"']/g, (character) => entities[character] ?? '') : text

const isHtml = (value: HtmlValue): value is Html => typeof value === 'object' && value !== null && markup in value

const print = (value: HtmlValue, place: Place): string => {
  if (value === undefined || value === null || value === false) return ''
  if (isHtml(value)) {
    if (place === 'attribute') throw new TypeError('An attribute takes text, not markup. Pass the text itself.')
    return value[markup]
  }
  if (Array.isArray(value)) return value.map((one: HtmlValue) => print(one, place)).join('')
  if (place === 'tag') throw new TypeError('Between the attributes of a tag stands only markup. Make the whole attribute a template.')
  return escapeText(String(value))
}

/** Where a template stands after some more of its markup: in a tag, in a quoted value of it, or in text. */
const placeAfter = (part: string, before: Place): Place => {
  let place = before
  for (const character of part) {
    if (place === 'text' && character === '<') place = 'tag'
    else if (place === 'tag' && character === '>') place = 'text'
    else if (character === '"' && place !== 'text') place = place === 'tag' ? 'attribute' : 'tag'
  }
  return place
}

// Escaping does not protect an unquoted value, a script or a style: such a template is a mistake of ours and never prints.
const placesOf = (parts: readonly string[]): readonly Place[] => {
  const places: Place[] = []
  let place: Place = 'text'
  for (const part of parts.slice(0, -1)) {
    place = placeAfter(part, place)
    if (place !== 'attribute' && /=\s*'?$/.test(part))
      throw new TypeError('A hole follows an equals sign. Put the value of an attribute in double quotes.')
    places.push(place)
  }
  if (/<script\b[^>]*>(?!<\/script>)|<style\b|<!--/i.test(parts.join('…')))
    throw new TypeError('A template holds no script, style or comment. Link a file.')
  return places
}

const known = new WeakMap<TemplateStringsArray, readonly Place[]>()

/** A template whose values are escaped, or nested where they are markup. Each template is checked once. */
export const html = (parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html => {
  let places = known.get(parts)
  if (places === undefined) {
    places = placesOf(parts)
    known.set(parts, places)
  }
  let text = parts[0] ?? ''
  for (const [index, value] of values.entries()) text += print(value, places[index] ?? 'text') + (parts[index + 1] ?? '')
  return { [markup]: text }
}

/** Takes text for markup as it is: only for constants of our own. */
export const unsafeRaw = (text: string): Html => ({ [markup]: text })

/** The finished text, to be sent. */
export const printHtml = (value: Html): string => value[markup]
