import { type TemplateName, wordNames } from './templates.ts'

/** Parts of a template that an operator wrote anew; those that are absent stay as they are. Words in braces are filled in. */
export type TemplateOverride = { readonly subject?: string; readonly text?: string; readonly html?: string }

/** The tenant's setting `mail-templates`: by template, then by language. */
export type TemplateOverrides = { readonly [T in TemplateName]?: Readonly<Record<string, TemplateOverride>> }

export const templateSetting = 'mail-templates'

export type OverrideCheck = { readonly kind: 'ok' } | { readonly kind: 'refused'; readonly reason: string }

const refused = (reason: string): OverrideCheck => ({ kind: 'refused', reason })
const partBytesMax = 65_536
const subjectLengthMax = 200

const namesIn = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')

const unknownName = (template: TemplateName, text: string): string | undefined => {
  const known = new Set([...wordNames(template), 'brand'])
  return namesIn(text).find((name) => !known.has(name))
}

// Escaping protects text and quoted values. So a word stands in text, and the link alone also as the whole of a quoted href.
const misplacedName = (html: string): string | undefined =>
  [...html.replaceAll(/\shref="\{link\}"/g, '').matchAll(/<(style|script)\b[\s\S]*?<\/\1\s*>|<[^>]*>/gi)].flatMap(([tag]) =>
    namesIn(tag),
  )[0]

const active = /<(script|iframe|object|embed|form|base|link|meta\s+http-equiv)\b|\son\w+\s*=|javascript:/i

const checkSubject = (subject: string): string | undefined => {
  if (/[\p{Cc}\p{Zl}\p{Zp}]/u.test(subject)) return 'The subject has a line break or another control character. Write it on one line.'
  if (subject.trim() === '' || subject.length > subjectLengthMax) return `The subject must have 1 to ${subjectLengthMax} characters.`
  return namesIn(subject).includes('link') ? 'The subject must not carry {link}. Put it into the text.' : undefined
}

const checkHtml = (html: string): string | undefined => {
  const name = misplacedName(html)
  if (name !== undefined)
    return `{${name}} stands inside a tag of the HTML, where it cannot be escaped. Only href="{link}" may hold a word; move it into the text.`
  return active.test(html) ? 'The HTML carries a script, a form, a frame or a base. No mail program runs them: take them out.' : undefined
}

// A message that tells neither its code nor its link helps nobody.
const missing = (template: TemplateName, part: string): string | undefined => {
  const needed: readonly string[] = wordNames(template).filter((name) => name === 'code' || name === 'link')
  if (needed.length === 0 || namesIn(part).some((name) => needed.includes(name))) return undefined
  return `It says neither ${needed.map((name) => `{${name}}`).join(' nor ')}. Put one of them in.`
}

/** Whether a text of an operator can be filled in safely, or why not. */
export const checkOverride = (template: TemplateName, { subject, text, html }: TemplateOverride): OverrideCheck => {
  for (const part of [subject, text, html]) {
    if (part === undefined) continue
    if (Buffer.byteLength(part) > partBytesMax) return refused(`A part has more than ${partBytesMax} bytes. Shorten it.`)
    const name = unknownName(template, part)
    if (name !== undefined)
      return refused(
        `{${name}} is no word of ${template}. Its words are ${[...wordNames(template), 'brand'].map((one) => `{${one}}`).join(' ')}.`,
      )
  }
  const reason =
    (subject === undefined ? undefined : checkSubject(subject)) ??
    (text === undefined ? undefined : missing(template, text)) ??
    (html === undefined ? undefined : (checkHtml(html) ?? missing(template, html)))
  return reason === undefined ? { kind: 'ok' } : refused(reason)
}

/** The overrides with the parts of one template in one language replaced; undefined takes them away. */
export const withOverride = (
  before: TemplateOverrides,
  { template, language }: { readonly template: TemplateName; readonly language: string },
  parts: TemplateOverride | undefined,
): TemplateOverrides => {
  const { [language]: _, ...others } = before[template] ?? {}
  return { ...before, [template]: parts === undefined ? others : { ...others, [language]: parts } }
}
