import curl from '../../../../../docs/connect/curl.md?raw'
import express from '../../../../../docs/connect/express.md?raw'
import fastapi from '../../../../../docs/connect/fastapi.md?raw'
import go from '../../../../../docs/connect/go.md?raw'
import nextjs from '../../../../../docs/connect/nextjs.md?raw'
import react from '../../../../../docs/connect/react.md?raw'
import type { StackName } from './kinds.ts'

export type Values = { readonly issuer: string; readonly clientId: string; readonly secret: string | undefined; readonly scope: string }

/** The program of a page of the documentation, which the tests run: its first block in a language. */
const programIn = (page: string): string => /```[a-z]+\n([\s\S]*?)```/.exec(page)?.[1] ?? ''

const device = ({ scope }: Values): string => `# 1. The device asks for a code, and shows user_code and verification_uri of the answer.
curl -fsS "$ISSUER/oauth2/device" -d client_id="$CLIENT_ID" -d scope="${scope || 'openid profile'}"

# 2. It asks every five seconds, with device_code of the answer, until the person has allowed it elsewhere.
curl -sS "$ISSUER/oauth2/token" -d client_id="$CLIENT_ID" -d device_code="$DEVICE_CODE" \\
  -d grant_type=urn:ietf:params:oauth:grant-type:device_code
`

type Stack = {
  readonly install?: string
  readonly start?: string
  readonly program?: (values: Values) => string
  readonly environment: (values: Values) => string
}

const quoted = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`

const exported = (values: Readonly<Record<string, string>>): string =>
  Object.entries(values)
    .map(([name, value]) => `export ${name}=${quoted(value)}`)
    .join('\n')

const usual = ({ issuer, clientId, secret }: Values) => ({
  ISSUER: issuer,
  CLIENT_ID: clientId,
  ...(secret === undefined ? {} : { CLIENT_SECRET: secret }),
})

const environment = (values: Values): string => exported(usual(values))

/** What is pasted for each stack. */
export const stacks: Readonly<Record<StackName, Stack>> = {
  express: {
    install: 'npm install openid-client',
    start: 'node app.mjs    # then open http://127.0.0.1:3000/login',
    program: () => programIn(express),
    environment,
  },
  nextjs: {
    install: 'npm install next-auth@beta && npx auth secret',
    start: 'npm run dev    # then open http://localhost:3000/api/auth/signin',
    program: () => programIn(nextjs),
    environment: ({ issuer, clientId, secret = '' }) =>
      [`AUTH_CIP_ISSUER=${issuer}`, `AUTH_CIP_ID=${clientId}`, `AUTH_CIP_SECRET=${secret}`].join('\n'),
  },
  fastapi: {
    install: 'pip install fastapi uvicorn authlib httpx itsdangerous',
    start: 'uvicorn app:app --port 3000    # then open http://127.0.0.1:3000/login',
    program: () => programIn(fastapi),
    environment: (values) => `${environment(values)}\nexport SESSION_SECRET="$(openssl rand -hex 32)"`,
  },
  go: {
    install: 'go get github.com/coreos/go-oidc/v3/oidc golang.org/x/oauth2',
    start: 'go run .    # then open http://127.0.0.1:3000/login',
    program: () => programIn(go),
    environment: (values) => exported({ ...usual(values), PORT: '3000' }),
  },
  react: {
    install: 'npm install oidc-client-ts',
    start: 'npx vite --host 127.0.0.1    # then open http://127.0.0.1:5173/',
    program: () => programIn(react),
    environment: ({ issuer, clientId }) => `<html data-authority="${issuer}" data-client-id="${clientId}">`,
  },
  curl: {
    program: ({ scope }) =>
      programIn(curl).replaceAll(' -d scope=reports:read', scope === '' ? '' : ` --data-urlencode ${quoted(`scope=${scope}`)}`),
    environment,
  },
  device: { program: device, environment },
  other: { environment },
}
