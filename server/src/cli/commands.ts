import type { Command } from 'commander'
import { attributesCommand } from './attributes.ts'
import { auditCommand } from './audit.ts'
import { backupCommand } from './backup.ts'
import { brandingCommand } from './branding.ts'
import { claimsCommand } from './claims.ts'
import { clientsCommand } from './clients.ts'
import { completionCommand } from './completion.ts'
import { configCommand } from './config.ts'
import { databaseCommand } from './database-grants.ts'
import { doctorCommand } from './doctor.ts'
import { eventsCommand } from './events.ts'
import { hooksCommand } from './hooks.ts'
import { importCommand } from './import-fastapi.ts'
import { keysCommand } from './keys.ts'
import { mailCommand } from './mail.ts'
import { migrateCommand } from './migrate.ts'
import { organizationsCommand } from './organizations.ts'
import { registrationCommand } from './registration.ts'
import { resourcesCommand } from './resources.ts'
import { restoreCommand } from './restore.ts'
import { rolesCommand } from './roles.ts'
import { serveCommand } from './serve.ts'
import { signInPolicyCommand } from './sign-in-policy.ts'
import { tenantsCommand } from './tenants.ts'
import { tokensCommand } from './tokens.ts'
import { usersCommand } from './users.ts'
import { webhooksCommand } from './webhooks.ts'

/** Every command, in the order of the help. */
export const commands: readonly ((program: Command) => void)[] = [
  serveCommand,
  migrateCommand,
  tenantsCommand,
  usersCommand,
  organizationsCommand,
  rolesCommand,
  tokensCommand,
  attributesCommand,
  claimsCommand,
  clientsCommand,
  resourcesCommand,
  registrationCommand,
  signInPolicyCommand,
  brandingCommand,
  importCommand,
  keysCommand,
  mailCommand,
  eventsCommand,
  auditCommand,
  webhooksCommand,
  hooksCommand,
  configCommand,
  databaseCommand,
  doctorCommand,
  backupCommand,
  restoreCommand,
  completionCommand,
]
