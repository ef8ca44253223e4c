import { readFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import { CliError } from './errors.ts'
import { readStandardInput } from './input.ts'

export type ClientOptions = {
  readonly name?: string
  readonly redirectUri?: readonly string[]
  readonly postLogoutRedirectUri?: readonly string[]
  readonly scope?: string
  readonly grantType?: readonly string[]
  readonly responseType?: readonly string[]
  readonly authMethod?: string
  readonly jwksFile?: string
  readonly jwksUri?: string
  readonly firstParty?: boolean
  readonly requirePkce?: boolean
  readonly metadata?: string
  readonly json?: boolean
}

const collect = (value: string, before: readonly string[] = []): readonly string[] => [...before, value]

const grantNames: Readonly<Record<string, string>> = { device_code: 'urn:ietf:params:oauth:grant-type:device_code' }
const methods = ['none', 'client_secret_basic', 'client_secret_post', 'client_secret_jwt', 'private_key_jwt']

/** The options by which a client is described, for a new one and for a change. */
export const withClientOptions = (command: Command): Command =>
  command
    .option('--name <name>', 'what people read when it asks them')
    .option('--redirect-uri <uri>', 'where answers may go, to the letter; repeat it for more', collect)
    .option('--post-logout-redirect-uri <uri>', 'where people may go after a logout; repeat it for more', collect)
    .option('--scope <scopes>', 'what it may ask for, with spaces between; every standard scope without it')
    .option(
      '--grant-type <type>',
      'such as authorization_code, refresh_token, client_credentials, device_code; repeat it for more',
      collect,
    )
    .option('--response-type <type>', 'such as code or "id_token token"; repeat it for more', collect)
    .addOption(new Option('--auth-method <method>', 'how it proves who it is at the token endpoint').choices(methods))
    .option('--jwks-file <file>', 'its public keys, a JSON Web Key Set')
    .option('--jwks-uri <uri>', 'where its public keys are published')
    .option('--first-party', 'an application of your own: people are not asked for consent')
    .option('--no-first-party', 'people are asked for consent')
    .option('--require-pkce', 'PKCE in every authorization request, as without this option')
    .option('--no-require-pkce', 'let a confidential client go without PKCE, where it cannot do it')
    .option('--metadata <file>', 'any other metadata (RFC 7591) as a JSON object; - reads standard input')

const readJson = async (file: string, what: string): Promise<unknown> => {
  let text: string
  try {
    text = file === '-' ? await readStandardInput() : await readFile(file, 'utf8')
  } catch (error) {
    throw new CliError(`The ${what} file cannot be read (${(error as NodeJS.ErrnoException).code}). Check its path and permissions.`)
  }
  try {
    return JSON.parse(text)
  } catch {
    throw new CliError(`The ${what} file is no JSON. Check what is in it.`)
  }
}

const readObject = async (file: string | undefined): Promise<Readonly<Record<string, unknown>>> => {
  if (file === undefined) return {}
  const value = await readJson(file, 'metadata')
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new CliError('The metadata must be a JSON object.')
  return value as Readonly<Record<string, unknown>>
}

const keysOf = async ({ jwksFile, jwksUri }: ClientOptions): Promise<Readonly<Record<string, unknown>>> => {
  if (jwksFile !== undefined && jwksUri !== undefined) throw new CliError('Give one of --jwks-file and --jwks-uri.', 2)
  if (jwksFile !== undefined) return { jwks: await readJson(jwksFile, 'key'), jwks_uri: null }
  return jwksUri === undefined ? {} : { jwks_uri: jwksUri, jwks: null }
}

// New grant types bring the response types that fit them, unless these are named too.
const typesOf = ({ grantType, responseType }: ClientOptions): Readonly<Record<string, unknown>> => ({
  ...(grantType === undefined ? {} : { grant_types: grantType.map((one) => grantNames[one] ?? one), response_types: null }),
  ...(responseType === undefined ? {} : { response_types: responseType }),
})

/** The metadata that the options name: --metadata first, the other options over it. */
export const metadataOf = async (options: ClientOptions): Promise<Readonly<Record<string, unknown>>> => {
  const named = {
    client_name: options.name,
    redirect_uris: options.redirectUri,
    post_logout_redirect_uris: options.postLogoutRedirectUri,
    scope: options.scope,
    token_endpoint_auth_method: options.authMethod,
    require_pkce: options.requirePkce,
  }
  const given = Object.fromEntries(Object.entries(named).filter(([, value]) => value !== undefined))
  return { ...(await readObject(options.metadata)), ...typesOf(options), ...(await keysOf(options)), ...given }
}
