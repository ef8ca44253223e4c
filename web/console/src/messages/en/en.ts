import { attributes } from './attributes.ts'
import { overview } from './overview.ts'
import { parts } from './parts.ts'
import { shell } from './shell.ts'
import { users } from './users.ts'

/** English, the language that all others are complete by. */
export const messages = { ...shell, parts, attributes, overview, users }
