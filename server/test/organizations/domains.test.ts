import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { record } from '../../src/events/events.store.ts'
import { messageKeyPurpose, messengerOf } from '../../src/mail/mail.ts'
import { domainUpkeep } from '../../src/organizations/domains.job.ts'
import { txtLookUp } from '../../src/platform/txt-records.ts'
import { type AdminApi, administrator, isProblem } from '../harness/admin.ts'
import { messagesOf } from '../harness/messages.ts'
import { startNameServer } from '../harness/name-server.ts'
import { newPerson as newVisitor, tokensFor } from '../harness/oauth.ts'
import { type Owner, ownAccount, signInAgain } from '../harness/own-account.ts'
import { failuresIn, operatorClient, startProvider } from '../harness/provider.ts'
import { newMember, newOrganization, type Organization } from './organizations-of.ts'

const names = await startNameServer()
const own = await startProvider({ CIP_DNS_SERVERS: names.address })
const { url, sql, platform } = own
const { db, tenantId } = platform.base
const messenger = messengerOf(own.config.key(messageKeyPurpose))
const admin = await administrator(own, 'owner')
const support = await administrator(own, 'support')

type Domain = {
  id: string
  domain: string
  joining: string
  roles: string[]
  verified_at: string | null
  missing_since: string | null
  record: { name: string; value: string }
}
let count = 0
const newDomain = (): string => {
  count += 1
  return `company-${process.pid}-${count}.com`
}
const added = async ({ id }: Organization, body: object = {}, api: AdminApi = admin): Promise<Domain> => {
  const answer = await api.post(`organizations/${id}/domains`, { domain: newDomain(), ...body })
  assert.equal(answer.status, 201, answer.text)
  return answer.json as Domain
}
const publish = ({ record: { name, value } }: Domain): void => void names.records.set(name, ['v=spf1 -all', value])
const verify = ({ id }: Organization, domain: Domain) => admin.post(`organizations/${id}/domains/${domain.id}/verify`)
const proved = async (organization: Organization, body: object = {}): Promise<Domain> => {
  const domain = await added(organization, body)
  publish(domain)
  const answer = await verify(organization, domain)
  assert.equal(answer.status, 200, answer.text)
  return answer.json as Domain
}
const shown = async ({ id }: Organization): Promise<Domain[]> =>
  ((await admin.get(`organizations/${id}/domains`)).json as { domains: Domain[] }).domains
const eventsAbout = async (domain: string): Promise<string[]> =>
  (await sql.text<{ type: string }>(`select type from events where payload ->> 'domain' = $1 order by at, id`, [domain])).map(
    ({ type }) => type,
  )

/** A person whose address of the domain is proved, or not. */
const personAt = async (domain: string, isProved = true) => {
  const person = await newVisitor(url)
  const email = `${person.account.username}@${domain}`
  const [row] = await sql.text<{ user_id: string }>('select user_id from identifiers where written = $1', [person.account.username])
  await sql.text(
    `update identifiers set canonical = $2, written = $2, verified_at = case when $3 then now() end where user_id = $1 and kind = 'email'`,
    [row?.user_id, email, isProved],
  )
  return { ...person, userId: row?.user_id ?? '' }
}
const rolesOf = async ({ id }: Organization, userId: string): Promise<readonly string[] | undefined> =>
  (
    await sql.text<{ roles: string[] }>('select roles from organization_members where organization_id = $1 and user_id = $2', [id, userId])
  )[0]?.roles
const signIn = (person: Awaited<ReturnType<typeof personAt>>): Promise<Owner> => signInAgain(url, person.account)
const isKnown = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 1200))

