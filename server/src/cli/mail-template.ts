import { readFile } from 'node:fs/promises'
import { Command } from 'commander'
import type { Base } from '../compose.ts'
import {
  checkOverride,
  type TemplateName,
  type TemplateOverride,
  type TemplateOverrides,
  templateSetting,
  withOverride,
  wordNames,
} from '../mail/mail.ts'
import { changeSetting } from '../settings/settings.job.ts'
import { changeConfig, settingDeps } from './config-change.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { languageOption, readOverrides, templateOf } from './mail-base.ts'
import { answer, withExamples, withJson } from './output.ts'

type Place = { readonly template: TemplateName; readonly language: string }

const change = (
  base: Base,
  { template, language }: Place,
  update: (before: TemplateOverride) => TemplateOverride | undefined,
): Promise<boolean> =>
  changeConfig(base, {
    ...{ section: 'mail_templates', name: () => template, isRefused: (isSaved) => !isSaved },
    work: (within) =>
      changeSetting<TemplateOverrides>(settingDeps(base, within), {
        key: templateSetting,
        change: (before = {}) => withOverride(before, { template, language }, update(before[template]?.[language] ?? {})),
      }),
  })

const readPart = async (path: string | undefined): Promise<string | undefined> => {
  try {
    return path === undefined ? undefined : await readFile(path, 'utf8')
  } catch (error) {
    throw new CliError(`The file cannot be read (${(error as NodeJS.ErrnoException).code}). Check its path and permissions.`)
  }
}

type SetOptions = {
  readonly language: string
  readonly subject?: string
  readonly text?: string
  readonly html?: string
  readonly json?: boolean
}

const partsOf = async ({ subject, text: textFile, html: htmlFile }: SetOptions): Promise<TemplateOverride> => {
  const [text, html] = [await readPart(textFile), await readPart(htmlFile)]
  return {
    ...(subject === undefined ? {} : { subject }),
    ...(text === undefined ? {} : { text }),
    ...(html === undefined ? {} : { html }),
  }
}

const setTemplate = async (name: string, options: SetOptions): Promise<void> => {
  const { language, json = false } = options
  const template = templateOf(name)
  const parts = await partsOf(options)
  if (Object.keys(parts).length === 0) throw new CliError('Nothing was given. Name --subject, --text or --html.', 2)
  const check = checkOverride(template, parts)
  if (check.kind === 'refused') throw new CliError(check.reason)
  await onDatabase(async (base) => {
    await change(base, { template, language }, (before) => ({ ...before, ...parts }))
    answer(
      json,
      { template, language, saved: Object.keys(parts) },
      () => `Saved: ${Object.keys(parts).join(', ')} of ${template} (${language}).`,
    )
  })
}

const set = (): Command =>
  withExamples(
    withJson(
      new Command('set')
        .description('write parts of a template anew, for this tenant; words in braces are filled in')
        .argument('<template>', 'the name of the template, see docs/mail.md'),
    )
      .addOption(languageOption())
      .option('--subject <text>', 'the subject')
      .option('--text <file>', 'a file with the text part')
      .option('--html <file>', 'a file with the HTML part; values are escaped')
      .action(setTemplate),
    'mail template set sign-in-code --subject "{code} is your code for {brand}"',
    'mail template set reset-password --language de --text reset.txt --html reset.html',
  )

type ShowOptions = { readonly language: string; readonly json?: boolean }

const showLines = (own: TemplateOverride, words: readonly string[]): string[] => [
  `Words: ${words.map((word) => `{${word}}`).join(' ')}`,
  ...Object.entries(own).flatMap(([part, text]) => ['', `${part}:`, text]),
  ...(Object.keys(own).length === 0 ? ['Nothing was written anew. See: cip mail preview'] : []),
]

const show = (): Command =>
  withExamples(
    withJson(new Command('show').description('what was written anew, and which words a template has').argument('<template>'))
      .addOption(languageOption())
      .action((name: string, { language, json = false }: ShowOptions) => {
        const template = templateOf(name)
        return onDatabase(async (base) => {
          const own = (await readOverrides(base))[template]?.[language] ?? {}
          const words = [...wordNames(template), 'brand']
          answer(json, { template, language, words, parts: own }, () => showLines(own, words))
        })
      }),
    'mail template show sign-in-code',
  )

const reset = (): Command =>
  withExamples(
    withJson(new Command('reset').description('go back to the text that comes with the platform').argument('<template>'))
      .addOption(languageOption())
      .action((name: string, { language, json = false }: ShowOptions) => {
        const template = templateOf(name)
        return onDatabase(async (base) => {
          await change(base, { template, language }, () => undefined)
          answer(json, { template, language, reset: true }, () => `${template} (${language}) is as it came again.`)
        })
      }),
    'mail template reset sign-in-code --language de',
  )

/** `cip mail template ...`. */
export const mailTemplate = (): readonly Command[] => [set(), show(), reset()]
