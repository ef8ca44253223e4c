import type { messages } from './en/en.ts'

/** Every text of the portal; English is what all others are complete by. */
export type Messages = typeof messages
