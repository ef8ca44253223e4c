import { Command, Option } from 'commander'
import { problemOfSignInPolicy, type SignInPolicy, signInPolicyKey as settingKey, signInPolicyOf } from '../login/login.ts'
import { parseDuration, printDuration } from '../platform/duration.ts'
import { changeSetting, readSetting, type SettingDeps } from '../settings/settings.job.ts'
import { changeSettingOf } from './config-change.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { group } from './groups.ts'
import { wholeNumber } from './options.ts'
import { answer, facts, withExamples, withJson } from './output.ts'

type MethodName = keyof SignInPolicy['methods']
const methodNames: readonly MethodName[] = ['password', 'passkey', 'totp', 'recovery-code', 'email-code', 'sms-code']

const lines = (policy: SignInPolicy): string[] =>
  facts([
    ['ways to sign in', methodNames.filter((name) => policy.methods[name]).join(', ')],
    ['form', { combined: 'name and password on one page', 'identifier-first': 'the name first, then the best way' }[policy.form]],
    ['new accounts', { open: 'anybody', invitation: 'by invitation', closed: 'nobody' }[policy.signUp]],
    [
      'e-mail address',
      { first: 'proved before the account is made', after: 'proved after the sign-up', never: 'not proved' }[policy.emailProof],
    ],
    [
      'second factor',
      { 'when-enrolled': 'where a person set one up', administrators: 'for administrators', always: 'for everybody' }[policy.secondFactor],
    ],
    ['second factor besides', policy.secondFactorClients.join(' ') || 'for no application in particular'],
    [
      'text messages',
      `${policy.smsPerHour} an hour at most, to ${policy.smsPrefixes.length === 0 ? 'every country' : policy.smsPrefixes.join(', ')}`,
    ],
    ['trusted browsers', policy.trustedDeviceSeconds === 0 ? 'none' : `excused for ${printDuration(policy.trustedDeviceSeconds)}`],
    ['sign in again', `after ${printDuration(policy.reauthenticationSeconds)}, to change what guards the account`],
    ['further passkey domains', policy.passkeyRpIds.join(' ') || 'none'],
    ['further passkey origins', policy.passkeyOrigins.join(' ') || 'none'],
  ])

const show = (): Command =>
  withExamples(
    withJson(new Command('show').description('show how people sign in')).action(({ json = false }: { json?: boolean }) =>
      onDatabase(async ({ db, tenantId }) => {
        const policy = signInPolicyOf(await readSetting<Partial<SignInPolicy>>(tenantId, db, settingKey))
        answer(json, policy, () => lines(policy))
      }),
    ),
    'sign-in show',
  )

