import assert from 'node:assert/strict'
import { record } from '../../src/events/events.job.ts'
import { messengerOf } from '../../src/mail/mail.ts'
import { createInvitationAdmin, type Invitation } from '../../src/users/invitation-admin.job.ts'
import { checkEmail } from '../../src/users/users.ts'
import { type Account, newAccount } from '../harness/account-api.ts'
import { type Browser, openBrowser, type Page } from '../harness/browser.ts'
import { latestMessage } from '../harness/messages.ts'
import { authorizeUrl, type TestClient } from '../harness/oauth.ts'
import type { TestProvider } from '../harness/provider.ts'

export type Newcomer = { readonly account: Account; readonly browser: Browser }

/** The row of an account by its user name. */
export type NewUser = { readonly id: string; readonly email: string; readonly isVerified: boolean; readonly attributes: object | null }

const inviting = ({ url, config, platform, ...own }: TestProvider) => {
  const { db, tenantId } = platform.base
  const admin = createInvitationAdmin({ db, tenantId, record, issuer: url, messenger: messengerOf(config.key('messages')) })
  const options = { language: 'en', lifeSeconds: 7 * 86_400 }

  /** Somebody with the link of a mail, and with the one that the operator was shown. */
  const invite = async (more: Partial<Omit<Invitation, 'email'>> = {}) => {
    const account = newAccount()
    const email = checkEmail(account.email)
    assert.ok(email.kind === 'ok')
    const sent = await admin.invite({ ...options, ...more, email: email.identifier }, { printsLink: true })
    assert.ok(sent.kind === 'sent' && sent.link !== undefined)
    const { link } = await latestMessage({ ...own, config }, { template: 'invitation', to: account.email })
    return { account, id: sent.id, link, printed: sent.link, browser: openBrowser(url) }
  }
  return { admin, invite }
}

const looking = ({ sql }: TestProvider) => ({
  /** Undefined where nobody has the name. */
  userOf: async ({ username }: Pick<Account, 'username'>): Promise<NewUser | undefined> =>
    (
      await sql.text<NewUser>(
        `select u.id, e.canonical as email, e.verified_at is not null as "isVerified", p.attributes
         from identifiers n join users u on u.id = n.user_id join identifiers e on e.user_id = u.id and e.kind = 'email'
         left join profiles p on p.user_id = u.id where n.kind = 'username' and n.canonical = $1`,
        [username],
      )
    )[0],
  eventsOf: async (userId: string): Promise<readonly string[]> =>
    (
      await sql.text<{ text: string }>(
        `select type || coalesce(' ' || (payload->>'via'), '') as text from events where user_id = $1 order by id`,
        [userId],
      )
    ).map(({ text }) => text),
  countUsers: async (): Promise<number> => (await sql.text('select 1 from users')).length,
})

/** Somebody who makes an account at the pages. */
const arriving = ({ url }: TestProvider, client: TestClient) => {
  const arrive = (browser: Browser): Promise<Page> => browser.follow(authorizeUrl(url, client, { prompt: 'create' }))
  /** As far as the page that asks for the code which was sent. */
  const askForCode = async (email: string, browser = openBrowser(url)) => {
    const page = await arrive(browser)
    assert.equal(page.name, 'sign-up-address', page.text.slice(0, 600))
    return { browser, page, asked: await browser.submit(page, { email, action: 'address' }) }
  }
  return { arrive, askForCode }
}

/** What newcomers and those who invite them do at a server. */
export const newcomersOf = (own: TestProvider, client: TestClient) => ({ ...inviting(own), ...looking(own), ...arriving(own, client) })

/** Every page that a person sees as text, without what is drawn by chance. */
export const blurred = (page: Page, address: string): string =>
  [page.status, page.name, page.text, JSON.stringify(page.headers['set-cookie'] ?? [])]
    .join('\n')
    .replaceAll(address, 'ADDRESS')
    .replaceAll(/[A-Za-z0-9_-]{40,}/g, 'sealed')