describe('a domain of an organization', () => {
  test('is proved by the record that it is shown, and by no other', async () => {
    const organization = await newOrganization(admin)
    const domain = await added(organization, { domain: 'Bücher-Test.COM' })
    assert.deepEqual([domain.domain, domain.record.name], ['xn--bcher-test-9db.com', '_cip-challenge.xn--bcher-test-9db.com'])
    isProblem(await verify(organization, domain), 409, 'domain-not-proved')
    names.records.set(domain.record.name, [`${domain.record.value}x`, domain.record.value.slice(0, -1)])
    const near = await verify(organization, domain)
    isProblem(near, 409, 'domain-not-proved')
    assert.equal((near.json as { seen: string[] }).seen.length, 2)
    assert.equal((await shown(organization))[0]?.verified_at, null)
    publish(domain)
    assert.equal((await verify(organization, domain)).status, 200)
    assert.equal((await verify(organization, domain)).status, 200)
    assert.deepEqual(await eventsAbout(domain.domain), ['organization_domain.added', 'organization_domain.verified'])
  })

  test('is the domain of one organization alone, whoever is first, also at the same time', async () => {
    const organizations = [await newOrganization(admin), await newOrganization(admin), await newOrganization(admin)]
    const name = newDomain()
    const domains = await Promise.all(organizations.map((one) => added(one, { domain: name })))
    names.records.set(
      `_cip-challenge.${name}`,
      domains.map(({ record: { value } }) => value),
    )
    const answers = await Promise.all(organizations.map((one, index) => verify(one, domains[index] as Domain)))
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409])
    for (const answer of answers.filter(({ status }) => status === 409)) isProblem(answer, 409, 'domain-taken')
  })

  test('is refused where anybody can have a name below it or an address of it, and where it is none', async () => {
    const { id } = await newOrganization(admin)
    for (const domain of [
      'com',
      'co.uk',
      'github.io',
      'gmail.com',
      'localhost',
      '192.0.2.1',
      'a..b',
      'no domain',
      'x.invalidtld',
      '-a.com',
      '*.acme.com',
    ])
      isProblem(await admin.post(`organizations/${id}/domains`, { domain }), 422, 'invalid-domain')
    const twice = await added({ id } as Organization)
    isProblem(await admin.post(`organizations/${id}/domains`, { domain: twice.domain }), 409, 'taken')
  })

  test('is out of reach for whoever may not, for members without the permission, and in another organization', async () => {
    const [boss, plain] = [await newMember(own), await newMember(own)]
    const organization = await newOrganization(admin, { owner: boss, member: plain })
    const other = await newOrganization(admin)
    const domain = await added(organization)
    isProblem(await support.post(`organizations/${organization.id}/domains`, { domain: newDomain() }), 403, 'missing-permission')
    isProblem(await admin.post(`organizations/${other.id}/domains/${domain.id}/verify`), 404, 'not-found')
    isProblem(await admin.remove(`organizations/${other.id}/domains/${domain.id}`), 404, 'not-found')
    isProblem(await admin.patch(`organizations/${other.id}/domains/${domain.id}`, { joining: 'ask' }), 404, 'not-found')
    isProblem(await admin.patch(`organizations/${organization.id}/domains/${domain.id}`, { roles: ['nobody'] }), 422, 'unknown-role')
    assert.equal((await admin.remove(`organizations/${organization.id}/domains/${domain.id}`)).status, 204)
    isProblem(await admin.remove(`organizations/${organization.id}/domains/${domain.id}`), 404, 'not-found')
  })

  test('counts no longer when its record has been missing for days, and a silent name server is no loss', async () => {
    const [boss, plain] = [await newMember(own), await newMember(own)]
    const organization = await newOrganization(admin, { owner: boss, member: plain })
    const domain = await proved(organization)
    const upkeep = domainUpkeep({ db, record, messenger, lookUpTxt: txtLookUp([names.address]) })
    const look = async (): Promise<Domain | undefined> => {
      await sql.text(`update organization_domains set checked_at = now() - interval '2 days' where id = $1`, [domain.id])
      await upkeep.run(db)
      return (await shown(organization))[0]
    }
    assert.equal((await look())?.missing_since, null)
    await sql.text(`update organization_domains set checked_at = now() - interval '2 days' where id = $1`, [domain.id])
    await domainUpkeep({ db, record, messenger, lookUpTxt: () => Promise.reject(new Error('no answer')) }).run(db)
    assert.equal((await shown(organization))[0]?.missing_since, null, 'nobody answered')
    names.records.delete(domain.record.name)
    const first = await look()
    assert.ok(first?.missing_since !== null && first?.verified_at !== null)
    publish(domain)
    assert.equal((await look())?.missing_since, null, 'it came back')
    names.records.delete(domain.record.name)
    await look()
    await sql.text(`update organization_domains set missing_since = now() - interval '4 days' where id = $1`, [domain.id])
    assert.equal((await look())?.verified_at, null)
    assert.deepEqual((await eventsAbout(domain.domain)).slice(-1), ['organization_domain.lost'])
    await look()
    const told = (await messagesOf(own, boss.account.email)).filter(({ template }) => template.startsWith('domain-'))
    const words = { domain: domain.domain, organization: organization.name }
    assert.deepEqual(
      told.map((one) => [one.template, one.words]),
      [
        ['domain-proved', words],
        ['domain-lost', words],
      ],
      'those who run the organization are told once of each',
    )
    assert.deepEqual(await messagesOf(own, plain.account.email), [], 'others are not')
  })
})

