import assert from 'node:assert/strict'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { openPlaces } from '../../src/sessions/places.job.ts'
import { cip } from '../cli/cip.ts'
import { makeFolder } from '../harness/folder.ts'
import { bearer, request } from '../harness/http.ts'
import { makeMmdb } from '../harness/mmdb.ts'
import { newOwner } from '../harness/own-account.ts'
import { startProvider } from '../harness/provider.ts'
import { until } from '../harness/until.ts'

const zurich = {
  city: { names: { en: 'Zurich', de: 'Zürich' } },
  country: { iso_code: 'CH', names: { en: 'Switzerland', de: 'Schweiz' } },
}
const networks = {
  '203.0.113.0/24': zurich,
  '2001:db8:7::/48': { country: { iso_code: 'JP', names: { en: 'Japan' } } },
  '10.0.0.0/8': zurich,
}
const folder = await makeFolder()
const path = join(folder, 'places.mmdb')
await writeFile(path, makeMmdb(networks))
// Before the first test: what serves ends with the last one that is known.
const served = await startProvider({ GEOIP_DATABASE: path, TRUSTED_PROXIES: '127.0.0.1' })
const plain = await startProvider()
const without = await startProvider({ GEOIP_DATABASE: join(folder, 'nowhere.mmdb') })

const opened = async (at: string, everyMs = 20) => {
  const problems: string[] = []
  const places = await openPlaces({ path: at, onProblem: (sentence) => problems.push(sentence), everyMs })
  return { ...places, problems }
}

describe('the database of places', () => {
  test('answers for IPv4 and IPv6 in the language, and not for what it does not hold', async () => {
    const { find, stop, problems } = await opened(path)
    assert.equal(find('203.0.113.77', 'de'), 'Zürich, Schweiz')
    assert.equal(find('::ffff:203.0.113.77', 'en'), 'Zurich, Switzerland')
    assert.equal(find('2001:db8:7::1', 'ja'), '日本')
    for (const address of ['198.51.100.1', '2001:db8:8::1', 'nonsense', '', null, undefined]) assert.equal(find(address, 'en'), undefined)
    assert.deepEqual(problems, [])
    stop()
  })

  test('says nothing of a private address, even where the database does', async () => {
    const { find, stop } = await opened(path)
    assert.equal(find('10.1.2.3', 'en'), undefined)
    stop()
  })

  test('is read anew when the file is replaced', async () => {
    const changing = join(folder, 'changing.mmdb')
    await writeFile(changing, makeMmdb(networks))
    const { find, stop } = await opened(changing)
    await writeFile(`${changing}.next`, makeMmdb({ '203.0.113.0/24': { country: { iso_code: 'FR' } } }))
    await rename(`${changing}.next`, changing)
    await until(async () => find('203.0.113.1', 'en') === 'France', 3000, 'the new file')
    stop()
  })

  test('keeps the file before where its successor is damaged or gone, says so once, and takes a sound one', async () => {
    const changing = join(folder, 'damaged.mmdb')
    await writeFile(changing, makeMmdb(networks))
    const { find, stop, problems } = await opened(changing)
    await writeFile(changing, 'no database at all')
    await until(async () => problems.length > 0, 3000, 'a problem')
    await new Promise((resolve) => setTimeout(resolve, 100))
    assert.equal(problems.length, 1)
    assert.match(problems[0] ?? '', /GEOIP_DATABASE: .*damaged\.mmdb cannot be used: .*The one before stays in use/)
    assert.equal(find('203.0.113.1', 'en'), 'Zurich, Switzerland')
    await writeFile(changing, makeMmdb({ '203.0.113.0/24': { country: { iso_code: 'ES' } } }))
    await until(async () => find('203.0.113.1', 'en') === 'Spain', 3000, 'the sound file')
    await rm(changing)
    await until(async () => problems.length === 2, 3000, 'the second problem')
    assert.equal(find('203.0.113.1', 'en'), 'Spain')
    stop()
  })

  test('a missing file, a folder, rubbish, a file that was cut off and an empty one each give one sentence', async () => {
    const whole = makeMmdb(networks)
    const metadata = whole.subarray(whole.lastIndexOf(Buffer.from('\xab\xcd\xefMaxMind.com', 'latin1')))
    await mkdir(join(folder, 'folder.mmdb'), { recursive: true })
    for (const [name, content] of [
      ['missing', undefined],
      ['folder', undefined],
      ['rubbish', Buffer.alloc(100_000, 7)],
      ['cut', whole.subarray(0, whole.length - 60)],
      ['empty', Buffer.alloc(0)],
      ['metadata', metadata],
    ] as const) {
      const at = join(folder, `${name}.mmdb`)
      if (content !== undefined) await writeFile(at, content)
      const { find, stop, problems } = await opened(at)
      assert.equal(problems.length, 1, name)
      assert.match(problems[0] ?? '', /^GEOIP_DATABASE: \S+ cannot be used: .+\. Places of sessions are not shown\./)
      assert.equal(find('203.0.113.1', 'en'), undefined)
      stop()
    }
  })
})

