import { attributes } from './attributes.ts'
import { clientParts } from './client-parts.ts'
import { clientSettings } from './client-settings.ts'
import { clients } from './clients.ts'
import { connect } from './connect.ts'
import { overview } from './overview.ts'
import { parts } from './parts.ts'
import { resources } from './resources.ts'
import { shell } from './shell.ts'
import { users } from './users.ts'

/** English, the language that all others are complete by. */
export const messages = { ...shell, parts, attributes, overview, users, clients, clientParts, clientSettings, connect, resources }
