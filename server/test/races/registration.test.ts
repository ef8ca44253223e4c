import assert from 'node:assert/strict'
import { test } from 'node:test'
import { newAccount, pairOf } from '../harness/account-api.ts'
import type { Answer } from '../harness/http.ts'
import { atOnce, startNodes } from './nodes.ts'

const nodes = await startNodes()
const { sql } = nodes.database
const parallel = 16
const rounds = 4

const isOneWinner = (answers: readonly Answer[], detail: string): void => {
  assert.equal(answers.filter(({ status }) => status === 200).length, 1)
  for (const { status, json } of answers.filter((answer) => answer.status !== 200)) assert.deepEqual([status, json], [400, { detail }])
}

const countOf = async (table: 'users' | 'identifiers' | 'passwords' | 'events'): Promise<number> =>
  (await sql.text<{ count: number }>(`select count(*) as count from ${table}`))[0]?.count ?? 0

test('of 16 registrations of one user name over two processes exactly one succeeds, and the others are told so', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { username, password } = newAccount()
    const users = await countOf('users')
    const answers = await atOnce(nodes, parallel, (api) => api.register({ ...newAccount(), username, password }))
    isOneWinner(answers, 'Username already registered')
    assert.equal((await countOf('users')) - users, 1)
    pairOf(await nodes.apis[1].token({ username, password }))
  }
})

test('of 16 registrations of one e-mail address under different user names exactly one succeeds', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const { email } = newAccount()
    const identifiers = await countOf('identifiers')
    isOneWinner(await atOnce(nodes, parallel, (api) => api.register({ ...newAccount(), email })), 'Email already registered')
    assert.equal((await countOf('identifiers')) - identifiers, 2)
  }
})

test('of 16 registrations of one name in different writing exactly one succeeds', async () => {
  const { username } = newAccount()
  const forms = [username, username.toUpperCase(), username.replace('u', 'ｕ'), username.replace('s', 'S')]
  const answers = await atOnce(nodes, parallel, (api, index) =>
    api.register({ ...newAccount(), username: forms[index % forms.length] ?? '' }),
  )
  isOneWinner(answers, 'Username already registered')
})

test('names that cross each other are refused without a deadlock and without half an account', async () => {
  for (let round = 0; round < rounds; round += 1) {
    const [left, right] = [newAccount(), newAccount()]
    const answers = await atOnce(nodes, 8, (api, index) =>
      api.register(index % 4 < 2 ? { ...left, email: right.email } : { ...right, email: left.email, username: right.username }),
    )
    assert.deepEqual([...new Set(answers.map(({ status }) => status))].sort(), [200, 400])
  }
  const halves = await sql.text(`select 1 from users u where (select count(*) from identifiers i where i.user_id = u.id) <> 2
    or not exists (select from passwords p where p.user_id = u.id)`)
  assert.equal(halves.length, 0)
})

test('every registration has its event, and every event its registration', async () => {
  const [row] = await sql.text<{ users: number; events: number }>(
    `select (select count(*) from users) as users, (select count(distinct user_id) from events where type = 'user.registered') as events`,
  )
  assert.equal(row?.events, row?.users)
})
