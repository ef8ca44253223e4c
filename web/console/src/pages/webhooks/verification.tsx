import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { useMessages } from '../../console-context.tsx'
import { Snippet } from '../../parts/snippet.tsx'

const node = `import { createHmac, timingSafeEqual } from 'node:crypto'

// secret: "whsec_..."; headers and body exactly as they came.
export const verify = (secret, headers, body) => {
  const id = headers['webhook-id'] ?? ''
  const at = headers['webhook-timestamp'] ?? ''
  if (!(Math.abs(Date.now() / 1000 - Number(at)) <= 300)) return false
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const expected = createHmac('sha256', key).update(\`\${id}.\${at}.\${body}\`).digest()
  return (headers['webhook-signature'] ?? '').split(' ').some((one) => {
    const given = Buffer.from(one.replace('v1,', ''), 'base64')
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}`

const python = `import base64, hashlib, hmac, time

# secret: "whsec_..."; headers and body (bytes) exactly as they came.
def verify(secret, headers, body):
    id, at = headers["webhook-id"], headers["webhook-timestamp"]
    if not at.isdigit() or abs(time.time() - int(at)) > 300:
        return False
    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{id}.{at}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    return any(hmac.compare_digest(one.removeprefix("v1,"), expected)
               for one in headers["webhook-signature"].split())`

/** How a receiver finds out that it was us. */
export const Verification = () => {
  const { verify } = useMessages().webhooks
  return (
    <Panel title={verify.title} intro={verify.intro}>
      <Snippet title={verify.node} text={node} />
      <Snippet title={verify.python} text={python} />
    </Panel>
  )
}
