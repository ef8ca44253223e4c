import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newAccount } from '../harness/account-api.ts'
import { openBrowser } from '../harness/browser.ts'
import { latestMessage, messagesOf } from '../harness/messages.ts'
import { countOf, eventsOf, isRefusal, newOwner, signInAgain } from '../harness/own-account.ts'
import { failuresIn, startProvider } from '../harness/provider.ts'
import { until } from '../harness/until.ts'

const own = await startProvider()
const { url } = own

const wrongOf = (code: string): string => String((Number(code) + 1) % 1_000_000).padStart(6, '0')
const sent = <T extends 'change-email' | 'verify-email' | 'phone-code'>(template: T, to: string) => latestMessage(own, { template, to })
const freshAddress = (): string => newAccount().email
let numbers = 1_000_000
const freshNumber = (): string => {
  numbers += 1
  return `+49151${numbers}`
}

describe('another e-mail address', () => {
  test('N-07 is used for nothing before it is proved; then it takes the place of the old one, which is told', async () => {
    const ann = await newOwner(url)
    const email = freshAddress()
    const asked = await ann.post('email', { email })
    assert.deepEqual([asked.status, asked.json], [202, { sent_to: email }])
    assert.equal((await ann.me()).email, ann.account.email)
    const { code } = await sent('change-email', email)
    isRefusal(await ann.post('email/confirm', { code: wrongOf(code) }), 400, 'This code is not right')
    const done = await ann.post('email/confirm', { code: `${code.slice(0, 3)} ${code.slice(3)}` })
    assert.equal(done.status, 200, done.text)
    assert.deepEqual([(await ann.me()).email, (await ann.me()).email_verified], [email, true])
    const told = await latestMessage(own, { template: 'email-changed', to: ann.account.email })
    assert.equal(told.email, email)
    assert.equal(countOf(await eventsOf(own, ann), 'email.changed'), 1)
    await signInAgain(url, { ...ann.account, username: email })
  })

  test('N-07 changed and then taken back by the old address: it is the old one again, and every session ends', async () => {
    const ann = await newOwner(url)
    const email = freshAddress()
    await ann.post('email', { email })
    await ann.post('email/confirm', { code: (await sent('change-email', email)).code })
    const { link } = await latestMessage(own, { template: 'email-changed', to: ann.account.email })
    const browser = openBrowser(url)
    await browser.submit(await browser.follow(link), {})
    await until(async () => (await ann.get('me')).status === 401, 5000, 'the end of the session')
    assert.equal((await (await signInAgain(url, ann.account)).me()).email, ann.account.email)
  })

  test('N-07 of two that were asked for the later one counts: code and link of the other are worth nothing', async () => {
    const ann = await newOwner(url)
    const [first, second] = [freshAddress(), freshAddress()]
    await ann.post('email', { email: first })
    await ann.post('email', { email: second })
    const older = await sent('change-email', first)
    isRefusal(await ann.post('email/confirm', { code: older.code }), 400)
    assert.equal((await openBrowser(url).follow(older.link)).status, 400)
    assert.equal((await ann.post('email/confirm', { code: (await sent('change-email', second)).code })).status, 200)
    assert.equal((await ann.me()).email, second)
  })

  test('N-07 the same code twice at once changes it once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ann = await newOwner(url)
      const email = freshAddress()
      await ann.post('email', { email })
      const { code } = await sent('change-email', email)
      const answers = await Promise.all([1, 2, 3, 4].map(() => ann.post('email/confirm', { code })))
      assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400, 400, 400])
      assert.equal(countOf(await eventsOf(own, ann), 'email.changed'), 1)
    }
  })

  test('N-07 a code of another person is none, and the link of the mail does the same as the code', async () => {
    const [ann, eve] = [await newOwner(url), await newOwner(url)]
    const email = freshAddress()
    await ann.post('email', { email })
    const { code, link } = await sent('change-email', email)
    isRefusal(await eve.post('email/confirm', { code }), 400)
    const browser = openBrowser(url)
    assert.equal((await browser.submit(await browser.follow(link), {})).name, 'outcome')
    assert.equal((await ann.me()).email, email)
    assert.equal((await eve.me()).email, eve.account.email)
  })

  test('of somebody else is told to nobody who does not read its mail, and is not taken away', async () => {
    const [ann, bob] = [await newOwner(url), await newOwner(url)]
    const [free, taken] = [await ann.post('email', { email: freshAddress() }), await ann.post('email', { email: bob.account.email })]
    assert.deepEqual([free.status, taken.status], [202, 202])
    const { code } = await sent('change-email', bob.account.email)
    isRefusal(await ann.post('email/confirm', { code }), 409, 'Another account has this address')
    assert.deepEqual([(await ann.me()).email, (await bob.me()).email], [ann.account.email, bob.account.email])
  })

  test('is refused where it is none, is the present one, or more is sent than an address', async () => {
    const ann = await newOwner(url)
    for (const email of ['nowhere', 'a@b\r\nBcc: eve@example.com', '"a"@x', '', 5]) isRefusal(await ann.post('email', { email }), 422)
    isRefusal(await ann.post('email', { email: ann.account.email.toUpperCase() }), 409)
    isRefusal(await ann.post('email', { email: freshAddress(), email_verified: true }), 422)
    isRefusal(await ann.post('email/confirm', { code: '123456' }), 400, 'No code is open any more. Ask for a new one')
    isRefusal(await ann.post('email/confirm', {}), 422)
  })

  test('five wrong codes close the request, and the right one comes too late', async () => {
    const ann = await newOwner(url)
    const email = freshAddress()
    await ann.post('email', { email })
    const { code } = await sent('change-email', email)
    for (let count = 0; count < 5; count += 1) isRefusal(await ann.post('email/confirm', { code: wrongOf(code) }), 400)
    isRefusal(await ann.post('email/confirm', { code }), 400)
    assert.equal((await ann.me()).email, ann.account.email)
  })
})

