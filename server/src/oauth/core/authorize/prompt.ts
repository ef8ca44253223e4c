import { OAuthError } from '../errors.ts'
import type { CheckInput } from './check.ts'

export const prompts = ['none', 'login', 'consent', 'select_account', 'create'] as const
export type Prompt = (typeof prompts)[number]

const isPrompt = (word: string): word is Prompt => (prompts as readonly string[]).includes(word)

/** OpenID Connect Core section 3.1.2.1 and Initiating User Registration 1.0: `none` stands alone. */
export const readPrompt = ({ parameters }: CheckInput): readonly Prompt[] => {
  const words = (parameters.get('prompt') ?? '').split(' ').filter((word) => word !== '')
  const known = words.filter(isPrompt)
  if (known.length < words.length)
    throw new OAuthError('invalid_request', 'prompt may hold none, login, consent, select_account and create, with spaces between.')
  if (known.includes('none') && known.length > 1) throw new OAuthError('invalid_request', 'prompt=none cannot be combined with others.')
  return [...new Set(known)]
}
