import type { ImportedUser } from './import-row.ts'

/** A row with its place in the source, for the report. */
export type PlacedUser = { readonly line: number; readonly user: ImportedUser }

/** What the database has of the names, numbers and ids of a batch. */
export type ExistingAccount = {
  readonly id: string
  readonly number: number
  readonly usernames: readonly string[]
  readonly emails: readonly string[]
  readonly has_password: boolean
}

export type RowProblem = { readonly line: number; readonly reason: string; readonly username: string }
export type PasswordToAdd = { readonly userId: string; readonly encoded: string }
export type ImportPlan = {
  readonly create: readonly ImportedUser[]
  readonly addPasswords: readonly PasswordToAdd[]
  readonly present: number
  readonly problems: readonly RowProblem[]
}

/** Names and numbers that earlier rows of the same source took, where the database does not know them yet. */
export type Taken = {
  readonly usernames: Set<string>
  readonly emails: Set<string>
  readonly numbers: Set<number>
  readonly ids: Set<string>
}

export const nothingTaken = (): Taken => ({ usernames: new Set(), emails: new Set(), numbers: new Set(), ids: new Set() })

export type PlanOptions = {
  /** An account is only the same when number and e-mail address agree as well; anything else under its name is a conflict. */
  readonly isStrict: boolean
  /** Gives a hash to accounts that are there without a password. */
  readonly addsPasswords: boolean
  readonly taken: Taken
}

type Lookup = {
  readonly byName: ReadonlyMap<string, ExistingAccount>
  readonly byEmail: ReadonlyMap<string, ExistingAccount>
  readonly byNumber: ReadonlyMap<number, ExistingAccount>
  readonly byId: ReadonlyMap<string, ExistingAccount>
}

const index = (existing: readonly ExistingAccount[]): Lookup => ({
  byName: new Map(existing.flatMap((account) => account.usernames.map((name) => [name, account] as const))),
  byEmail: new Map(existing.flatMap((account) => account.emails.map((email) => [email, account] as const))),
  byNumber: new Map(existing.map((account) => [account.number, account])),
  byId: new Map(existing.map((account) => [account.id, account])),
})

const conflictOf = ({ username, email, number, id }: ImportedUser, lookup: Lookup): string | undefined => {
  const other = (account: ExistingAccount): string => `belongs to another account (number ${account.number})`
  const byEmail = lookup.byEmail.get(email.canonical)
  if (byEmail) return `the e-mail address ${email.written} ${other(byEmail)}`
  const byNumber = number === undefined ? undefined : lookup.byNumber.get(number)
  if (byNumber) return `the number ${number} belongs to another account than ${username.written}`
  return id !== undefined && lookup.byId.has(id) ? `the id ${id} belongs to another account` : undefined
}

const repetitionOf = ({ username, email, number, id }: ImportedUser, taken: Taken): string | undefined => {
  if (taken.usernames.has(username.canonical)) return `the user name ${username.written} stands in an earlier row`
  if (taken.emails.has(email.canonical)) return `the e-mail address ${email.written} stands in an earlier row`
  if (number !== undefined && taken.numbers.has(number)) return `the number ${number} stands in an earlier row`
  return id !== undefined && taken.ids.has(id) ? `the id ${id} stands in an earlier row` : undefined
}

const take = ({ username, email, number, id }: ImportedUser, taken: Taken): void => {
  taken.usernames.add(username.canonical)
  taken.emails.add(email.canonical)
  if (number !== undefined) taken.numbers.add(number)
  if (id !== undefined) taken.ids.add(id)
}

const isSame = ({ number, email }: ImportedUser, account: ExistingAccount): boolean =>
  account.number === number && account.emails.includes(email.canonical)

/** Decides for each row of a batch: create, already there, or an error with its reason. Nothing is ever overwritten. */
export const planImport = (
  rows: readonly PlacedUser[],
  existing: readonly ExistingAccount[],
  { isStrict, addsPasswords, taken }: PlanOptions,
): ImportPlan => {
  const lookup = index(existing)
  const create: ImportedUser[] = []
  const addPasswords: PasswordToAdd[] = []
  const problems: RowProblem[] = []
  let present = 0
  for (const { line, user } of rows) {
    const refuse = (reason: string): number => problems.push({ line, reason, username: user.username.written })
    const account = lookup.byName.get(user.username.canonical)
    if (account !== undefined) {
      if (isStrict && !isSame(user, account))
        refuse(`the user name ${user.username.written} belongs to another account (number ${account.number})`)
      else if (addsPasswords && !account.has_password && user.encoded !== undefined)
        addPasswords.push({ userId: account.id, encoded: user.encoded })
      else present += 1
      continue
    }
    const reason = conflictOf(user, lookup) ?? repetitionOf(user, taken)
    if (reason !== undefined) refuse(reason)
    else {
      take(user, taken)
      create.push(user)
    }
  }
  return { create, addPasswords, present, problems }
}
