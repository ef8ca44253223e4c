import type { Place } from '@custom-identity-platform/kit/place.ts'
import { createAdminClient, createBrowserClient } from '@custom-identity-platform/sdk'
import { createSignInAgain, withSignInAgain } from './sign-in-again.ts'
import { createStepUp, withStepUp } from './step-up.ts'
import { withWaiting } from './waiting.ts'

/** The application and the API of the person in front of the page. Where a fresher sign-in is demanded, or another one, that is done in a window of its own, and the request repeated. */
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
  const again = createSignInAgain({ client, base, onOther: () => location.replace(base) })
  return { client, issuer, base, stepUp, again, admin: withWaiting(withStepUp(withSignInAgain(admin, again.close), stepUp.demand)) }
}

export type Console = ReturnType<typeof openConsole>
