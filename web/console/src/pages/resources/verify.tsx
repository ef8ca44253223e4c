import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { useConsole, useMessages } from '../../console-context.tsx'
import { CodeBlock } from '../connect/code-block.tsx'
import type { Resource } from './resource-form.tsx'

type Place = { readonly issuer: string; readonly resource: Resource }

const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`

// As docs/sdk.md has it, where the tests run it.
const bySdk = ({
  issuer,
  resource: { identifier, scopes },
}: Place): string => `import { accessTokenOf, requireAccessToken } from '@custom-identity-platform/sdk/express'
import { createVerifier } from '@custom-identity-platform/sdk/server'
import express from 'express'

const verifier = createVerifier({ issuer: ${quoted(issuer)}, audience: ${quoted(identifier)} })

export const app = express()
app.get('/', requireAccessToken(verifier${scopes[0] === undefined ? '' : `, { scope: ${quoted(scopes[0])} }`}), (request, response) => {
  response.json({ subject: accessTokenOf(request).subject })
})
`

const byAsking = ({
  issuer,
  resource: { identifier },
}: Place): string => `# As the application that is registered under the identifier of the API:
# cip clients create --template machine --id ${identifier} --name API
curl -fsS -u "$CLIENT_ID:$CLIENT_SECRET" "${issuer}/oauth2/introspect" -d "token=$TOKEN"
`

const aToken = ({
  issuer,
  resource: { identifier, scopes },
}: Place): string => `curl -fsS -u "$CLIENT_ID:$CLIENT_SECRET" "${issuer}/oauth2/token" \\
  -d grant_type=client_credentials --data-urlencode "resource=${identifier}"${scopes[0] === undefined ? '' : ` \\\n  --data-urlencode "scope=${scopes.join(' ')}"`}
`

/** What the API does with a token, ready to be pasted. */
export const Verify = ({ resource }: { readonly resource: Resource }) => {
  const { resources } = useMessages()
  const { issuer } = useConsole().console
  const place = { issuer, resource }
  const isJwt = resource.token_format === 'jwt'
  return (
    <Panel title={resources.verify} intro={isJwt ? resources.verifyJwt : resources.verifyOpaque}>
      <div className="stack">
        {isJwt ? (
          <CodeBlock label={resources.snippetNode} text={bySdk(place)} />
        ) : (
          <CodeBlock label={resources.snippetAsk} text={byAsking(place)} />
        )}
        <CodeBlock label={resources.snippetToken} text={aToken(place)} />
      </div>
    </Panel>
  )
}
