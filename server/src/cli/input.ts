import { readFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { CliError } from './errors.ts'

const silent = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() })

/** Asks on the terminal. What is typed is shown only where `isShown`. */
const ask = async (question: string, isShown: boolean): Promise<string> => {
  // The reader takes the terminal over before the question invites to type: until then it would show every key.
  const reader = createInterface({ input: process.stdin, output: isShown ? process.stderr : silent(), terminal: true })
  const { promise, resolve, reject } = Promise.withResolvers<string>()
  reader.once('SIGINT', () => reject(new CliError('Stopped.')))
  reader.once('close', () => reject(new CliError('Nothing was entered.')))
  if (!isShown) process.stderr.write(question)
  reader.question(isShown ? question : '').then(resolve, reject)
  try {
    return await promise
  } finally {
    reader.close()
    if (!isShown) process.stderr.write('\n')
  }
}

const isInteractive = (): boolean => process.stdin.isTTY === true && process.stderr.isTTY === true

const withoutLineEnd = (text: string): string => text.replace(/\r?\n$/, '')

const readAll = async (): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

/** The text of standard input without its last line end. */
export const readStandardInput = async (): Promise<string> => withoutLineEnd(await readAll())

const readSecretFile = async (path: string, what: string): Promise<string> => {
  try {
    return withoutLineEnd(await readFile(path, 'utf8'))
  } catch (error) {
    throw new CliError(`The ${what} file cannot be read (${(error as NodeJS.ErrnoException).code}). Check its path and permissions.`)
  }
}

export type PasswordOptions = { readonly passwordStdin?: boolean; readonly passwordFile?: string }

const askTwice = async (what: string): Promise<string> => {
  const first = await ask(`${what}: `, false)
  if ((await ask(`${what} again: `, false)) !== first) throw new CliError('The two entries differ. Nothing was changed.')
  return first
}

/** A new password from standard input, a file or the terminal; never from the command line, which others can see. */
export const readNewPassword = async ({ passwordStdin, passwordFile }: PasswordOptions): Promise<string> => {
  if (passwordStdin && passwordFile !== undefined) throw new CliError('Give one of --password-stdin and --password-file.', 2)
  if (passwordStdin) return readStandardInput()
  if (passwordFile !== undefined) return readSecretFile(passwordFile, 'password')
  if (!isInteractive()) throw new CliError('There is no terminal to ask for the password. Use --password-stdin or --password-file.', 2)
  return askTwice('Password')
}

/** A passphrase from a file or the terminal; undefined where there is neither. */
export const readPassphrase = async (file: string | undefined, isNew: boolean): Promise<string | undefined> => {
  if (file !== undefined) return readSecretFile(file, 'passphrase')
  if (!isInteractive()) return undefined
  return isNew ? askTwice('Passphrase') : ask('Passphrase: ', false)
}

/** Asks before what cannot be undone; `isSure` is the option --yes. */
export const confirm = async (question: string, isSure: boolean): Promise<void> => {
  if (isSure) return
  if (!isInteractive()) throw new CliError(`${question} Repeat the command with --yes to confirm.`, 2)
  const reply = (await ask(`${question} [y/N] `, true)).trim().toLowerCase()
  if (reply !== 'y' && reply !== 'yes') throw new CliError('Nothing was changed.')
}
