import type { Command } from 'commander'
import { group } from './groups.ts'
import { mailList } from './mail-list.ts'
import { mailPreview } from './mail-preview.ts'
import { mailRetry } from './mail-retry.ts'
import { mailTemplate } from './mail-template.ts'
import { mailTest } from './mail-test.ts'

export const mailCommand = (program: Command): void => {
  group(program, {
    name: 'mail',
    description: 'test, list and repeat messages, and change their texts',
    children: [mailTest(), mailList(), mailRetry(), mailPreview()],
  })
  const mail = program.commands.find((one) => one.name() === 'mail')
  if (mail !== undefined) group(mail, { name: 'template', description: 'texts of your own', children: mailTemplate() })
}
