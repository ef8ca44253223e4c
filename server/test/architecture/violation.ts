/** A breach of a rule: where it stands (repository path, 1-based line), what is wrong and what to do about it. */
export type Violation = {
  readonly rule: Rule
  readonly path: string
  readonly line: number
  readonly problem: string
  readonly mend: string
}

/** The rules of architecture.md section 6 by number; `names` are the closed lists of its section 2. */
export type Rule = '1' | '2' | '3' | '4' | '5' | '6' | '7' | '8' | 'names'

export const printViolation = ({ rule, path, line, problem, mend }: Violation): string =>
  `${path}:${line} rule ${rule}: ${problem}. ${mend}.`
