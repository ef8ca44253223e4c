import { isUuid } from '../platform/ids.ts'
import type { AccountRow, UserAdmin, UserReference } from '../users/user-admin.job.ts'
import { checkEmail, checkUsername } from '../users/users.ts'
import { CliError } from './errors.ts'
import { plain } from './output.ts'

const referenceOf = (text: string): UserReference => ({
  number: /^\d{1,15}$/.test(text) ? Number(text) : null,
  id: isUuid(text.toLowerCase()) ? text.toLowerCase() : null,
  names: [checkUsername(text), checkEmail(text)].flatMap((check) => (check.kind === 'ok' ? [check.identifier] : [])),
})

/** The one account that a user name, e-mail address, number or UUID means. */
export const findUser = async (admin: Pick<UserAdmin, 'find'>, text: string): Promise<AccountRow> => {
  const [first, second] = await admin.find(referenceOf(text))
  if (first === undefined) throw new CliError(`There is no user "${plain(text)}". Give a user name, an e-mail address, a number or a UUID.`)
  if (second !== undefined)
    throw new CliError(`"${plain(text)}" means more than one user (${first.id} and ${second.id}). Give the UUID of the one you mean.`)
  return first
}
