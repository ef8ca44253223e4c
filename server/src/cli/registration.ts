import { readFile } from 'node:fs/promises'
import { Command, Option } from 'commander'
import type { RegistrationPolicy } from '../clients/registration.job.ts'
import { CliError } from './errors.ts'
import { group } from './groups.ts'
import { answer, facts, withExamples, withJson } from './output.ts'
import { onRegistration, registrationTokens, setRegistrationPolicy } from './registration-token.ts'

type Issuers = RegistrationPolicy['softwareStatementIssuers']

const policyJson = ({ mode, allowImplicit, softwareStatementIssuers }: RegistrationPolicy) => ({
  mode,
  allow_implicit: allowImplicit,
  software_statement_issuers: softwareStatementIssuers.map(({ issuer }) => issuer),
})

const meaning = { open: 'anybody', token: 'holders of an initial access token', off: 'nobody' } as const

const lines = ({ mode, allowImplicit, softwareStatementIssuers }: RegistrationPolicy): string[] =>
  facts([
    ['mode', mode],
    ['who may register', meaning[mode]],
    ['implicit flow', allowImplicit ? 'allowed' : 'refused'],
    ['software statements', softwareStatementIssuers.map(({ issuer }) => issuer).join(' ') || 'none are believed'],
  ])

const show = (): Command =>
  withExamples(
    withJson(new Command('show').description('show who may register applications')).action(({ json = false }: { json?: boolean }) =>
      onRegistration(async (admin) => {
        const policy = await admin.policy()
        answer(json, policyJson(policy), () => lines(policy))
      }),
    ),
    'registration show',
  )

const isIssuer = (one: unknown): one is Issuers[number] => {
  const { issuer, jwks } = (one ?? {}) as { issuer?: unknown; jwks?: { keys?: unknown } }
  return typeof issuer === 'string' && issuer !== '' && Array.isArray(jwks?.keys) && jwks.keys.length > 0
}

const readIssuers = async (file: string): Promise<Issuers> => {
  let value: unknown
  try {
    value = JSON.parse(await readFile(file, 'utf8'))
  } catch {
    throw new CliError('The file of issuers cannot be read, or is no JSON. Check its path and what is in it.')
  }
  if (!Array.isArray(value) || !value.every(isIssuer))
    throw new CliError('The file of issuers must be a list such as [{"issuer": "https://...", "jwks": {"keys": [...]}}].')
  return value
}

type Options = {
  readonly mode?: RegistrationPolicy['mode']
  readonly implicit?: boolean
  readonly softwareStatementIssuers?: string
  readonly json?: boolean
}

const change = async ({ mode, implicit, softwareStatementIssuers: file, json = false }: Options): Promise<void> => {
  const changes = {
    ...(mode === undefined ? {} : { mode }),
    ...(implicit === undefined ? {} : { allowImplicit: implicit }),
    ...(file === undefined ? {} : { softwareStatementIssuers: await readIssuers(file) }),
  }
  if (Object.keys(changes).length === 0) throw new CliError('Nothing was asked to be changed. Name what, for example --mode token.', 2)
  const policy = await setRegistrationPolicy(changes)
  answer(json, policyJson(policy), () => lines(policy))
}

const set = (): Command =>
  withExamples(
    withJson(new Command('set').description('decide who may register applications'))
      .addOption(new Option('--mode <mode>', 'anybody, holders of an initial access token, or nobody').choices(['open', 'token', 'off']))
      .option('--implicit', 'let them register for tokens in the front channel')
      .option('--no-implicit', 'refuse response types other than code')
      .option('--software-statement-issuers <file>', 'a JSON list of {"issuer", "jwks"} whose software statements are believed')
      .action(change),
    'registration set --mode token',
    'registration set --no-implicit',
  )

export const registrationCommand = (program: Command): void => {
  group(program, { name: 'registration', description: 'decide who may register applications', children: [show(), set()] })
  const registration = program.commands.find((one) => one.name() === 'registration')
  if (registration !== undefined)
    group(registration, { name: 'token', description: 'initial access tokens', children: registrationTokens() })
}
