import { Command } from 'commander'
import { auditTables } from '../db/audit-tables.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { group } from './groups.ts'
import { answer, withExamples } from './output.ts'

const identifier = /^[a-z_][a-z0-9_$-]{0,62}$/

/** The statements that let a role do what a server does, and no more: the audit can be added to and read. */
export const grantStatements = (role: string, schema: string, partitions: readonly string[]): readonly string[] => {
  const [to, at] = [`"${role}"`, `"${schema}"`]
  const named = (tables: readonly string[]): string => tables.map((table) => `${at}."${table}"`).join(', ')
  return [
    `grant usage on schema ${at} to ${to};`,
    `revoke create on schema ${at} from ${to};`,
    `grant select, insert, update, delete on all tables in schema ${at} to ${to};`,
    `grant usage, select, update on all sequences in schema ${at} to ${to};`,
    `revoke update, delete, truncate on ${named(auditTables)} from ${to};`,
    ...(partitions.length === 0 ? [] : [`revoke all on ${named(partitions)} from ${to};`]),
    `revoke insert, update, delete on ${named(['schema_migrations', 'schema_compatibility'])} from ${to};`,
  ]
}

const run = (role: string): Promise<void> =>
  onDatabase(async ({ db }) => {
    if (!identifier.test(role)) throw new CliError('Name a role in lower-case letters, digits, hyphens and underscores.')
    const [place] = await db.text<{ schema: string }>('select current_schema() as schema')
    const found = await db.text<{ name: string }>(
      `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid where i.inhparent = 'events'::regclass order by 1`,
    )
    answer(false, {}, () => [
      ...grantStatements(
        role,
        place?.schema ?? 'public',
        found.map(({ name }) => name),
      ),
    ])
  })

const grants = (): Command =>
  withExamples(
    new Command('grants')
      .description('print the SQL that lets a role serve without being able to change the audit; run it as the owner, after each migration')
      .argument('<role>', 'an existing role of PostgreSQL')
      .action(run),
    'database grants cip_server | psql "$CIP_DATABASE_OWNER_URL"',
  )

export const databaseCommand = (program: Command): void =>
  group(program, { name: 'database', description: 'who may do what in the database', children: [grants()] })
