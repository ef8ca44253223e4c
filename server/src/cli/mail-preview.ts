import { Command } from 'commander'
import { printMessage, sampleWords } from '../mail/mail.ts'
import { languageOption, onMail, readOverrides, templateOf } from './mail-base.ts'
import { answer, withExamples, withJson } from './output.ts'

type Options = { readonly language: string; readonly html?: boolean; readonly json?: boolean }

const run = (name: string, { language, html = false, json = false }: Options): Promise<void> => {
  const template = templateOf(name)
  return onMail(async (admin, base) => {
    const words = sampleWords(template, base.config.publicUrl)
    const override = (await readOverrides(base))[template]?.[language]
    const printed = printMessage({ template, language, words, brand: { name: await admin.brand() }, override })
    answer(json, printed, () => (html ? printed.html : `${printed.subject}\n\n${printed.text}`))
  })
}

export const mailPreview = (): Command =>
  withExamples(
    withJson(
      new Command('preview')
        .description('print a template with sample words')
        .argument('<template>', 'the name of the template, see docs/mail.md'),
    )
      .addOption(languageOption())
      .option('--html', 'print the HTML part')
      .action(run),
    'mail preview reset-password --language fr',
    'mail preview sign-in-code --html > mail.html',
  )
