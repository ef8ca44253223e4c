/** What somebody does who is there. */
const signs = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const
const channelName = 'console activity'

// Other tabs of the console are told, so that who works in one is not idle in another.
const tellEveryMs = 5000
const lookEveryMs = 5000

type Surroundings = {
  readonly now: () => number
  /** Calls back at each sign of somebody in this tab. */
  readonly onSign: (listener: () => void) => void
  /** The other tabs of the console. */
  readonly others: { readonly tell: () => void; readonly onTold: (listener: () => void) => void }
  readonly every: (ms: number, look: () => void) => void
}

const browser = (): Surroundings => {
  const channel = new BroadcastChannel(channelName)
  return {
    now: () => Date.now(),
    onSign: (listener) => {
      for (const sign of signs) window.addEventListener(sign, listener, { capture: true, passive: true })
    },
    others: {
      tell: () => channel.postMessage('here'),
      onTold: (listener) => {
        channel.onmessage = listener
      },
    },
    every: (ms, look) => void setInterval(look, ms),
  }
}

type Watch = {
  /** Nobody is there for so long: what is read again and again by itself pauses. */
  readonly quietMs: number
  readonly onQuiet: (isQuiet: boolean) => void
  /** Nobody is there for so long: the console closes. */
  readonly idleMs: number
  readonly onIdle: () => void
}

/** `back`: somebody has proved that they are there again. */
export type IdleWatch = { readonly back: () => void }

/** Looks whether somebody is in front of the console, in any of its tabs. A machine that slept counts by the clock, as the server does. */
export const watchIdle = (
  { quietMs, onQuiet, idleMs, onIdle }: Watch,
  { now, onSign, others, every }: Surroundings = browser(),
): IdleWatch => {
  let [last, told, isQuiet, isIdle] = [now(), 0, false, false]
  const look = (): void => {
    const away = now() - last
    if (away >= quietMs && !isQuiet) {
      isQuiet = true
      onQuiet(true)
    }
    if (away >= idleMs && !isIdle) {
      isIdle = true
      onIdle()
    }
  }
  const back = (): void => {
    last = now()
    isIdle = false
    if (!isQuiet) return
    isQuiet = false
    onQuiet(false)
  }
  // Who comes too late does not open it again by that.
  const here = (): void => (isIdle || now() - last >= idleMs ? look() : back())
  onSign(() => {
    here()
    if (isIdle || now() - told < tellEveryMs) return
    told = now()
    others.tell()
  })
  others.onTold(here)
  every(lookEveryMs, look)
  return { back }
}
