import { attributes } from './attributes.ts'
import { events } from './events.ts'
import { hooks } from './hooks.ts'
import { jobs } from './jobs.ts'
import { overview } from './overview.ts'
import { parts } from './parts.ts'
import { shell } from './shell.ts'
import { transfer } from './transfer.ts'
import { users } from './users.ts'
import { webhooks } from './webhooks.ts'

/** English, the language that all others are complete by. */
export const messages = { ...shell, parts, attributes, overview, users, events, webhooks, hooks, transfer, jobs }
