import { settingRows } from './settings.ts'

const cell = (input: string): string => input.replaceAll('|', '\\|').replaceAll('\\\\|', '\\|')

/** `docs/settings.md`, from the rows themselves. */
export const settingsDocument = (): string => {
  const rows = settingRows.map(([, { name, type, fallback, isSecret, help }]) => {
    const shown = fallback === undefined ? '' : type.print(fallback)
    return `| \`${name}\` | ${cell(type.name)} | ${shown === '' ? '' : `\`${shown}\``} | ${isSecret ? `yes (\`${name}_FILE\`)` : ''} | ${cell(help)} |`
  })
  return [
    '# Settings',
    '',
    'Generated from `server/src/config/settings.ts` by `npm run generate`; do not edit.',
    '',
    'Settings come from the environment, or from a file `.env` in the checkout (the environment wins). A secret can also be read from a file, whose path is given under',
    'the name with `_FILE` appended. Every problem stops the start, all of them listed at once. `./cip config show` prints what is in force.',
    '',
    '| name | type | default | secret | what it does |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}
