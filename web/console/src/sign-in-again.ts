import { type AdminClient, ApiError, type BrowserClient } from '@custom-identity-platform/sdk'
import { recovering } from './recovering.ts'

/** Why the console is closed until somebody signs in again. */
export type Closed = { readonly why: 'idle' | 'ended' }

/** Where the window of such a sign-in begins; the address to go to stands in its fragment. */
export const againPath = '/sign-in-again'

const channelName = 'console sign-in again'
const stateKey = 'console sign-in again'

/** The window begins: it remembers whose answer it will bring, and goes to the server. */
export const beginSignInAgain = (issuer: string, fragment: string): void => {
  const query = new URLSearchParams(fragment.replace(/^#/, ''))
  sessionStorage.setItem(stateKey, query.get('state') ?? '')
  location.replace(`${issuer}/oauth2/authorize?${query}`)
}

/** The window is back: the page that stayed gets the answer, which it alone can redeem. False where this is no such window. */
export const endSignInAgain = (search: string): boolean => {
  const state = sessionStorage.getItem(stateKey)
  if (state === null || state === '' || state !== new URLSearchParams(search).get('state')) return false
  sessionStorage.removeItem(stateKey)
  const channel = new BroadcastChannel(channelName)
  channel.postMessage(search)
  channel.close()
  window.close()
  return true
}

type Deps = {
  readonly client: Pick<BrowserClient, 'signInAddress' | 'finish' | 'claims'>
  readonly base: string
  /** Somebody else has signed in: nothing of the page is theirs. */
  readonly onOther: () => void
}

type Show = (closed: Closed | undefined) => void

/** Who comes while it is closed waits for the same opening. */
const createGate = () => {
  let waiting: { readonly answer: Promise<boolean>; readonly settle: () => void } | undefined
  let show: Show | undefined
  return {
    close: (why: Closed['why']): Promise<boolean> => {
      if (waiting !== undefined) return waiting.answer
      // Before anything is shown there is nothing to close.
      if (show === undefined) return Promise.resolve(false)
      const { promise: answer, resolve } = Promise.withResolvers<boolean>()
      waiting = { answer, settle: () => resolve(true) }
      show({ why })
      return answer
    },
    open: (): void => {
      const { settle } = waiting ?? {}
      waiting = undefined
      show?.(undefined)
      settle?.()
    },
    onClosed: (listener: Show): void => {
      show = listener
    },
  }
}

/**
 * Closes the console where the sign-in has ended, or nobody was there for too long, and opens it again after another sign-in of the same person, in a window
 * of its own: nothing of the page is lost, and what was asked meanwhile is asked again.
 */
export const createSignInAgain = ({ client, base, onOther }: Deps) => {
  const gate = createGate()
  let owner: string | undefined
  const finish = async (search: string): Promise<void> => {
    await client.finish(search)
    if (owner !== undefined && client.claims()?.sub !== owner) return onOther()
    gate.open()
  }
  return {
    /** Closes it; the answer comes once it is open again. */
    close: gate.close,
    /** The one who shows that it is closed. */
    onClosed: gate.onClosed,
    /** The person whose page this is, by their subject. */
    ownedBy: (sub: string | undefined): void => {
      owner = sub
    },
    /** The address that the window begins at, for a sign-in that is at most so many seconds old. */
    address: async (maxAge: number | undefined): Promise<string> => {
      const { search } = new URL(await client.signInAddress({ returnTo: base, maxAge }))
      return `${base}${againPath}#${search.slice(1)}`
    },
    /** Opens the window; false where the browser opens none. `onFailed` where its answer was refused. */
    open: (address: string, onFailed: (error: unknown) => void): boolean => {
      const channel = new BroadcastChannel(channelName)
      channel.onmessage = ({ data }) => {
        channel.close()
        finish(String(data)).catch(onFailed)
      }
      return window.open(address, 'sign-in-again', 'popup,width=520,height=760') !== null
    },
  }
}

export type SignInAgain = ReturnType<typeof createSignInAgain>

/** The same client, whose requests wait where the sign-in has ended, until there is another one. */
export const withSignInAgain = (admin: AdminClient, close: SignInAgain['close']): AdminClient =>
  recovering(admin, async (error) => error instanceof ApiError && error.kind === 'signed-out' && close('ended'))
