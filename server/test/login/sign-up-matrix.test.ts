import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { accountApi, newAccount } from '../harness/account-api.ts'
import { openBrowser } from '../harness/browser.ts'
import { latestMessage, messagesOf } from '../harness/messages.ts'
import { parametersOf } from '../harness/oauth.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { newcomersOf } from './newcomers-of.ts'
import { peopleOf } from './people-of.ts'

const own = await startProvider()
const { url } = own
const client = await operatorClient(own)
const { arrive, invite, userOf } = newcomersOf(own, client)
const { policy } = peopleOf(own, client)

type Policy = { readonly signUp: 'open' | 'invitation' | 'closed'; readonly emailProof: 'first' | 'after' | 'never' }
/** What came of it: an account whose address is proved or not, or none. */
type Made = 'proved' | 'unproved' | 'none'

const made = async (account: { username: string }): Promise<Made> => {
  const user = await userOf(account)
  return user === undefined ? 'none' : user.isVerified ? 'proved' : 'unproved'
}

/** Every way to an account of one's own. */
const doors: Record<string, { readonly open: () => Promise<Made>; readonly expected: (policy: Policy) => Made }> = {
  'the account API': {
    open: async () => {
      const account = newAccount()
      const { status } = await accountApi(url).register(account)
      const outcome = await made(account)
      assert.equal(status, outcome === 'none' ? 403 : 200)
      return outcome
    },
    expected: ({ signUp, emailProof }) => (signUp === 'open' && emailProof !== 'first' ? 'unproved' : 'none'),
  },
  'the page, with everything in the first form': {
    open: async () => {
      const [browser, account] = [openBrowser(url), newAccount()]
      const page = await browser.submit(await arrive(browser), { ...account, action: 'sign-up' })
      const outcome = await made(account)
      assert.equal(outcome === 'none', !('code' in parametersOf(page)), page.text.slice(0, 200))
      return outcome
    },
    expected: ({ signUp, emailProof }) => (signUp === 'open' && emailProof !== 'first' ? 'unproved' : 'none'),
  },
  'the page, with a code of the address': {
    open: async () => {
      const [browser, account] = [openBrowser(url), newAccount()]
      const asked = await browser.submit(await arrive(browser), { email: account.email, action: 'address' })
      const wasSent = (await messagesOf(own, account.email)).some(({ template }) => template === 'sign-up-code')
      if (!wasSent) return made(account)
      const { code } = await latestMessage(own, { template: 'sign-up-code', to: account.email })
      await browser.submit(await browser.submit(asked, { code }), { ...account, action: 'sign-up' })
      return made(account)
    },
    expected: ({ signUp, emailProof }) => (signUp === 'open' && emailProof === 'first' ? 'proved' : 'none'),
  },
  'the link of an invitation': {
    open: async () => {
      const { browser, link, account } = await invite()
      const { username, password } = account
      await browser.submit(await browser.follow(link), { username, password })
      return made(account)
    },
    expected: () => 'proved',
  },
  'the link of an invitation that the operator passed on': {
    open: async () => {
      const { browser, printed, account } = await invite()
      const { username, password } = account
      await browser.submit(await browser.follow(printed), { username, password })
      return made(account)
    },
    expected: () => 'unproved',
  },
}

const policies = (['open', 'invitation', 'closed'] as const).flatMap((signUp) =>
  (['first', 'after', 'never'] as const).map((emailProof) => ({ signUp, emailProof })),
)

describe('K-06 the matrix of doors and policies of signing up', () => {
  for (const one of policies)
    test(`where sign-up is ${one.signUp} and the address is proved ${one.emailProof}`, async () => {
      await policy(one)
      for (const [name, { open, expected }] of Object.entries(doors)) assert.equal(await open(), expected(one), name)
    })

  test('a form that was opened while the policy was another one is judged by the present one', async () => {
    await policy({ signUp: 'open', emailProof: 'never' })
    const [browser, account] = [openBrowser(url), newAccount()]
    const page = await arrive(browser)
    await policy({ signUp: 'open', emailProof: 'first' })
    assert.equal((await browser.submit(page, { ...account, action: 'sign-up' })).name, 'code')
    await policy({ signUp: 'closed' })
    const closed = await browser.submit(page, { ...account, action: 'sign-up' })
    assert.deepEqual([closed.status, closed.name], [422, 'sign-up-closed'])
    assert.equal(await made(account), 'none')
  })

  test('an address that was proved while sign-up was open makes no account once it is closed', async () => {
    await policy({ emailProof: 'first' })
    const [browser, account] = [openBrowser(url), newAccount()]
    const asked = await browser.submit(await arrive(browser), { email: account.email, action: 'address' })
    const { code } = await latestMessage(own, { template: 'sign-up-code', to: account.email })
    const form = await browser.submit(asked, { code })
    await policy({ emailProof: 'first', signUp: 'invitation' })
    assert.equal((await browser.submit(form, { ...account, action: 'sign-up' })).name, 'sign-up-closed')
    assert.equal(await made(account), 'none')
  })
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))
