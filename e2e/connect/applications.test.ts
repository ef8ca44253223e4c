import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { type Command, startApplication } from '../application.ts'
import { newPerson } from '../person.ts'
import { startServer } from '../server.ts'

const folder = fileURLToPath(new URL('.', import.meta.url))
const { CONNECT_PYTHON: python, CONNECT_GO: go } = process.env

// scripts/clients.sh prepares the two that need more than the checkout, and names them here.
const commands: Readonly<Record<string, Command | undefined>> = {
  'openid-client for Node': { file: process.execPath, words: () => ['node.mjs'], folder },
  'Authlib in FastAPI': python
    ? { file: python, words: (port) => ['-m', 'uvicorn', 'fastapi_app:app', '--port', `${port}`], folder }
    : undefined,
  'go-oidc': go ? { file: go, words: () => [], folder } : undefined,
}

const server = await startServer()
after(server.stop)

for (const [name, command] of Object.entries(commands)) {
  if (command === undefined) continue
  test(`${name}: the application of docs/connect signs a person in, reads userinfo, refreshes and signs out`, async () => {
    const application = await startApplication(server, name, command)
    try {
      const person = await newPerson(server.url, [application.url])
      const { username, email } = person.account
      const user = async (path: string) => {
        const page = await person.follow(`${application.url}${path}`)
        assert.equal(page.url, `${application.url}/`, page.html)
        return JSON.parse(page.html).user
      }
      assert.equal(await user('/'), null)
      const signedIn = await user('/login')
      assert.deepEqual([signedIn.preferred_username, signedIn.email], [username, email])
      assert.deepEqual(await user('/refresh'), signedIn)
      assert.equal(await user('/logout'), null)
      const again = await person.open(`${application.url}/login`)
      assert.equal(again.name, 'sign-in', 'whoever signed out is asked again')
    } finally {
      await application.stop()
    }
  })

  test(`${name}: the application refuses an answer that it has not asked for`, async () => {
    const application = await startApplication(server, `${name}, once more`, command)
    try {
      const [thief, victim] = [await newPerson(server.url), await newPerson(server.url, [application.url])]
      const start = await fetch(`${application.url}/login`, { redirect: 'manual' })
      const answer = await thief.followBack(start.headers.get('location') ?? '')
      await victim.open(answer.href)
      const page = await victim.open(application.url)
      assert.equal(JSON.parse(page.html).user, null)
    } finally {
      await application.stop()
    }
  })
}
