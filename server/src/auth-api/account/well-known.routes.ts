import { Type } from 'typebox'
import { relatedOriginsDocument } from '../../credentials/passkey/passkey.ts'
import { empty } from '../../http/content.ts'
import { type AnyRoute, publicRoute, route } from '../../http/route.ts'
import { Detail } from '../schemas.ts'
import type { AccountDeps } from './account.ts'
import { notFound } from './replies.routes.ts'

const perAddress = { by: 'address', max: 600, seconds: 60 } as const

const webauthn = ({ doors }: AccountDeps): AnyRoute =>
  route({
    tag: 'self-service',
    method: 'GET',
    path: '/.well-known/webauthn',
    summary: 'Pages that may use the passkeys of this place (Web Authentication Level 3 section 5.11)',
    auth: publicRoute('browsers read it before anybody is signed in'),
    limit: perAddress,
    audit: { none: 'reads only' },
    cors: 'any',
    responses: { 200: Type.Object({ origins: Type.Array(Type.String()) }), 404: Detail },
    handle: async ({ tenantId }) => {
      const passkeys = await doors.factors.passkeys(tenantId)
      if (passkeys === undefined) throw notFound()
      const { origins } = relatedOriginsDocument(passkeys.relyingParty.origins)
      return { status: 200, body: { origins: [...origins] } }
    },
  })

const changePassword = ({ issuer }: AccountDeps): AnyRoute =>
  route({
    tag: 'self-service',
    method: 'GET',
    path: '/.well-known/change-password',
    summary: 'Where a password is changed (W3C, A Well-Known URL for Changing Passwords)',
    auth: publicRoute('password managers go there before anybody is signed in'),
    limit: perAddress,
    audit: { none: 'changes nothing' },
    responses: { 302: empty },
    handle: () => ({ status: 302, body: undefined, headers: { location: `${issuer}/account/password`, 'cache-control': 'no-store' } }),
  })

export const wellKnownRoutes = (deps: AccountDeps): readonly AnyRoute[] => [webauthn(deps), changePassword(deps)]
