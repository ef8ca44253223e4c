/** A place where a test of faults can break the server: the n-th pass through `name` kills, delays or throws. Does nothing without a plan. */
export type Failpoint = (name: string) => Promise<void>

const actions: Record<string, () => Promise<void>> = {
  kill: () => {
    process.kill(process.pid, 'SIGKILL')
    return new Promise(() => undefined)
  },
  delay: () => new Promise((resolve) => setTimeout(resolve, 1000)),
  throw: () => Promise.reject(new Error('A failpoint threw.')),
}

/** `plan` is `name:nth:action`. */
export const createFailpoint = (plan: string | undefined): Failpoint => {
  if (plan === undefined) return async () => undefined
  const [wanted = '', nth = '1', action = ''] = plan.split(':')
  let passes = 0
  return async (name) => {
    if (name !== wanted) return
    passes += 1
    if (passes === Number(nth)) await actions[action]?.()
  }
}
