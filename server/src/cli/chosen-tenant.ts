import { type Command, InvalidArgumentError } from 'commander'
import { isSlug } from '../tenants/tenants.job.ts'

/** A tenant's short name: a label of a host name (RFC 1035 section 2.3.1), which its address and cookies carry. */
export const tenantSlug = (text: string): string => {
  if (isSlug(text)) return text
  throw new InvalidArgumentError('Give 1 to 63 lower-case letters, digits and hyphens, with a letter or digit at both ends.')
}

let chosen = 'default'

/** The tenant that this run of the command line works on. */
export const chosenTenant = (): string => chosen

/** Adds `--tenant` before every command. */
export const withTenantChoice = (program: Command): Command =>
  program.option('--tenant <slug>', 'the tenant that the command works on', tenantSlug, 'default').hook('preAction', (command) => {
    chosen = command.opts<{ tenant: string }>().tenant
  })
