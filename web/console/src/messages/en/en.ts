import { accessTokens } from './access-tokens.ts'
import { attributes } from './attributes.ts'
import { branding } from './branding.ts'
import { clientParts } from './client-parts.ts'
import { clientSettings } from './client-settings.ts'
import { clients } from './clients.ts'
import { connect } from './connect.ts'
import { events } from './events.ts'
import { hooks } from './hooks.ts'
import { jobs } from './jobs.ts'
import { keys } from './keys.ts'
import { organizations } from './organizations.ts'
import { overview } from './overview.ts'
import { parts } from './parts.ts'
import { resources } from './resources.ts'
import { roles } from './roles.ts'
import { shell } from './shell.ts'
import { signInSettings } from './sign-in-settings.ts'
import { transfer } from './transfer.ts'
import { userGroups } from './user-groups.ts'
import { users } from './users.ts'
import { webhooks } from './webhooks.ts'

/** English, the language that all others are complete by. */
export const messages = {
  ...shell,
  parts,
  attributes,
  overview,
  users,
  clients,
  clientParts,
  clientSettings,
  connect,
  resources,
  keys,
  roles,
  userGroups,
  accessTokens,
  events,
  webhooks,
  hooks,
  transfer,
  jobs,
  organizations,
  signInSettings,
  branding,
}
