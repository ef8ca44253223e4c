import { Command } from 'commander'
import type { Attributes } from '../users/profile.job.ts'
import type { AccountRow } from '../users/user-admin.job.ts'
import { profileAdminOf } from './attributes-base.ts'
import { attributeFacts } from './attributes-options.ts'
import { answer, facts, withExamples, withJson } from './output.ts'
import { findUser } from './user-reference.ts'
import { onUsers } from './users-base.ts'

const lines = (user: AccountRow, attributes: Attributes): string[] =>
  facts([
    ['number', String(user.number)],
    ['id', user.id],
    ['user name', user.username ?? ''],
    ['e-mail', `${user.email ?? ''}${user.email_verified ? ' (verified)' : ''}`],
    ['status', user.status],
    ['password', user.has_password ? (user.is_locked ? 'locked for now' : 'set') : 'none'],
    ['failed sign-ins', String(user.failures)],
    ['live sessions', String(user.live_sessions)],
    ['created', user.created_at.toISOString()],
    ...attributeFacts(attributes),
  ])

export const usersShow = (): Command =>
  withExamples(
    withJson(new Command('show').description('show one user').argument('<user>', 'user name, e-mail address, number or UUID')).action(
      (reference: string, { json = false }: { json?: boolean }) =>
        onUsers(async (admin, base) => {
          const user = await findUser(admin, reference)
          const attributes = await profileAdminOf(base).read(user.id)
          answer(json, { ...user, attributes }, () => lines(user, attributes))
        }),
    ),
    'users show alice',
    'users show alice@example.com --json',
  )
