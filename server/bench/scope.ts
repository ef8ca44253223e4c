/** What has been started and must be ended, last first. `end` may be called more than once; later calls wait for the first. */
export type Scope = {
  readonly isEnding: () => boolean
  readonly onEnd: (stop: () => Promise<unknown> | unknown) => void
  readonly end: () => Promise<void>
}

export const createScope = (): Scope => {
  const stops: (() => Promise<unknown> | unknown)[] = []
  let ending: Promise<void> | undefined
  const endAll = async (): Promise<void> => {
    for (const stop of stops.splice(0).reverse()) {
      try {
        await stop()
      } catch (error) {
        process.stderr.write(`Something did not stop as it should: ${(error as Error).message}\n`)
      }
    }
  }
  return {
    isEnding: () => ending !== undefined,
    onEnd: (stop) => void stops.push(stop),
    end: () => {
      ending ??= endAll()
      return ending
    },
  }
}
