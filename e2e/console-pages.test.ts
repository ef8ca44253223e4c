import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { startBrowser } from './browser.ts'
import { type ConsoleLook, checkConsole, checkFit, goTo, newAdministrator, openConsole } from './console.ts'
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
await server.cip('organizations', 'create', 'acme', '--name', 'Acme Corporation', '--owner', owner.username)
for (let index = 0; index < 4; index += 1) await registerAccount(server.url)
const form = { username: owner.username, password: 'wrong password' }
await fetch(`${server.url}/auth/token`, { method: 'POST', body: new URLSearchParams(form) })

const nameOf = (address: string): string => address.replaceAll(/[^a-z]+/g, '-').replaceAll(/^-|-$/g, '') || 'overview'

const visit = async (look: Required<Pick<ConsoleLook, 'colorScheme' | 'width'>>, check: typeof checkFit): Promise<void> => {
  const { watched, page } = await openConsole(browser, { server, path: '/users', account: owner }, look)
  const link = (await page.locator('.row-link').first().getAttribute('href')) ?? ''
  const user = link.split('/').at(-1) ?? ''
  assert.match(user, /^[0-9a-f-]{36}$/)
  for (const address of consolePages) {
    await goTo(page, `/console${address.replace('{user}', user).replace('{organization}', 'acme')}`)
    await check(watched, `${look.colorScheme}-${look.width}-${nameOf(address)}`)
  }
  assert.deepEqual(watched.complaints, [])
  await page.context().close()
}

for (const look of [{ colorScheme: 'light', width: 1280 } as const, { colorScheme: 'dark', width: 360 } as const])
  test(`${look.colorScheme}, ${look.width} px: every page of the console can be used by everybody, fits, and fails nowhere`, () =>
    visit(look, checkConsole))

for (const look of [{ colorScheme: 'dark', width: 1280 } as const, { colorScheme: 'light', width: 360 } as const])
  test(`${look.colorScheme}, ${look.width} px: every page of the console fits and fails nowhere`, () => visit(look, checkFit))
