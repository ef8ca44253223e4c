import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { newId } from '../../src/platform/ids.ts'
import { administrator, isProblem } from '../harness/admin.ts'
import { startProvider } from '../harness/provider.ts'
import { until } from '../harness/until.ts'

const provider = await startProvider()
const { sql } = provider
const owner = await administrator(provider, 'owner')
const admin = await administrator(provider, 'administrator')
const support = await administrator(provider, 'support')

type Template = { template: string; language: string; words: string[]; parts: Record<string, string> }
type Message = { id: string; status: string; template: string; recipient: string; last_error: string | null }
type Page = { messages: Message[]; next: string | null }
const at = 'mail/templates/sign-in-code/de'
const put = (body: unknown, headers: Record<string, string> = {}) => admin.call('PUT', at, { body, headers })
const parts = { subject: '{code} ist Ihr Code für {brand}', text: 'Der Code ist {code}.' }

describe('a template', () => {
  test('is listed with its words and the languages in which it was written anew', async () => {
    assert.equal((await put(parts)).status, 200)
    const { templates, languages } = (await support.get('mail/templates')).json as {
      languages: string[]
      templates: { template: string; words: string[]; written_anew: string[] }[]
    }
    assert.equal(languages.length, 8)
    const own = templates.find(({ template }) => template === 'sign-in-code')
    assert.ok(own?.words.includes('code') && own.words.includes('brand'), 'the words of a code')
    assert.deepEqual(own?.written_anew, ['de'])
  })

  test('is written, read and reset, with the event and the version of who did it', async () => {
    assert.deepEqual(((await put(parts)).json as Template).parts, parts)
    assert.deepEqual(((await support.get(at)).json as Template).parts, parts)
    assert.equal((await admin.remove(at)).status, 204)
    assert.deepEqual(((await support.get(at)).json as Template).parts, {})
    const rows = await sql.text<{ actor: string }>(
      `select e.actor from events e join setting_versions v on v.key = 'mail-templates' and v.version = (e.payload ->> 'version')::bigint and v.actor = e.actor
       where e.type = 'setting.saved' and e.payload ->> 'key' = 'mail-templates' order by e.at desc limit 1`,
    )
    assert.deepEqual(rows, [{ actor: `user ${admin.userId}` }])
  })

  test('S-08: is not written over what somebody else wrote meanwhile', async () => {
    const tag = { 'if-match': String((await owner.get(at)).headers['etag']) }
    assert.equal((await put(parts, tag)).status, 200)
    isProblem(await put({ subject: 'Ein anderer' }, tag), 412, 'changed-meanwhile')
    isProblem(await admin.remove(at, tag), 412, 'changed-meanwhile')
    assert.equal((await admin.remove(at)).status, 204)
  })

  test('is printed as it would look, and nothing is saved', async () => {
    const before = (await support.get(at)).text
    const drafted = (await support.post(`${at}/preview`, { subject: 'Neu: {code}' })).json as Record<string, string>
    assert.match(drafted['subject'] ?? '', /^Neu: \S+$/)
    assert.match(drafted['html'] ?? '', /<html/)
    assert.match(drafted['text'] ?? '', /\S/)
    const present = (await support.post(`${at}/preview`, {})).json as Record<string, string>
    assert.notEqual(present['subject'], drafted['subject'])
    assert.equal((await support.get(at)).text, before)
  })

  test('is printed as it came, whatever is saved of it, where the parts of the draft are all that is to be', async () => {
    const came = (await support.post(`${at}/preview`, { only_these: true })).json as Record<string, string>
    assert.equal((await put(parts)).status, 200)
    const printed = async (body: object) => ((await support.post(`${at}/preview`, body)).json as Record<string, string>)['text']
    assert.match((await printed({})) ?? '', /^Der Code ist \S+\.$/)
    assert.equal(await printed({ only_these: true }), came['text'])
    assert.equal(await printed({ subject: '{code}' }), came['text'])
    assert.equal((await admin.remove(at)).status, 204)
  })

  test('is refused where it could not be filled in safely, to be saved or to be printed', async () => {
    for (const bad of [
      { subject: 'Hello {password}' },
      { subject: 'Two\nlines' },
      { subject: '{link}' },
      { text: 'It tells nothing.' },
      { html: '<p>{code}</p><script>alert(1)</script>' },
      { html: '<a href="{code}">{code}</a>' },
    ]) {
      isProblem(await put(bad), 422, 'invalid-template')
      isProblem(await support.post(`${at}/preview`, bad), 422, 'invalid-template')
    }
    for (const bad of [{ body: 'x' }, { subject: 1 }, { subject: 'x'.repeat(201) }, { tenant_id: 'x' }])
      isProblem(await put(bad), 422, 'invalid-request')
    for (const path of [
      'mail/templates/nothing/de',
      'mail/templates/sign-in-code/tlh',
      'mail/templates/constructor/de',
      'mail/templates/%00/de',
    ])
      for (const answer of [
        await owner.get(path),
        await owner.call('PUT', path, { body: {} }),
        await owner.remove(path),
        await owner.post(`${path}/preview`, {}),
      ])
        isProblem(answer, 404, 'not-found')
  })

  test('is written by whoever may alone', async () => {
    isProblem(await support.call('PUT', at, { body: parts }), 403, 'missing-permission')
    isProblem(await support.remove(at), 403, 'missing-permission')
  })
})

