import { type AdminClient, StepUpRequired } from '@custom-identity-platform/sdk'
import { recovering } from './recovering.ts'

/** Somebody who was asked to sign in again: `settle` says whether they did. */
export type Demand = { readonly required: StepUpRequired; readonly settle: (isDone: boolean) => void }

const channelName = 'console step-up'

/** Where the window of a step-up begins and ends. */
export const beginPath = '/step-up'
export const endPath = '/stepped-up'

/** What the window asks the authorization endpoint for (RFC 9470 section 4). */
export const wishOf = (query: string) => {
  const wanted = new URLSearchParams(query)
  return { maxAge: Number(wanted.get('max_age') ?? 0), essentialAcr: wanted.get('acr_values')?.split(' ').filter(Boolean) ?? [] }
}

/** Tells the page that waits that the sign-in is done, and closes the window. */
export const endStepUp = (): void => {
  const channel = new BroadcastChannel(channelName)
  channel.postMessage('done')
  channel.close()
  window.close()
}

/**
 * One sign-in at a time, however many requests wait for it. The session of the browser is what gets fresh, so that the tokens of this page count
 * anew: nothing of the page is lost, and what was asked is asked again.
 */
export const createStepUp = (base: string) => {
  let asked: (Demand & { readonly answer: Promise<boolean> }) | undefined
  let show: (demand: Demand | undefined) => void = () => undefined

  const ask = (required: StepUpRequired): Promise<boolean> => {
    if (asked !== undefined) return asked.answer
    const { promise, resolve } = Promise.withResolvers<boolean>()
    const settle = (isDone: boolean): void => {
      asked = undefined
      show(undefined)
      resolve(isDone)
    }
    asked = { required, settle, answer: promise }
    show(asked)
    return promise
  }

  return {
    demand: ask,
    /** The one who shows the dialog. */
    onDemand: (listener: typeof show): void => {
      show = listener
    },
    /** Opens the window; false where the browser opens none. `onDone` when somebody has signed in there. */
    open: ({ maxAge, acrValues }: StepUpRequired, onDone: () => void): boolean => {
      const stronger = acrValues.filter((one) => one !== 'aal1')
      const query = new URLSearchParams({ max_age: String(maxAge ?? 0), ...(stronger.length > 0 && { acr_values: stronger.join(' ') }) })
      const channel = new BroadcastChannel(channelName)
      channel.onmessage = () => {
        channel.close()
        onDone()
      }
      return window.open(`${base}${beginPath}?${query}`, 'step-up', 'popup,width=520,height=760') !== null
    },
  }
}

export type StepUp = ReturnType<typeof createStepUp>

/** The same client, whose requests are repeated after a fresher sign-in. Where nobody signs in, `StepUpRequired` is thrown. */
export const withStepUp = (admin: AdminClient, demand: StepUp['demand']): AdminClient =>
  recovering(admin, async (error) => error instanceof StepUpRequired && demand(error))
