import { Command, InvalidArgumentError, Option } from 'commander'
import { accessClaimNames, usualResource } from '../clients/resources.job.ts'
import { algorithms } from '../keys/keys.ts'
import { parseDuration } from '../platform/duration.ts'
import { answer, withExamples, withJson } from './output.ts'
import { onResources, type Resource, resourceJson, resourceLines, savedResource } from './resources-base.ts'

type Options = {
  readonly name?: string
  readonly scope?: readonly string[]
  readonly accessTokenTtl?: number
  readonly signingAlgorithm?: Resource['signingAlgorithm']
  readonly tokenFormat?: Resource['tokenFormat']
  readonly accessClaim?: readonly AccessClaim[]
  readonly json?: boolean
}

type AccessClaim = Resource['accessClaims'][number]

const collect = (value: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...value.split(' ').filter((one) => one !== ''),
]

const duration = (text: string): number => {
  const seconds = parseDuration(text)
  if (seconds === undefined || !Number.isInteger(seconds)) throw new InvalidArgumentError('Give a duration such as 10m.')
  return seconds
}

const withOptions = (command: Command): Command =>
  withJson(command)
    .option('--name <name>', 'what people read when an application asks for it')
    .option('--scope <scopes>', 'what can be asked for, with spaces between; repeat it for more', collect)
    .option('--access-token-ttl <duration>', 'life of its access tokens', duration)
    .addOption(new Option('--signing-algorithm <name>', 'what its access tokens are signed with').choices(algorithms))
    .addOption(new Option('--token-format <format>', 'jwt, or opaque to be looked up by introspection').choices(['jwt', 'opaque']))
    .addOption(new Option('--access-claim <names...>', 'what its access tokens say of who may do what').choices(accessClaimNames))

const changesOf = ({ name, scope, accessTokenTtl, signingAlgorithm, tokenFormat, accessClaim }: Options): Partial<Resource> => ({
  ...(name === undefined ? {} : { name }),
  ...(scope === undefined ? {} : { scopes: scope }),
  ...(accessTokenTtl === undefined ? {} : { accessTokenTtlSeconds: accessTokenTtl }),
  ...(signingAlgorithm === undefined ? {} : { signingAlgorithm }),
  ...(tokenFormat === undefined ? {} : { tokenFormat }),
  ...(accessClaim === undefined ? {} : { accessClaims: [...new Set(accessClaim)] }),
})

const create = (identifier: string, { json = false, ...options }: Options): Promise<void> =>
  onResources(async (admin) => {
    const defaults: Resource = { ...usualResource, identifier, name: identifier }
    const resource = savedResource(await admin.create({ ...defaults, ...changesOf(options) }), identifier)
    answer(json, resourceJson(resource), () => [
      ...resourceLines(resource),
      '',
      `Next: applications ask for it with resource=${resource.identifier}. It accepts tokens whose audience (aud) is its identifier.`,
    ])
  })

const update = (identifier: string, { json = false, ...options }: Options): Promise<void> =>
  onResources(async (admin) => {
    const resource = savedResource(await admin.update({ identifier }, changesOf(options)), identifier)
    answer(json, resourceJson(resource), () => resourceLines(resource))
  })

export const resourcesCreate = (): Command =>
  withExamples(
    withOptions(
      new Command('create').description('register an API that accepts access tokens').argument('<identifier>', 'its absolute URI'),
    ).action(create),
    'resources create https://api.example.com --name Orders --scope "orders:read orders:write"',
  )

export const resourcesUpdate = (): Command =>
  withExamples(
    withOptions(
      new Command('update').description('change an API; the scopes named replace the present ones').argument('<identifier>'),
    ).action(update),
    'resources update https://api.example.com --access-token-ttl 5m',
  )
