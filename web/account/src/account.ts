import { createAccountClient, createBrowserClient } from '@custom-identity-platform/sdk'

/** Where the portal stands: its issuer, the path of its pages, and whether the browser reached it under another name. */
export type Place = { readonly issuer: string; readonly base: string; readonly isElsewhere: boolean }

/** Reads the issuer that the server wrote into the page; in development, where nobody did, the address says it. */
export const placeOf = (written: string | undefined, { origin, pathname }: { origin: string; pathname: string }): Place => {
  const tenant = /^\/t\/[^/]+(?=\/account)/.exec(pathname)?.[0] ?? ''
  const issuer = written === undefined || !URL.canParse(written) ? `${origin}${tenant}` : written
  const url = new URL(issuer)
  return { issuer, base: `${url.pathname.replace(/\/$/, '')}/account`, isElsewhere: url.origin !== origin }
}

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
