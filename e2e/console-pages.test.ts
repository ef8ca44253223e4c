import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startBrowser } from './browser.ts'
import { checkConsole, goTo, newAdministrator, openConsole } from './console.ts'
import { consolePages } from './console-pages.ts'
import { registerAccount } from './person.ts'
import { startServer } from './server.ts'

// Takes no time where the console was built before.
execFileSync(process.execPath, [fileURLToPath(new URL('../scripts/web.mjs', import.meta.url))], { stdio: 'inherit' })

const server = await startServer()
after(server.stop)
const browser = await startBrowser()
after(() => browser.close())
const owner = await newAdministrator(server, 'owner')
for (let index = 0; index < 4; index += 1) await registerAccount(server.url)
const form = { username: owner.username, password: 'wrong password' }
await fetch(`${server.url}/auth/token`, { method: 'POST', body: new URLSearchParams(form) })

const nameOf = (address: string): string => address.replaceAll(/[^a-z]+/g, '-').replaceAll(/^-|-$/g, '') || 'overview'

for (const colorScheme of ['light', 'dark'] as const)
  for (const width of [360, 1280])
    test(`${colorScheme}, ${width} px: every page of the console fits, can be used by everybody, and fails nowhere`, async () => {
      const { watched, page } = await openConsole(browser, { server, path: '/users', account: owner }, { colorScheme, width })
      const link = (await page.locator('.row-link').first().getAttribute('href')) ?? ''
      const user = link.split('/').at(-1) ?? ''
      assert.match(user, /^[0-9a-f-]{36}$/)
      for (const address of consolePages) {
        await goTo(page, `/console${address.replace('{user}', user)}`)
        await checkConsole(watched, `${colorScheme}-${width}-${nameOf(address)}`)
      }
      assert.deepEqual(watched.complaints, [])
      await page.context().close()
    })
