import type { Command } from 'commander'
import { clientsChanges } from './clients-change.ts'
import { clientsCreate } from './clients-create.ts'
import { clientsList } from './clients-list.ts'
import { clientsRotateSecret } from './clients-rotate-secret.ts'
import { clientsShow } from './clients-show.ts'
import { clientsUpdate } from './clients-update.ts'
import { group } from './groups.ts'

export const clientsCommand = (program: Command): void =>
  group(program, {
    name: 'clients',
    description: 'register, list and change applications (OAuth clients)',
    children: [clientsList(), clientsShow(), clientsCreate(), clientsUpdate(), clientsRotateSecret(), ...clientsChanges()],
  })
