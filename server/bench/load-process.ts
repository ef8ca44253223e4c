import { fileURLToPath } from 'node:url'
import { endChild, startChild } from './children.ts'
import type { Knowledge, LoadCommand, LoadReply, LoadResult, LoadRun, Timed, TimeRun } from './load-protocol.ts'
import type { Pinning } from './pinning.ts'
import type { Scope } from './scope.ts'

const program = fileURLToPath(new URL('./load.ts', import.meta.url))

export type LoadProcess = {
  readonly know: (knowledge: Knowledge) => Promise<void>
  readonly accessTokens: () => Promise<readonly string[]>
  readonly run: (run: Omit<LoadRun, 'kind'>) => Promise<LoadResult>
  readonly time: (run: Omit<TimeRun, 'kind'>) => Promise<readonly Timed[]>
}

/** A load generator in a process of its own, on the loading core. One command at a time. */
export const startLoadProcess = (pinning: Pinning, scope: Scope): LoadProcess => {
  const { child, said } = startChild(pinning.on('loading', [process.execPath, program]), { hasChannel: true })
  scope.onEnd(() => endChild(child))
  let waiting: PromiseWithResolvers<LoadReply> | undefined
  child.on('message', (reply) => waiting?.resolve(reply as LoadReply))
  child.on('exit', () => waiting?.reject(new Error(`The load generator has ended. ${said()}`)))

  const ask = async (command: LoadCommand): Promise<Exclude<LoadReply, { kind: 'failed' }>> => {
    waiting = Promise.withResolvers<LoadReply>()
    child.send(command)
    const reply = await waiting.promise
    if (reply.kind === 'failed') throw new Error(`The load generator failed: ${reply.reason}`)
    return reply
  }
  const tokensOf = (reply: LoadReply): readonly string[] => (reply.kind === 'done' ? reply.accessTokens : [])
  return {
    know: async (knowledge) => void (await ask({ kind: 'know', ...knowledge })),
    accessTokens: async () => tokensOf(await ask({ kind: 'tell' })),
    run: async (run) => {
      const reply = await ask({ kind: 'run', ...run })
      if (reply.kind !== 'result') throw new Error('The load generator answered something else.')
      return reply.result
    },
    time: async (run) => {
      const reply = await ask({ kind: 'time', ...run })
      if (reply.kind !== 'timed') throw new Error('The load generator answered something else.')
      return reply.timed
    },
  }
}
