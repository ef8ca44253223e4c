import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { inEveryLook, isThorough, nameOfLook, startBrowser } from './browser.ts'
import { checkConsole, checkFit, goTo, newAdministrator, openConsole } from './console.ts'
import { consolePages } from './console-pages.ts'
import { registerAccount } from './person.ts'
import { startServer } from './server.ts'

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

// Each page is opened in another look than the one before it, and then looked at in all four.
const visit = async (addresses: readonly string[]): Promise<void> => {
  const { watched, page } = await openConsole(browser, { server, path: '/users', account: owner })
  const link = (await page.locator('.row-link').first().getAttribute('href')) ?? ''
  const user = link.split('/').at(-1) ?? ''
  assert.match(user, /^[0-9a-f-]{36}$/)
  for (const [index, address] of addresses.entries()) {
    const place = `/console${address.replace('{user}', user).replace('{organization}', 'acme')}`
    await inEveryLook({
      ...{ page, index, arrive: () => goTo(page, place) },
      check: (look) => (isThorough(look) ? checkConsole : checkFit)(watched, `${nameOfLook(look)}-${nameOf(address)}`),
    })
  }
  assert.deepEqual(watched.complaints, [])
  await page.context().close()
}

const perTest = 12
for (let start = 0; start < consolePages.length; start += perTest) {
  const addresses = consolePages.slice(start, start + perTest)
  const range = `${nameOf(addresses[0] ?? '')} to ${nameOf(addresses.at(-1) ?? '')}`
  test(`the pages of the console, ${range}: they fit in light and dark, at 360 and 1280 px, fail nowhere, and can be used by everybody`, () =>
    visit(addresses))
}
