/** Where a program of ours stands: its issuer, the path of its pages, and whether the browser reached it under another name. */
export type Place = { readonly issuer: string; readonly base: string; readonly isElsewhere: boolean }

type Address = { readonly origin: string; readonly pathname: string }

/** Reads the issuer that the server wrote into the page; in development, where nobody did, the address says it. */
export const placeOf = (app: 'account' | 'console', written: string | undefined, { origin, pathname }: Address): Place => {
  const tenant = /^\/t\/[^/]+(?=\/(?:account|console))/.exec(pathname)?.[0] ?? ''
  const issuer = written === undefined || !URL.canParse(written) ? `${origin}${tenant}` : written
  const url = new URL(issuer)
  return { issuer, base: `${url.pathname.replace(/\/$/, '')}/${app}`, isElsewhere: url.origin !== origin }
}

/** What the server wrote into the head of the page. */
export const written = (name: string): string | undefined => document.querySelector<HTMLMetaElement>(`meta[name=${name}]`)?.content
