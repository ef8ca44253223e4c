import { Type } from 'typebox'
import { type AnyRoute, clientAuth, route } from '../../http/route.ts'
import { makeHandle } from '../../platform/handle.ts'
import { newId } from '../../platform/ids.ts'
import { readResources } from '../core/authorize/requested-resources.ts'
import { readScope } from '../core/authorize/requested-scope.ts'
import { OAuthError } from '../core/errors.ts'
import { organizationScope } from '../core/organization-scope.ts'
import { deviceIntervalSeconds, devicePrefix, deviceTtlSeconds, makeUserCode, showUserCode } from '../device.ts'
import type { Provider } from '../provider.ts'
import type { NewDeviceCode } from '../store/device-codes.store.ts'
import { readForm } from './form-parameters.ts'
import { answering, ErrorBody } from './oauth-reply.ts'

const DeviceAnswer = Type.Object({
  device_code: Type.String(),
  user_code: Type.String(),
  verification_uri: Type.String(),
  verification_uri_complete: Type.String(),
  expires_in: Type.Integer(),
  interval: Type.Integer(),
})
const grantType = 'urn:ietf:params:oauth:grant-type:device_code'

type Asked = Pick<NewDeviceCode, 'clientId' | 'scope' | 'resources' | 'event'>

const makeCodes = async (provider: Provider, tenantId: string, asked: Asked): Promise<{ deviceCode: string; userCode: string }> => {
  const id = newId()
  const { text, hash } = makeHandle(devicePrefix, id)
  const one = { ...asked, id, hash, ttlSeconds: deviceTtlSeconds, intervalSeconds: deviceIntervalSeconds }
  let userCode = makeUserCode()
  while (!(await provider.stores.devices.insert(tenantId, { ...one, userCode }))) userCode = makeUserCode()
  return { deviceCode: text, userCode }
}

/** Device authorization (RFC 8628 section 3.1). */
export const deviceAuthorizationRoutes = (provider: Provider): readonly AnyRoute[] => [
  route({
    method: 'POST',
    path: '/oauth2/device',
    summary: 'Ask for a device code and a user code',
    tag: 'oauth',
    auth: clientAuth,
    limit: { by: 'address', max: provider.limits.tokens, seconds: 60 },
    audit: { event: 'device.requested' },
    isCredential: true,
    failure: 'oauth',
    request: { raw: Type.Object({ client_id: Type.Optional(Type.String()), scope: Type.Optional(Type.String()) }) },
    responses: { 200: DeviceAnswer, 400: ErrorBody, 401: ErrorBody },
    handle: async ({ tenantId, body, headers, events, origin }) => {
      const about = { requestId: origin.requestId, events, clientId: undefined as string | undefined }
      return answering(provider, about, async () => {
        const { values, resources } = readForm(body)
        const client = await provider.authenticate(tenantId, { headers, parameters: values })
        about.clientId = client.id
        if (!client.grantTypes.includes(grantType))
          throw new OAuthError('unauthorized_client', `This client is not registered for ${grantType}. Add it to its grant_types.`)
        const offered = await provider.authorization.offered(tenantId, resources)
        const input = { parameters: values, resources, client }
        const scope = readScope(input, offered)
        if (scope.includes(organizationScope))
          throw new OAuthError('invalid_scope', 'A device is connected to a person, not to an organization. Leave organization out.')
        const asked = readResources(input, offered.isResource)
        const event = events.make({ type: 'device.requested', clientId: client.id, payload: { scope: scope.join(' ') } })
        const one = { clientId: client.id, scope, resources: asked, event }
        const { deviceCode, userCode } = await makeCodes(provider, tenantId, one)
        const shown = showUserCode(userCode)
        return {
          status: 200 as const,
          body: {
            device_code: deviceCode,
            user_code: shown,
            verification_uri: `${provider.issuer}/device`,
            verification_uri_complete: `${provider.issuer}/device?user_code=${shown}`,
            expires_in: deviceTtlSeconds,
            interval: deviceIntervalSeconds,
          },
        }
      })
    },
  }),
]
