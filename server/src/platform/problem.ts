/** An error for the person who operates the platform: its message says what is wrong and what to do, and needs no stack. */
export class Problem extends Error {
  override readonly name: string = 'Problem'
}
