import { access } from './access.ts'
import { events } from './events.ts'
import { profile } from './profile.ts'
import { refusals } from './refusals.ts'
import { security } from './security.ts'
import { shell } from './shell.ts'

/** English, the language that all others are complete by. */
export const messages = { ...shell, ...profile, ...security, ...access, events, refusals }
