/** What is known of a person, by the names of claims. */
export type Attributes = Readonly<Record<string, unknown>>
/** `code` names the rule that was broken, for those who say it in another language, and `count` the number that the rule names. */
export type AttributeProblem = {
  readonly attribute: string
  readonly sentence: string
  readonly code?: string | undefined
  readonly count?: number | undefined
}
