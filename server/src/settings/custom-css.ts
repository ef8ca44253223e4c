import { type CssNode, type Declaration, generate, parse, type Rule, type WalkContext, walk } from 'css-tree'
import { cssFunctions, cssProperties, isWithin, type Limits, pseudoClasses, publishedClasses } from './custom-css-limits.ts'

export const customCssBytesMax = 8192

export type CustomCssVerdict =
  | { readonly kind: 'valid'; readonly css: string }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

type Found = { readonly node: CssNode; readonly problem: string }
type Place = { readonly property: string; readonly limits: Limits }

// What a value may be made of. Everything else of CSS, known today or not, is refused by not being here.
const plainParts = new Set(['Value', 'Identifier', 'Operator', 'Hash', 'String', 'Function', 'Url', 'Dimension', 'Number', 'Percentage'])
const structure = new Set(['StyleSheet', 'Rule', 'SelectorList', 'Selector', 'Combinator', 'Block', 'Declaration', 'Comment'])
const mediaParts = new Set(['AtrulePrelude', 'MediaQueryList', 'MediaQuery', 'Condition', 'Feature'])

const picture = /^data:image\/(?:png|jpeg|webp);base64,[A-Za-z0-9+/=]+$/

const problemOfNumber = (text: string, unit: string, { property, limits }: Place): string | undefined =>
  isWithin(limits, Number(text), unit)
    ? undefined
    : `${property} may not be ${text}${unit}: it would hide or displace what people must read.`

const problemOfPart = (node: CssNode, place: Place): string | undefined => {
  const { property } = place
  if (node.type === 'Function' && !cssFunctions.has(node.name.toLowerCase())) return `The function ${node.name}() is not for custom CSS.`
  if (node.type === 'Url' && !picture.test(node.value))
    return 'url() takes only a picture that stands in it: data:image/png, jpeg or webp in base64.'
  if (node.type === 'Identifier' && property === 'box-shadow' && node.name.toLowerCase() === 'inset')
    return 'A shadow inside would lie under the text. Leave inset out.'
  if (node.type === 'Dimension') return problemOfNumber(node.value, node.unit.toLowerCase(), place)
  if (node.type === 'Percentage') return problemOfNumber(node.value, '%', place)
  if (node.type === 'Number') return problemOfNumber(node.value, '', place)
  return plainParts.has(node.type) ? undefined : `The value of ${property} is not understood.`
}

/** The classes of what a rule applies to: those of the last part of each of its selectors. */
const subjectsOf = (rule: Rule | null): readonly (readonly string[])[] => {
  if (rule?.prelude.type !== 'SelectorList') return []
  return rule.prelude.children.toArray().map((selector) => {
    const parts = selector.type === 'Selector' ? selector.children.toArray() : []
    const last = parts.slice(parts.findLastIndex(({ type }) => type === 'Combinator') + 1)
    return last.flatMap((one) => (one.type === 'ClassSelector' ? one.name : []))
  })
}

const problemsOfDeclaration = (node: Declaration, rule: Rule | null): Found[] => {
  const property = node.property.toLowerCase()
  const known = Object.hasOwn(cssProperties, property) ? cssProperties[property] : undefined
  if (known === undefined) return [{ node, problem: `The property ${node.property.slice(0, 60)} is not for custom CSS.` }]
  if (node.important !== false) return [{ node, problem: '!important is not for custom CSS.' }]
  const { only, ...limits } = known
  if (only !== undefined && !subjectsOf(rule).every((classes) => classes.includes(only)))
    return [{ node, problem: `${property} is for .${only} alone: elsewhere it would lie under the text.` }]
  const found: Found[] = []
  walk(node.value, (part) => {
    const problem = problemOfPart(part, { property, limits })
    if (problem !== undefined) found.push({ node: part, problem })
  })
  return found
}

const problemOfNode = (node: CssNode): string | undefined => {
  if (node.type === 'Atrule') return node.name.toLowerCase() === 'media' ? undefined : `@${node.name} is not for custom CSS.`
  if (node.type === 'ClassSelector')
    return publishedClasses.includes(node.name) ? undefined : `The class .${node.name.slice(0, 60)} is none of those that are published.`
  if (node.type === 'PseudoClassSelector')
    return pseudoClasses.has(node.name.toLowerCase()) && node.children === null ? undefined : `:${node.name} is not for custom CSS.`
  if (/.Selector$/.test(node.type)) return 'A selector is made of the published classes, such as ".card .button".'
  return structure.has(node.type) || mediaParts.has(node.type) ? undefined : 'This part of the CSS is not understood.'
}

const problemsIn = (sheet: CssNode): Found[] => {
  const found: Found[] = []
  walk(sheet, {
    enter(this: WalkContext, node: CssNode) {
      if (node.type === 'Declaration') found.push(...problemsOfDeclaration(node, this.rule))
      if (this.declaration !== null && node.type !== 'Declaration') return
      // The parts of a condition are checked by its name alone: a width of a window reaches nothing.
      if (this.atrulePrelude !== null) return
      const problem = problemOfNode(node)
      if (problem !== undefined) found.push({ node, problem })
    },
  })
  return found
}

/** Reads CSS within the limits of docs/branding.md, and prints anew what was read, so that nothing but what was checked is served. */
export const checkCustomCss = (text: string): CustomCssVerdict => {
  if (Buffer.byteLength(text) > customCssBytesMax)
    return { kind: 'refused', problems: [`The custom CSS may have at most ${customCssBytesMax} bytes.`] }
  const unread: string[] = []
  const sheet = parse(text, {
    positions: true,
    onParseError: (error) => unread.push(`Line ${error.line}: the CSS cannot be read (${error.message}).`),
  })
  const problems = problemsIn(sheet).map(({ node, problem }) => (node.loc ? `Line ${node.loc.start.line}: ${problem}` : problem))
  const all = [...new Set([...unread, ...problems])].slice(0, 10)
  return all.length > 0 ? { kind: 'refused', problems: all } : { kind: 'valid', css: generate(sheet) }
}
