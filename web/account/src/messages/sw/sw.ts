import type { Messages } from '../shape.ts'
import { access } from './access.ts'
import { events } from './events.ts'
import { profile } from './profile.ts'
import { refusals } from './refusals.ts'
import { security } from './security.ts'
import { shell } from './shell.ts'

export const messages: Messages = { ...shell, ...profile, ...security, ...access, events, refusals }
