import { UnhashablePassword } from './hashability.ts'
import { createDecoy, hashPassword, type Verdict, verifyPassword } from './hashing.ts'
import type { HashSettings } from './settings.ts'

/** What a hashing thread is started with. */
export type HashThreadSetup = { settings: HashSettings; weakAllowed: boolean; osPriority: number }

/** What a hashing thread is asked. It owns `password` and overwrites it. */
export type HashTask =
  | { kind: 'hash'; password: Uint8Array<ArrayBuffer> }
  | { kind: 'verify'; password: Uint8Array<ArrayBuffer>; encoded: string | undefined }

export type HashReply =
  | { kind: 'hashed'; encoded: string }
  | { kind: 'verified'; verdict: Verdict; isImported: boolean }
  | { kind: 'unhashable'; problem: { code: string; sentence: string } }
  | { kind: 'failed'; message: string }

/** A thread's first message: `decoyMs` is what one hash takes there. */
export type HashReady = { kind: 'ready'; decoyMs: number }

const answer = (task: HashTask, setup: HashThreadSetup, decoy: string): HashReply => {
  const { settings, weakAllowed } = setup
  if (task.kind === 'hash') return { kind: 'hashed', encoded: hashPassword(task.password, settings) }
  const { encoded, password } = task
  const runDecoy = () => verifyPassword({ encoded: decoy, password, settings, weakAllowed, runDecoy: () => {} })
  const { isImported, ...verdict } = verifyPassword({ encoded, password, settings, weakAllowed, runDecoy })
  return { kind: 'verified', verdict, isImported }
}

/** Makes the function that answers tasks one after the other; making it computes the decoy. Blocking. */
export const createTaskRunner = (setup: HashThreadSetup): ((task: HashTask) => HashReply) => {
  const decoy = createDecoy(setup.settings)
  return (task) => {
    try {
      return answer(task, setup, decoy)
    } catch (error) {
      if (error instanceof UnhashablePassword) return { kind: 'unhashable', problem: { code: error.code, sentence: error.message } }
      return { kind: 'failed', message: error instanceof Error ? error.message : 'unknown error' }
    } finally {
      task.password.fill(0)
    }
  }
}
