import { AppError, changedMeanwhile, conflict, notFoundError } from '../http/errors.ts'
import type { Refusal } from './refusal.ts'

const unprocessable = (code: string, detail: string): AppError => new AppError({ status: 422, code, detail })

const conflicts: Partial<Record<Refusal['kind'], readonly [code: string, detail: string]>> = {
  'built-in': ['built-in-role', 'This role is built in: it is not changed, and no other has its id. Make a role of your own.'],
  held: ['role-held', 'A member holds this role, or an invitation would give it. Take it from them first.'],
  'last-owner': ['last-owner', 'This is the last owner of the organization who can sign in. Make another owner first.'],
  'member-already': ['member-already', 'This person is a member already. Change the roles instead.'],
  'invited-already': ['invited-already', 'This address is invited already. Send the invitation again, or revoke it.'],
  ended: ['invitation-ended', 'This invitation was accepted or revoked. Make a new one.'],
  suspended: ['organization-suspended', 'The organization is suspended. It has to be resumed first.'],
}

/** The error that a refusal is answered with. */
export const refusalError = (refusal: Refusal, what: string): AppError => {
  const known = conflicts[refusal.kind]
  if (known !== undefined) return conflict(...known)
  switch (refusal.kind) {
    case 'lacking':
      return new AppError({
        status: 403,
        code: 'more-than-held',
        detail: `Nobody gives, takes or changes what they do not hold themselves. Missing: ${refusal.permissions.join(', ')}.`,
        members: { permissions: refusal.permissions },
      })
    case 'unknown-role':
      return unprocessable('unknown-role', `There is no role ${refusal.role.slice(0, 64)} for organizations.`)
    case 'unknown-permission':
      return unprocessable('unknown-permission', `There is no permission ${refusal.permission.slice(0, 64)} inside an organization.`)
    case 'taken':
      return conflict('taken', `There is a ${what} of this name already. Choose another.`)
    case 'changed':
      return changedMeanwhile()
    case 'no-member':
      return notFoundError('member')
    case 'no-user':
      return notFoundError('user')
    default:
      return notFoundError(what)
  }
}
