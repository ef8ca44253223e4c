/** A scope token: printable ASCII without space, quote and backslash (RFC 6749 section 3.3). */
const scopeToken = /^[\x21\x23-\x5b\x5d-\x7e]+$/

const lengthMax = 2048
const tokensMax = 50

/** The same as a pattern for whole scope values, the empty one included. */
export const scopePattern = '^[\\x21\\x23-\\x5b\\x5d-\\x7e ]*$'

/** The distinct scope tokens in the order given, or undefined where the value is not a scope or is larger than 2,048 characters or 50 tokens. */
export const parseScope = (text: string): readonly string[] | undefined => {
  if (text.length > lengthMax) return undefined
  const tokens = text.split(' ').filter((token) => token !== '')
  if (tokens.length > tokensMax || !tokens.every((token) => scopeToken.test(token))) return undefined
  return [...new Set(tokens)]
}
