/** Milliseconds since 1970. Expiry is decided by the database clock; this one is for durations and token times. */
export type Clock = () => number

export const systemClock: Clock = () => Date.now()

export const epochSeconds = (clock: Clock): number => Math.floor(clock() / 1000)
