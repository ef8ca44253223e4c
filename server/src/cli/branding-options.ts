import { readFile } from 'node:fs/promises'
import { type Command, Option } from 'commander'
import type { Branding } from '../pages/brand/branding.ts'
import { checkBranding } from '../pages/brand/check-branding.ts'
import { checkCss, checkLogo, type StoredLogo } from '../settings/branding.job.ts'
import { CliError } from './errors.ts'

export type BrandingOptions = {
  readonly name?: string
  readonly logo?: string
  readonly accent?: string
  readonly accentDark?: string
  readonly radius?: string
  readonly background?: string
  readonly backgroundDark?: string
  readonly termsUrl?: string
  readonly privacyUrl?: string
  readonly helpUrl?: string
  readonly css?: string
  readonly json?: boolean
}

/** The options by which a look is described, to be saved or to be looked at first. */
export const withBrandingOptions = (command: Command): Command =>
  command
    .option('--name <name>', 'what the tenant is called on its pages')
    .option('--accent <colour>', 'the colour of the one thing to do, such as #1f4fd8')
    .option('--accent-dark <colour>', 'the same in dark; the nearest shade that can be read there without it')
    .addOption(new Option('--radius <size>', 'how round corners are').choices(['none', 'small', 'medium', 'large']))
    .option('--background <look>', 'what is behind the card: plain, gradient or a colour such as #f2f4f8')
    .option('--background-dark <colour>', 'the colour behind the card in dark; the same without it')
    .option('--terms-url <url>', 'your terms of service')
    .option('--privacy-url <url>', 'your privacy policy')
    .option('--help-url <url>', 'where people find help')
    .option('--css <file>', 'custom CSS, at most 8 KiB, see docs/branding.md')

const readBytes = async (file: string, what: string): Promise<Buffer> => {
  try {
    return await readFile(file)
  } catch (error) {
    throw new CliError(`The ${what} file cannot be read (${(error as NodeJS.ErrnoException).code}). Check its path and permissions.`)
  }
}

const readCss = async (file: string): Promise<string> => {
  const verdict = await checkCss((await readBytes(file, 'CSS')).toString('utf8'))
  if (verdict.kind === 'refused') throw new CliError(['The custom CSS was refused.', ...verdict.problems].join('\n'))
  return verdict.css
}

const readLogo = async (file: string): Promise<StoredLogo> => {
  const verdict = checkLogo(await readBytes(file, 'logo'))
  if (verdict.kind === 'refused') throw new CliError(verdict.problem)
  return verdict.logo
}

const pairOf = (light: string | undefined, dark: string | undefined, what: string) => {
  if (light === undefined && dark !== undefined) throw new CliError(`--${what}-dark goes with --${what}. Name both.`, 2)
  return light === undefined || dark === undefined ? light : { light, dark }
}

/** What the options change, checked; undefined where they name nothing. */
export const readBrandingOptions = async (
  options: BrandingOptions,
): Promise<{ readonly changes: Branding; readonly logo: StoredLogo | undefined } | undefined> => {
  const { name, radius, termsUrl, privacyUrl, helpUrl } = options
  const verdict = checkBranding({
    ...{ name, radius, termsUrl, privacyUrl, helpUrl },
    accent: pairOf(options.accent, options.accentDark, 'accent'),
    background: pairOf(options.background, options.backgroundDark, 'background'),
  })
  if (verdict.kind === 'refused') throw new CliError(verdict.problems.join('\n'))
  const customCss = options.css === undefined ? undefined : await readCss(options.css)
  const logo = options.logo === undefined ? undefined : await readLogo(options.logo)
  const changes: Branding = {
    ...verdict.branding,
    ...(customCss === undefined ? {} : { customCss }),
    ...(logo === undefined ? {} : { logo: { hash: logo.hash, mediaType: logo.mediaType } }),
  }
  return Object.keys(changes).length === 0 ? undefined : { changes, logo }
}
