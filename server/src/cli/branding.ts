import { Argument, Command } from 'commander'
import { type Base, issuerOf } from '../compose.ts'
import { sealDraft } from '../oauth/oauth.ts'
import type { Branding } from '../pages/brand/branding.ts'
import { systemClock } from '../platform/clock.ts'
import { changeBranding, findBranding } from '../settings/branding.job.ts'
import { type BrandingOptions, readBrandingOptions, withBrandingOptions } from './branding-options.ts'
import { chosenTenant } from './chosen-tenant.ts'
import { changeSettingOf } from './config-change.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { group } from './groups.ts'
import { answer, facts, withExamples, withJson } from './output.ts'

const pair = (value: Branding['accent'] | Branding['background']): string | undefined =>
  typeof value === 'object' ? `${value.light} in light, ${value.dark} in dark` : value

const lines = ({ name, logo, accent, radius, background, termsUrl, privacyUrl, helpUrl, customCss }: Branding): string[] =>
  facts([
    ['name', name ?? 'none'],
    ['logo', logo === undefined ? 'none' : `${logo.mediaType}, ${logo.hash}`],
    ['accent', pair(accent) ?? 'that of the product'],
    ['radius', radius ?? 'medium'],
    ['background', pair(background) ?? 'gradient'],
    ['terms of service', termsUrl ?? 'none'],
    ['privacy policy', privacyUrl ?? 'none'],
    ['help', helpUrl ?? 'none'],
    ['custom CSS', customCss === undefined ? 'none' : `${Buffer.byteLength(customCss)} bytes`],
  ])

const previewOf = ({ config }: Base, query: Readonly<Record<string, string>>): string =>
  `${issuerOf(config, chosenTenant())}/interaction/preview?${new URLSearchParams(query)}`

const show = (): Command =>
  withExamples(
    withJson(new Command('show').description('show how the pages look')).action(({ json = false }: { json?: boolean }) =>
      onDatabase(async (base) => {
        const branding = await findBranding(base)
        answer(json, branding, () => [...lines(branding), `See it at ${previewOf(base, { page: 'sign-in' })}`])
      }),
    ),
    'branding show',
  )

const nothing = (): CliError => new CliError('Nothing was asked to be changed. Name what, for example --accent #1f4fd8.', 2)

const change = (base: Base, to: Parameters<typeof changeBranding>[1]): Promise<Branding> =>
  changeSettingOf(base, { name: 'branding', change: (deps) => changeBranding(deps, to) })

const save = async (options: BrandingOptions): Promise<void> => {
  const read = await readBrandingOptions(options)
  if (read === undefined) throw nothing()
  const { changes, logo } = read
  await onDatabase(async (base) => {
    const saved = await change(base, { change: (before) => ({ ...before, ...changes }), logo })
    answer(options.json ?? false, saved, () => [...lines(saved), `See it at ${previewOf(base, { page: 'sign-in' })}`])
  })
}

const set = (): Command =>
  withExamples(
    withJson(withBrandingOptions(new Command('set').description('change how the pages look; what is not named stays as it is')))
      .option('--logo <file>', 'a PNG, JPEG or WebP picture of at most 64 KiB, shown 44 pixels high and 200 wide at most')
      .action(save),
    'branding set --name Acme --logo acme.png',
    "branding set --accent '#1f4fd8' --radius small --background plain",
    'branding set --privacy-url https://acme.example/privacy --css pages.css',
  )

const parts = ['name', 'logo', 'accent', 'radius', 'background', 'terms-url', 'privacy-url', 'help-url', 'css'] as const
type Part = (typeof parts)[number]
const members: Readonly<Record<Part, keyof Branding>> = {
  ...{ name: 'name', logo: 'logo', accent: 'accent', radius: 'radius', background: 'background', css: 'customCss' },
  ...{ 'terms-url': 'termsUrl', 'privacy-url': 'privacyUrl', 'help-url': 'helpUrl' },
}

const resetParts = (named: readonly Part[], { json = false }: { json?: boolean }): Promise<void> =>
  onDatabase(async (base) => {
    const gone = new Set<string>((named.length === 0 ? parts : named).map((part) => members[part]))
    const without = (before: Branding): Branding => Object.fromEntries(Object.entries(before).filter(([member]) => !gone.has(member)))
    const saved = await change(base, { change: without })
    answer(json, saved, () => lines(saved))
  })

const reset = (): Command =>
  withExamples(
    withJson(
      new Command('reset')
        .description('go back to the look of the product, whole or in the parts that are named')
        .addArgument(new Argument('[part...]', 'what to reset').choices(parts)),
    ).action(resetParts),
    'branding reset',
    'branding reset logo css',
  )

const draft = async (options: BrandingOptions & { readonly page: string }): Promise<void> => {
  const read = await readBrandingOptions(options)
  if (read === undefined) throw nothing()
  await onDatabase(async (base) => {
    const branding = { ...(await findBranding(base)), ...read.changes }
    const { config, tenantId } = base
    const sealed = sealDraft(config.key('authorization-flows'), { tenantId, branding, now: systemClock() })
    if (sealed === undefined) throw new CliError('The draft is too large for an address. Leave out pictures in the CSS.')
    const url = previewOf(base, { page: options.page, draft: sealed })
    answer(options.json ?? false, { url }, () => url)
  })
}

const preview = (): Command =>
  withExamples(
    withJson(
      withBrandingOptions(new Command('preview').description('print an address that shows a page as it would look; it works for a day')),
    )
      .option('--page <page>', 'which page, such as sign-in, consent, error', 'sign-in')
      .action(draft),
    "branding preview --accent '#1f4fd8' --page consent",
  )

export const brandingCommand = (program: Command): void =>
  group(program, { name: 'branding', description: 'how the pages of a tenant look', children: [show(), set(), reset(), preview()] })
