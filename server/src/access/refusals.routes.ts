import { AppError, changedMeanwhile, conflict, notFoundError } from '../http/errors.ts'
import type { AccessRefusal } from './access.job.ts'

/** The error that a refusal is answered with. */
export const refusalError = (refusal: AccessRefusal, what: string): AppError => {
  switch (refusal.kind) {
    case 'lacking':
      return new AppError({
        status: 403,
        code: 'more-than-held',
        detail: `Nobody gives, takes or changes what they do not hold themselves. Missing: ${refusal.permissions.join(', ')}.`,
        members: { permissions: refusal.permissions },
      })
    case 'unknown-permission':
      return new AppError({ status: 422, code: 'unknown-permission', detail: `There is no permission ${refusal.permission.slice(0, 64)}.` })
    case 'built-in':
      return conflict('built-in-role', 'This role is built in: it is not changed, and no other has its id. Make a role of your own.')
    case 'taken':
      return conflict('taken', `There is a ${what} of this name already. Choose another.`)
    case 'held':
      return conflict('role-held', 'Somebody holds this role. Take it from them first.')
    case 'last-owner':
      return conflict('last-owner', 'This is the last owner who can sign in. Make another owner first.')
    case 'owner-for-persons':
      return conflict('owner-for-persons', 'Only a person can be an owner. Give groups and applications another role.')
    case 'changed':
      return changedMeanwhile()
    default:
      return notFoundError(what)
  }
}