const signInFrom = async (address: string) => {
  const { account } = await newOwner(served.url)
  const form = new URLSearchParams({ username: account.username, password: account.password })
  const headers = { 'content-type': 'application/x-www-form-urlencoded', 'x-forwarded-for': address }
  const answer = await request(`${served.url}/auth/token`, { method: 'POST', headers, body: form.toString() })
  return (answer.json as { access_token: string }).access_token
}

const read = async (token: string, path: string, language: string): Promise<(string | null)[]> => {
  const { json } = await request(`${served.url}/account/v1/${path}`, { headers: { ...bearer(token), 'accept-language': language } })
  const { sessions, events } = json as {
    sessions?: { ip: string; place: string | null }[]
    events?: { ip: string; place: string | null }[]
  }
  return (sessions ?? events ?? []).map(({ ip, place }) => `${ip} ${place}`)
}

describe('sessions and activity', () => {
  test('show the place of their address in the language of the request, and none for an address of one’s own network', async () => {
    const token = await signInFrom('203.0.113.9')
    const sessions = await read(token, 'sessions', 'de-CH')
    assert.deepEqual(sessions.sort(), ['127.0.0.1 null', '203.0.113.9 Zürich, Schweiz'])
    assert.ok((await read(token, 'activity', 'en')).includes('203.0.113.9 Zurich, Switzerland'))
  })

  test('no place is stored', async () => {
    await signInFrom('203.0.113.10')
    const [{ count } = { count: -1 }] = await served.sql.text<{ count: number }>(
      `select (select count(*) from sessions s where s::text ilike '%zurich%')::int + (select count(*) from events e where e::text ilike '%zurich%')::int as count`,
      [],
    )
    assert.equal(count, 0)
  })

  test('without a database every place is null', async () => {
    const ann = await newOwner(plain.url)
    const { sessions } = (await ann.get('sessions')).json as { sessions: { place: null }[] }
    assert.deepEqual(
      sessions.map(({ place }) => place),
      sessions.map(() => null),
    )
  })
})

test('a server whose database is missing serves on, and says once what is wrong', async () => {
  const { url, logs } = without
  assert.equal(logs().split('nowhere.mmdb cannot be used: there is no such file').length, 2)
  const ann = await newOwner(url)
  assert.equal((await ann.get('sessions')).status, 200)
})

describe('doctor', () => {
  const look = async (value: string | undefined): Promise<{ status: string; detail: string } | undefined> => {
    const { stdout } = await cip(['doctor', '--json'], {
      env: { ...served.env, ...(value === undefined ? {} : { GEOIP_DATABASE: value }) },
    })
    const { findings } = JSON.parse(stdout) as { findings: { check: string; status: string; detail: string }[] }
    return findings.find(({ check }) => check === 'places')
  }

  test('names the database and its age, and warns of one that is missing or a year old', async () => {
    assert.match((await look(path))?.detail ?? '', /^Test-City of \d{4}-\d\d-\d\d, 1 MB/)
    assert.match((await look(undefined))?.detail ?? '', /not set/)
    const missing = await look(join(folder, 'nowhere.mmdb'))
    assert.equal(missing?.status, 'WARN')
    assert.match(missing?.detail ?? '', /there is no such file/)
    const old = join(folder, 'old.mmdb')
    await writeFile(old, makeMmdb(networks, 'Test-City', new Date('2020-01-01')))
    assert.equal((await look(old))?.status, 'WARN')
  })
})
