import type { Base } from '../compose.ts'
import { type Config, loadConfig } from '../config/config.ts'
import { createLog, type Logger } from '../config/log.ts'
import { withBase } from './database.ts'

export type CommandContext = { readonly config: Config; readonly log: Logger }

/** Settings and a log for a command: it goes to standard error, so that standard output carries the answer alone. */
export const commandContext = (): CommandContext => {
  const config = loadConfig()
  const level = config.logLevel === 'info' ? 'warn' : config.logLevel
  return { config, log: createLog({ ...config, logLevel: level }, (line) => void process.stderr.write(line)) }
}

/** Runs `work` on the database that the settings name. */
export const onDatabase = <T>(work: (base: Base, context: CommandContext) => Promise<T>): Promise<T> => {
  const context = commandContext()
  return withBase(context.config, context.log, (base) => work(base, context))
}
