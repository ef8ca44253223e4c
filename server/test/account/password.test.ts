import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi } from '../harness/account-api.ts'
import { latestMessage } from '../harness/messages.ts'
import { newPerson, postAs, registerClient, tokensFor } from '../harness/oauth.ts'
import { countOf, eventsOf, isRefusal, newOwner, signInAgain } from '../harness/own-account.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'

const own = await startProvider()
const { url } = own
const chosen = 'a wholly new sentence'

describe('changing the password', () => {
  test('ends every other session and grant, keeps this one, and tells the owner', async () => {
    const client = await registerClient(url)
    const { account, browser } = await newPerson(url)
    const tokens = await tokensFor(url, client, { person: { account, browser }, parameters: { scope: 'openid offline_access' } })
    const [ann, other] = [await signInAgain(url, account), await signInAgain(url, account)]
    const answer = await ann.put('password', { new_password: chosen, current_password: account.password })
    assert.deepEqual([answer.status, answer.json], [200, { sessions_ended: 2 }])
    assert.equal((await ann.get('me')).status, 200)
    assert.equal((await other.get('me')).status, 401)
    const api = accountApi(url)
    assert.deepEqual([(await api.refresh(ann.refreshToken)).status, (await api.refresh(other.refreshToken)).status], [200, 401])
    const fields = { grant_type: 'refresh_token', refresh_token: tokens.refresh_token }
    assert.equal((await postAs(`${url}/oauth2/token`, client, fields)).status, 400)
    assert.deepEqual([(await api.token(account)).status, (await api.token({ ...account, password: chosen })).status], [401, 200])
    assert.ok((await latestMessage(own, { template: 'password-changed', to: account.email })).link)
    const events = await eventsOf(own, ann)
    assert.deepEqual([countOf(events, 'password.set'), countOf(events, 'session.ended')], [1, 2])
  })

  test('needs the present one, and a new one that the policy takes', async () => {
    const ann = await newOwner(url)
    const { password: current, username, email } = ann.account
    for (const body of [
      { new_password: chosen },
      { new_password: 'short', current_password: current },
      { new_password: 'password1', current_password: current },
      { new_password: username, current_password: current },
      { new_password: email, current_password: current },
      { new_password: 'x'.repeat(1025), current_password: current },
      { new_password: chosen, current_password: current, userId: 'x' },
      { new_password: '', current_password: current },
      { current_password: current },
    ]) {
      const answer = await ann.put('password', body)
      isRefusal(answer, 422)
      assert.ok(!answer.text.includes(current) && !answer.text.includes(chosen))
    }
    isRefusal(
      await ann.put('password', { new_password: chosen, current_password: 'another one' }),
      400,
      'The current password is not right',
    )
    assert.equal((await accountApi(url).token(ann.account)).status, 200)
    assert.equal(countOf(await eventsOf(own, ann), 'password.set'), 0)
  })

  test('needs none where there was none', async () => {
    const ann = await newOwner(url)
    await own.sql.text('delete from passwords where user_id = $1', [ann.userId])
    assert.equal((await ann.put('password', { new_password: chosen })).status, 200)
    assert.equal((await accountApi(url).token({ ...ann.account, password: chosen })).status, 200)
  })

  test('twice at once from the same one changes it once', async () => {
    const ann = await newOwner(url)
    const change = (index: number) => ann.put('password', { new_password: `${chosen} ${index}`, current_password: ann.account.password })
    const answers = await Promise.all([1, 2, 3].map(change))
    assert.equal(answers.filter(({ status }) => status === 200).length, 1, answers.map(({ text }) => text).join(' '))
    for (const { status } of answers) assert.ok([200, 400, 409].includes(status))
    assert.equal(countOf(await eventsOf(own, ann), 'password.set'), 1)
  })
})

describe('guessing the present password', () => {
  test('L-01 counts with the guesses at the sign-in: five lock both, and the right one is refused at both', async () => {
    const ann = await newOwner(url)
    const guess = () => ann.put('password', { new_password: chosen, current_password: 'a wrong guess' })
    for (let count = 0; count < 3; count += 1) isRefusal(await guess(), 400)
    for (let count = 0; count < 2; count += 1)
      assert.equal((await accountApi(url).token({ ...ann.account, password: 'a wrong guess' })).status, 401)
    await own.sql.text(`update sign_in_states set locked_until = now() + interval '1 minute' where user_id = $1 and failures >= 5`, [
      ann.userId,
    ])
    isRefusal(await ann.put('password', { new_password: chosen, current_password: ann.account.password }), 400)
    assert.equal((await accountApi(url).token(ann.account)).status, 401)
    const events = await eventsOf(own, ann)
    assert.deepEqual([countOf(events, 'sign_in.refused'), countOf(events, 'password.locked')], [7, 1])
  })

  test('L-01 twelve at once: none is lost, and no more are looked at than the lock allows', async () => {
    const ann = await newOwner(url)
    await Promise.all(Array.from({ length: 12 }, () => ann.put('password', { new_password: chosen, current_password: 'a wrong guess' })))
    const [row] = await own.sql.text<{ failures: number }>('select failures from sign_in_states where user_id = $1', [ann.userId])
    assert.ok((row?.failures ?? 0) >= 5 && (row?.failures ?? 0) <= 9, String(row?.failures))
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))
