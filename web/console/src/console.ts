import type { Place } from '@custom-identity-platform/kit/place.ts'
import { createAdminClient, createBrowserClient } from '@custom-identity-platform/sdk'
import { createStepUp, withStepUp } from './step-up.ts'
import { withWaiting } from './waiting.ts'

/** The application and the API of the person in front of the page. A demand for a fresher sign-in is answered in a window of its own, and the request repeated. */
export const openConsole = ({ issuer, base }: Place) => {
  const client = createBrowserClient({
    issuer,
    clientId: 'admin-console',
    redirectUri: `${issuer}/console/callback`,
    scope: 'openid profile admin',
    home: base,
  })
  const stepUp = createStepUp(base)
  const admin = createAdminClient({ issuer, getToken: client.getToken, getLanguage: () => document.documentElement.lang })
  return { client, issuer, base, stepUp, admin: withWaiting(withStepUp(admin, stepUp.demand)) }
}

export type Console = ReturnType<typeof openConsole>
