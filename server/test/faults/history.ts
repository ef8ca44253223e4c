import assert from 'node:assert/strict'
import { type Account, type AccountApi, newAccount } from '../harness/account-api.ts'
import type { Answer } from '../harness/http.ts'

/** What happened to each registration: acknowledged, refused for now (503), or unknown because the connection broke. */
export type History = {
  readonly acknowledged: Map<string, { account: Account; id: number }>
  readonly unknown: Account[]
  refusals: number
}

export type Stream = { readonly history: History; readonly stop: () => Promise<void> }

const note = (history: History, account: Account, answer: Answer | undefined): void => {
  if (answer === undefined) history.unknown.push(account)
  else if (answer.status === 200) history.acknowledged.set(account.username, { account, id: (answer.json as { id: number }).id })
  else {
    assert.equal(answer.status, 503, answer.text)
    assert.match(String(answer.headers['retry-after']), /^[1-9]\d*$/)
    assert.deepEqual(Object.keys(answer.json as object), ['detail'])
    history.refusals += 1
    history.unknown.push(account)
  }
}

/** Registers on a few connections until it is stopped. Any answer but 200 and 503 ends it and fails `stop`. */
export const streamRegistrations = (api: AccountApi, connections = 3): Stream => {
  const history: History = { acknowledged: new Map(), unknown: [], refusals: 0 }
  let isStopped = false
  let failure: unknown
  const step = async (): Promise<void> => {
    const account = newAccount()
    const answer = await api.register(account).catch(() => undefined)
    note(history, account, answer)
    await new Promise((resolve) => setTimeout(resolve, answer?.status === 200 ? 5 : 20))
  }
  const loop = async (): Promise<void> => {
    while (!isStopped && failure === undefined)
      await step().catch((error) => {
        failure = error
      })
  }
  const loops = Promise.all(Array.from({ length: connections }, loop))
  const stop = async (): Promise<void> => {
    isStopped = true
    await loops
    if (failure !== undefined) throw failure
  }
  return { history, stop }
}

/** Every acknowledged name is taken, no two accounts have one id, and every tenth signs in, which costs a hash. */
export const assertNothingLost = async (api: AccountApi, { acknowledged }: History): Promise<void> => {
  assert.ok(acknowledged.size > 0)
  assert.equal(new Set([...acknowledged.values()].map(({ id }) => id)).size, acknowledged.size)
  let count = 0
  for (const { account } of acknowledged.values()) {
    const again = await api.register({ ...account, email: newAccount().email })
    assert.equal(again.status, 400, `${account.username} was acknowledged and is gone: ${again.text}`)
    if (count % 10 === 0) assert.equal((await api.token(account)).status, 200, account.username)
    count += 1
  }
}
