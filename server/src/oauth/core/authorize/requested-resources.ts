import { OAuthError } from '../errors.ts'
import type { CheckInput } from './check.ts'

const resourcesMax = 5
const lengthMax = 512
const form = /^[A-Za-z][A-Za-z0-9+.-]*:[^\s#]+$/

/** Those worth a look in the registry: a request that names more than can be asked for, or what can be no API, costs nothing. */
export const resourcesToFind = (resources: readonly string[]): readonly string[] =>
  resources.length > resourcesMax ? [] : resources.filter((one) => one.length <= lengthMax && form.test(one))

/** Resource indicators: absolute URIs without a fragment that name registered APIs the client may use (RFC 8707 section 2). */
export const readResources = ({ resources, client }: CheckInput, isKnown: (identifier: string) => boolean): readonly string[] => {
  if (resources.length > resourcesMax) throw new OAuthError('invalid_target', `At most ${resourcesMax} resources can be asked for at once.`)
  for (const resource of resources) {
    if (resource.length > lengthMax || !form.test(resource))
      throw new OAuthError('invalid_target', 'resource must be an absolute URI without a fragment.')
    if (!isKnown(resource) || (client.resources !== undefined && !client.resources.includes(resource)))
      throw new OAuthError(
        'invalid_target',
        'This resource is not registered here or not for this client. Register it with: cip resources create',
      )
  }
  return resources
}
