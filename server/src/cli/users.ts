import type { Command } from 'commander'
import { group } from './groups.ts'
import { usersChanges } from './users-change.ts'
import { usersConsents, usersRevokeConsent } from './users-consents.ts'
import { usersCreate } from './users-create.ts'
import { usersExport } from './users-export.ts'
import { usersImport } from './users-import.ts'
import { usersInvitations, usersInvite, usersResendInvitation, usersRevokeInvitation } from './users-invitations.ts'
import { usersList } from './users-list.ts'
import { usersSet } from './users-set.ts'
import { usersSetPassword } from './users-set-password.ts'
import { usersShow } from './users-show.ts'

export const usersCommand = (program: Command): void =>
  group(program, {
    name: 'users',
    description: 'list, create, invite, change, import and export users',
    children: [
      usersList(),
      usersShow(),
      usersCreate(),
      usersInvite(),
      usersInvitations(),
      usersResendInvitation(),
      usersRevokeInvitation(),
      usersSet(),
      ...usersChanges(),
      usersSetPassword(),
      usersConsents(),
      usersRevokeConsent(),
      usersExport(),
      usersImport(),
    ],
  })