describe('messages', () => {
  test('a test message goes out, and its status tells so, never what it says', async () => {
    const sent = await admin.post('mail/tests', { to: 'somebody@people.example', language: 'fr' })
    assert.equal(sent.status, 202, sent.text)
    const { id } = sent.json as { id: string }
    await until(async () => ((await support.get(`mail/messages/${id}`)).json as Message).status === 'sent', 10_000, 'the message goes out')
    const shown = await support.get(`mail/messages/${id}`)
    assert.deepEqual(Object.keys(shown.json as object).sort(), [
      ...['attempts', 'channel', 'created_at', 'due_at', 'expires_at', 'gave_up_at', 'id', 'language', 'last_error'],
      ...['recipient', 'sent_at', 'status', 'template'],
    ])
    isProblem(await admin.post(`mail/messages/${id}/retry`), 409, 'message-sent')
    const rows = await sql.text<{ actor: string }>(
      `select actor from events where type = 'message.queued' and payload ->> 'message' = $1`,
      [id],
    )
    assert.deepEqual(rows, [{ actor: `user ${admin.userId}` }])
  })

  test('come page by page, the newest first, and those that failed by themselves', async () => {
    for (let index = 0; index < 3; index += 1) await admin.post('mail/tests', { to: `page${index}@people.example` })
    const ids: string[] = []
    for (let next: string | null = ''; next !== null; ) {
      const page = (await support.get(`mail/messages?limit=2${next === '' ? '' : `&cursor=${encodeURIComponent(next)}`}`)).json as Page
      ids.push(...page.messages.map(({ id }) => id))
      next = page.next
    }
    const rows = await sql.text<{ id: string }>('select id from messages order by id desc')
    assert.deepEqual(
      ids,
      rows.map(({ id }) => id),
    )
    const failed = ids[0] ?? ''
    await sql.text(
      `update messages set sent_at = null, gave_up_at = now(), last_error = 'refused', expires_at = now() + interval '1 hour' where id = $1`,
      [failed],
    )
    const { messages } = (await support.get('mail/messages?failed=true')).json as Page
    assert.deepEqual(
      messages.map(({ id, status, last_error }) => [id, status, last_error]),
      [[failed, 'given-up', 'refused']],
    )
    assert.equal((await admin.post(`mail/messages/${failed}/retry`)).status, 202)
    await until(
      async () => ((await support.get(`mail/messages/${failed}`)).json as Message).status === 'sent',
      10_000,
      'the message goes out',
    )
  })

  test('one that is too old is not sent again', async () => {
    const { id } = (await admin.post('mail/tests', { to: 'late@people.example' })).json as { id: string }
    await until(async () => ((await support.get(`mail/messages/${id}`)).json as Message).status === 'sent', 10_000, 'the message goes out')
    await sql.text(`update messages set sent_at = null, gave_up_at = now(), expires_at = now() - interval '1 hour' where id = $1`, [id])
    isProblem(await admin.post(`mail/messages/${id}/retry`), 409, 'message-expired')
  })

  test('S-07, W-01, T-01: nothing else is taken, and none is found that is not there', async () => {
    for (const to of ['nobody', 'a@b@c', '+0123', '++41791234567', 'x\r\nBcc: y@z.example'])
      isProblem(await owner.post('mail/tests', { to }), 422, 'invalid-request')
    for (const body of [{}, { to: 'a@people.example', language: 'tlh' }, { to: 'a@people.example', template: 'sign-in-code' }])
      isProblem(await owner.post('mail/tests', body), 422, 'invalid-request')
    for (const query of ['failed=maybe', 'limit=0', 'recipient=x', 'cursor=x'])
      isProblem(await support.get(`mail/messages?${query}`), 422, 'invalid-request')
    for (const id of [newId(), 'x', '%00'])
      for (const answer of [await owner.get(`mail/messages/${id}`), await owner.post(`mail/messages/${id}/retry`)])
        isProblem(answer, 404, 'not-found')
    isProblem(await support.post('mail/tests', { to: 'a@people.example' }), 403, 'missing-permission')
  })
})
