import { removeOldProofs } from '../credentials/email-code/email-code.ts'
import { removeSpentChallenges } from '../credentials/passkey/passkey.ts'
import type { Upkeep } from '../jobs/jobs.ts'
import { removeOldOrganizationInvitations } from '../organizations/organizations.ts'
import { removeOldInvitations } from '../users/users.ts'

/** Codes, links, invitations and challenges that nobody can use any more go. */
export const signInUpkeep: Upkeep = {
  task: 'proofs.removal',
  everySeconds: 600,
  run: async (sql) => {
    await removeOldProofs(sql)
    await removeSpentChallenges(sql)
    await removeOldInvitations(sql)
    await removeOldOrganizationInvitations(sql)
  },
}