const duration = (text: string): number => {
  const seconds = text === '0' ? 0 : parseDuration(text)
  if (seconds === undefined) throw new CliError('Give a duration such as 30d or 10m, or 0.', 2)
  return seconds
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

const smsPrefix = (value: string, before: readonly string[] = []): readonly string[] => {
  if (value !== 'none' && !/^\+[1-9]\d{0,7}$/.test(value)) throw new CliError('Give a prefix such as +41, or none.', 2)
  return [...before, value]
}

type Options = {
  readonly form?: SignInPolicy['form']
  readonly allow?: readonly MethodName[]
  readonly deny?: readonly MethodName[]
  readonly signUp?: SignInPolicy['signUp']
  readonly emailProof?: SignInPolicy['emailProof']
  readonly secondFactor?: SignInPolicy['secondFactor']
  readonly secondFactorClient?: readonly string[]
  readonly trustedBrowser?: number
  readonly reauthentication?: number
  readonly smsPrefix?: readonly string[]
  readonly smsPerHour?: number
  readonly passkeyRpId?: readonly string[]
  readonly passkeyOrigin?: readonly string[]
  readonly json?: boolean
}

const given = <K extends keyof SignInPolicy>(key: K, value: SignInPolicy[K] | undefined): Partial<SignInPolicy> =>
  value === undefined ? {} : { [key]: value }

const named = (values: readonly string[] | undefined): readonly string[] | undefined => values?.filter((one) => one !== 'none')

const changesOf = (options: Options): Partial<SignInPolicy> => ({
  ...given('form', options.form),
  ...given('signUp', options.signUp),
  ...given('emailProof', options.emailProof),
  ...given('secondFactor', options.secondFactor),
  ...given('secondFactorClients', named(options.secondFactorClient)),
  ...given('trustedDeviceSeconds', options.trustedBrowser),
  ...given('reauthenticationSeconds', options.reauthentication),
  ...given('smsPrefixes', named(options.smsPrefix)),
  ...given('smsPerHour', options.smsPerHour),
  ...given('passkeyRpIds', named(options.passkeyRpId)),
  ...given('passkeyOrigins', named(options.passkeyOrigin)),
})

const withMethods = (before: SignInPolicy, { allow = [], deny = [] }: Options): SignInPolicy['methods'] => ({
  ...before.methods,
  ...Object.fromEntries(allow.map((name) => [name, true])),
  ...Object.fromEntries(deny.map((name) => [name, false])),
})

const checked = (policy: SignInPolicy): SignInPolicy => {
  const problem = problemOfSignInPolicy(policy)
  if (problem !== undefined) throw new CliError(problem)
  return policy
}

const set = async ({ json = false, ...options }: Options): Promise<void> => {
  const changes = changesOf(options)
  if (Object.keys(changes).length === 0 && options.allow === undefined && options.deny === undefined)
    throw new CliError('Nothing was asked to be changed. Name what, for example --second-factor always.', 2)
  await onDatabase(async (base) => {
    let after = signInPolicyOf(undefined)
    const change = (before: Partial<SignInPolicy> | undefined): SignInPolicy => {
      const policy = signInPolicyOf(before)
      after = checked({ ...policy, ...changes, methods: withMethods(policy, options) })
      return after
    }
    const save = (deps: SettingDeps) => changeSetting<Partial<SignInPolicy>>(deps, { key: settingKey, change })
    await changeSettingOf(base, { name: 'sign-in', change: save })
    answer(json, after, () => lines(after))
  })
}

const setCommand = (): Command =>
  withExamples(
    withJson(new Command('set').description('change how people sign in; what is not named stays'))
      .addOption(new Option('--allow <method...>', 'let a method be used').choices(methodNames))
      .addOption(new Option('--deny <method...>', 'take a method away').choices(methodNames))
      .addOption(new Option('--form <form>', 'one page for name and password, or the name first').choices(['combined', 'identifier-first']))
      .addOption(new Option('--sign-up <who>', 'who makes accounts').choices(['open', 'invitation', 'closed']))
      .addOption(new Option('--email-proof <when>', 'when an address is proved').choices(['first', 'after', 'never']))
      .addOption(new Option('--second-factor <whom>', 'of whom it is asked').choices(['when-enrolled', 'administrators', 'always']))
      .option('--second-factor-client <id>', 'an application that is opened with a second factor only; none for no application', collect)
      .option('--trusted-browser <duration>', 'how long a browser is excused from the second factor; 0 for never', duration)
      .option('--reauthentication <duration>', 'how fresh a sign-in must be to change what guards the account', duration)
      .option(
        '--sms-prefix <prefix>',
        'how numbers begin that get text messages, such as +41; again for more, none for every number',
        smsPrefix,
      )
      .option('--sms-per-hour <number>', 'how many text messages are sent in an hour at most', wholeNumber(0, 1_000_000))
      .option('--passkey-rp-id <domain>', 'a further domain whose passkeys are taken; none for none', collect)
      .option('--passkey-origin <origin>', 'a further origin that may use them; none for none', collect)
      .action(set),
    'sign-in set --second-factor administrators --trusted-browser 7d',
    'sign-in set --deny sms-code --sign-up invitation',
    'sign-in set --email-proof first',
    'sign-in set --form identifier-first',
  )

export const signInPolicyCommand = (program: Command): void =>
  group(program, { name: 'sign-in', description: 'how people sign in', children: [show(), setCommand()] })