describe('people with an address of a proved domain', () => {
  test('become members at their next sign-in where the organization takes them in, with its roles and an event', async () => {
    const organization = await newOrganization(admin)
    const { domain } = await proved(organization, { joining: 'automatic', roles: ['administrator'] })
    await isKnown()
    const [person, unproved, elsewhere] = [await personAt(domain), await personAt(domain, false), await personAt(`not-${domain}`)]
    for (const one of [person, unproved, elsewhere]) await signIn(one)
    assert.deepEqual(await rolesOf(organization, person.userId), ['administrator'])
    assert.deepEqual([await rolesOf(organization, unproved.userId), await rolesOf(organization, elsewhere.userId)], [undefined, undefined])
    const events = await sql.text<{ payload: object }>(
      `select payload from events where user_id = $1 and type = 'organization_member.added'`,
      [person.userId],
    )
    assert.deepEqual(
      events.map(({ payload }) => payload),
      [{ organization: organization.id, roles: ['administrator'], via: 'domain' }],
    )
    await sql.text(`update organization_members set roles = '{member}' where user_id = $1`, [person.userId])
    await signIn(person)
    assert.deepEqual(await rolesOf(organization, person.userId), ['member'], 'roles that were changed stay')
  })

  test('also in the browser, and before the tokens of that sign-in', async () => {
    const organization = await newOrganization(admin)
    const { domain } = await proved(organization, { joining: 'automatic' })
    await isKnown()
    const person = await personAt(domain)
    await tokensFor(url, await operatorClient(own), { person })
    assert.deepEqual(await rolesOf(organization, person.userId), ['member'])
  })

  test('are offered to join where they are asked, and join by their own word', async () => {
    const [organization, closed] = [await newOrganization(admin), await newOrganization(admin)]
    const { domain } = await proved(organization, { joining: 'ask' })
    const shut = await proved(closed)
    const [person, stranger, other] = [await personAt(domain), await personAt(domain, false), await personAt(shut.domain)]
    const account = await signIn(person)
    assert.equal(await rolesOf(organization, person.userId), undefined)
    const offers = async (who: Owner) =>
      ((await ownAccount(url, who.token).get('organization-offers')).json as { organizations: { id: string }[] }).organizations
    assert.deepEqual(
      (await offers(account)).map(({ id }) => id),
      [organization.id],
    )
    for (const who of [await signIn(stranger), await signIn(other)]) {
      assert.deepEqual(await offers(who), [])
      for (const id of [organization.id, closed.id]) assert.equal((await who.post(`organization-offers/${id}/join`)).status, 404)
    }
    const joins = await Promise.all([1, 2, 3].map(() => account.post(`organization-offers/${organization.id}/join`)))
    assert.deepEqual(joins.map(({ status }) => status).sort(), [204, 404, 404])
    assert.deepEqual(await rolesOf(organization, person.userId), ['member'])
    assert.deepEqual(await offers(account), [])
  })

  test('join nothing that is suspended', async () => {
    const organization = await newOrganization(admin)
    const { domain } = await proved(organization, { joining: 'automatic' })
    await admin.post(`organizations/${organization.id}/suspend`)
    await isKnown()
    const person = await personAt(domain)
    await signIn(person)
    assert.equal(await rolesOf(organization, person.userId), undefined)
  })
})

test('the domains of this tenant are nothing to another', async () => {
  const rows = await sql.text<{ tenant_id: string }>('select distinct tenant_id from organization_domains')
  assert.deepEqual(
    rows.map(({ tenant_id: id }) => id),
    [tenantId],
  )
})

test('nothing of this was a failure of the server', () => assert.deepEqual(failuresIn(own), []))
