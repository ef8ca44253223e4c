import { Command } from 'commander'
import { profileAdminOf } from './attributes-base.ts'
import { CliError } from './errors.ts'
import { answer, plain, table, withExamples, withJson } from './output.ts'
import { findUser } from './user-reference.ts'
import { onUsers } from './users-base.ts'

const userArgument = ['<user>', 'user name, e-mail address, number or UUID'] as const

export const usersConsents = (): Command =>
  withExamples(
    withJson(
      new Command('consents').description('list what a user has allowed applications, as it is remembered').argument(...userArgument),
    ).action((reference: string, { json = false }: { json?: boolean }) =>
      onUsers(async (admin, base) => {
        const { id } = await findUser(admin, reference)
        const consents = await profileAdminOf(base).consents(id)
        const rows = consents.map((one) => [one.client_id, one.client_name ?? '', one.scope.join(' '), one.granted_at.toISOString()])
        answer(json, { consents }, () =>
          consents.length === 0 ? ['No consents are remembered.'] : table([['client', 'name', 'scope', 'granted'], ...rows]),
        )
      }),
    ),
    'users consents alice',
  )

const revoke = (reference: string, clientId: string, { json = false }: { json?: boolean }): Promise<void> =>
  onUsers(async (admin, base) => {
    const { id: userId, number } = await findUser(admin, reference)
    const { hadConsent, grantsEnded } = await profileAdminOf(base).revokeConsent({ userId, clientId })
    if (!hadConsent && grantsEnded === 0)
      throw new CliError(`The user ${number} has allowed the client "${plain(clientId)}" nothing. See: cip users consents ${number}`)
    const ended = grantsEnded === 1 ? '1 grant was ended' : `${grantsEnded} grants were ended`
    answer(
      json,
      { number, clientId, hadConsent, grantsEnded },
      () => `The consent of user ${number} to ${plain(clientId)} was revoked; ${ended}.`,
    )
  })

export const usersRevokeConsent = (): Command =>
  withExamples(
    withJson(
      new Command('revoke-consent')
        .description('forget what a user has allowed an application, and end its access')
        .argument(...userArgument)
        .argument('<client-id>', 'the application'),
    ).action(revoke),
    'users revoke-consent alice 0198c0de-0000-7000-8000-000000000001',
  )
