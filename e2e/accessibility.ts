import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'

const source = await readFile(fileURLToPath(import.meta.resolve('axe-core')), 'utf8')

/** What axe-core finds serious or critical on the page: the rule, and where. */
export const seriousFindings = async (page: Page): Promise<string[]> => {
  // Evaluated by the browser's own debugger, so that the page's content security policy stays as it is.
  await page.evaluate(source)
  // What passes is not put together: on a long page that is half of the work.
  const { violations } = await page.evaluate(() => (globalThis as unknown as { axe: typeof axe }).axe.run({ resultTypes: ['violations'] }))
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`))
}
