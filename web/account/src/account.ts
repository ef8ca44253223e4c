import type { Place } from '@custom-identity-platform/kit/place.ts'
import { createAccountClient, createBrowserClient } from '@custom-identity-platform/sdk'

/** The client and the API of the person in front of the page. */
export const openAccount = ({ issuer, base }: Place) => {
  const client = createBrowserClient({
    issuer,
    clientId: 'account-portal',
    redirectUri: `${issuer}/account/callback`,
    scope: 'openid profile email account',
    home: base,
  })
  const api = createAccountClient({ issuer, getToken: client.getToken, getLanguage: () => document.documentElement.lang })
  return { client, api, issuer, base }
}

export type Account = ReturnType<typeof openAccount>
