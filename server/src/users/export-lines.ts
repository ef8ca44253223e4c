import type { ExportedUser } from './export.store.ts'

/** The members of an exported account, in their order. */
const exportedMembers = ['id', 'number', 'username', 'email', 'email_verified', 'password_hash', 'status', 'created_at'] as const

export const membersToExport = (withHashes: boolean) => exportedMembers.filter((name) => withHashes || name !== 'password_hash')

/** Accounts as JSON Lines, which an import reads. */
export const exportedLines = (users: readonly ExportedUser[], withHashes: boolean): string => {
  const members = membersToExport(withHashes)
  return users.map((user) => `${JSON.stringify(Object.fromEntries(members.map((name) => [name, user[name]])))}\n`).join('')
}

type ReadPage = (page: { after: number; limit: number }) => Promise<readonly ExportedUser[]>

const pageSize = 500

/** All accounts as JSON Lines, a page at a time and each only when it is asked for: however many there are, a page is held. */
export async function* exportAll(read: ReadPage, withHashes: boolean): AsyncGenerator<string> {
  for (let after = 0; ; ) {
    const users = await read({ after, limit: pageSize })
    const last = users.at(-1)
    if (last === undefined) return
    yield exportedLines(users, withHashes)
    after = last.number
  }
}