describe('the present e-mail address', () => {
  test('is proved by the code that was sent to it, once', async () => {
    const ann = await newOwner(url)
    assert.deepEqual((await ann.post('email/verification')).json, { sent_to: ann.account.email })
    const { code } = await sent('verify-email', ann.account.email)
    isRefusal(await ann.post('email/verification/confirm', { code: wrongOf(code) }), 400)
    const answers = await Promise.all([1, 2, 3].map(() => ann.post('email/verification/confirm', { code })))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400, 400])
    assert.equal((await ann.me()).email_verified, true)
    assert.equal(countOf(await eventsOf(own, ann), 'user.email_verified'), 1)
    isRefusal(await ann.post('email/verification'), 409)
  })

  test('a code to prove it changes no address, and one to change it proves nothing', async () => {
    const ann = await newOwner(url)
    await ann.post('email/verification')
    isRefusal(await ann.post('email/confirm', { code: (await sent('verify-email', ann.account.email)).code }), 400)
    const email = freshAddress()
    await ann.post('email', { email })
    isRefusal(await ann.post('email/verification/confirm', { code: (await sent('change-email', email)).code }), 400)
    assert.equal((await ann.me()).email_verified, false)
  })

  test('L-07 gets three codes an hour at most', async () => {
    const ann = await newOwner(url)
    for (let count = 0; count < 5; count += 1) assert.equal((await ann.post('email/verification')).status, 202)
    assert.equal((await messagesOf(own, ann.account.email)).filter(({ template }) => template === 'verify-email').length, 3)
  })
})

describe('the phone number', () => {
  test('counts once it is proved, is replaced by another, and goes, each with its event and notice', async () => {
    const ann = await newOwner(url)
    const [first, second] = [freshNumber(), freshNumber()]
    for (const phone of [first, second]) {
      const before = (await ann.me()).phone
      assert.deepEqual((await ann.post('phone', { phone })).json, { sent_to: phone })
      assert.equal((await ann.me()).phone, before)
      const { code } = await sent('phone-code', phone)
      isRefusal(await ann.post('phone/confirm', { code: wrongOf(code) }), 400)
      assert.equal((await ann.post('phone/confirm', { code })).status, 200)
      assert.deepEqual([(await ann.me()).phone, (await ann.me()).phone_verified], [phone, true])
    }
    isRefusal(await ann.post('phone', { phone: second }), 409)
    assert.equal((await ann.remove('phone')).status, 204)
    isRefusal(await ann.remove('phone'), 404)
    assert.equal((await ann.me()).phone, null)
    const events = await eventsOf(own, ann)
    assert.deepEqual([countOf(events, 'phone.changed'), countOf(events, 'phone.removed')], [2, 1])
    const notices = (await messagesOf(own, ann.account.email)).filter(({ template }) => template === 'factor-changed')
    assert.deepEqual(
      notices.map(({ words }) => words['what']),
      ['Phone number', 'Phone number', 'Phone number removed'],
    )
  })

  test('of somebody else stays theirs, and the same code twice at once counts once', async () => {
    const [ann, bob] = [await newOwner(url), await newOwner(url)]
    const phone = freshNumber()
    await ann.post('phone', { phone })
    const { code } = await sent('phone-code', phone)
    const answers = await Promise.all([1, 2, 3].map(() => ann.post('phone/confirm', { code })))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400, 400])
    await bob.post('phone', { phone })
    isRefusal(await bob.post('phone/confirm', { code: (await sent('phone-code', phone)).code }), 409)
    assert.deepEqual([(await ann.me()).phone, (await bob.me()).phone], [phone, null])
  })

  test('is refused where it is no number in the international form', async () => {
    const ann = await newOwner(url)
    for (const phone of ['0151123456', '+0123456789', '+49 151 123456', '+49', `+${'1'.repeat(16)}`, '', null])
      isRefusal(await ann.post('phone', { phone }), 422)
    isRefusal(await ann.post('phone/confirm', { code: '123456' }), 400)
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))
