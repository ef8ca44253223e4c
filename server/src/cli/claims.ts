import { Command } from 'commander'
import type { Base } from '../compose.ts'
import { record } from '../events/events.job.ts'
import { type ClaimMapping, claimMappingsMax, problemsOfClaimMapping, standardClaims } from '../oauth/oauth.ts'
import { changeSetting, readSetting } from '../settings/settings.job.ts'
import { defaultAttributeSchema } from '../users/profile.job.ts'
import { attributeSchemaKey } from './attributes-base.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { group } from './groups.ts'
import { answer, plain, table, tell, withExamples, withJson } from './output.ts'

const key = 'claims'
const list = (): Command =>
  withExamples(
    withJson(new Command('list').description('list the claims that come from attributes')).action(({ json = false }: { json?: boolean }) =>
      onDatabase(async ({ db, tenantId }) => {
        const claims = (await readSetting<readonly ClaimMapping[]>(tenantId, db, key)) ?? []
        const rows = claims.map(({ claim, attribute, scope }) => [claim, attribute, scope])
        answer(json, { claims }, () =>
          claims.length === 0 ? ['No claims of your own.'] : table([['claim', 'attribute', 'scope'], ...rows]),
        )
      }),
    ),
    'claims list',
  )

/** Attributes of another schema than the tenant's give nothing: worth a word, and no refusal, since the schema may follow. */
const adviseOnAttribute = async ({ db, tenantId }: Base, attribute: string): Promise<void> => {
  const schema = (await readSetting<{ properties?: object }>(tenantId, db, attributeSchemaKey)) ?? defaultAttributeSchema
  if (!Object.hasOwn(schema.properties ?? {}, attribute) && !standardClaims.includes(attribute))
    tell(`The attribute schema does not name "${attribute}". The claim stays empty until it does: cip attributes schema set`)
}

const setClaim = async (claim: string, options: { attribute: string; scope: string; json?: boolean }): Promise<void> => {
  const mapping = { claim, attribute: options.attribute, scope: options.scope }
  const problems = problemsOfClaimMapping(mapping).map(plain)
  if (problems.length > 0) throw new CliError(problems.join('\n'))
  await onDatabase(async (base) => {
    const { db, tenantId } = base
    await changeSetting<readonly ClaimMapping[]>(
      { db, tenantId, record },
      {
        key,
        change: (before = []) => {
          const others = before.filter((one) => one.claim !== claim)
          if (others.length >= claimMappingsMax) throw new CliError(`There are ${claimMappingsMax} claims already. Remove one first.`)
          return [...others, mapping]
        },
      },
    )
    await adviseOnAttribute(base, mapping.attribute)
    answer(options.json ?? false, mapping, () => `The claim ${claim} comes from ${mapping.attribute}, with the scope ${mapping.scope}.`)
  })
}

const set = (): Command =>
  withExamples(
    withJson(new Command('set').description('give applications an attribute as a claim').argument('<claim>', 'the name in tokens'))
      .requiredOption('--attribute <name>', 'the attribute that gives the value')
      .requiredOption('--scope <scope>', 'the scope that asks for it')
      .action(setClaim),
    'claims set department --attribute department --scope profile',
  )

const removeClaim = (claim: string, { json = false }: { json?: boolean }): Promise<void> =>
  onDatabase(async ({ db, tenantId }) => {
    const isRemoved = await changeSetting<readonly ClaimMapping[]>(
      { db, tenantId, record },
      {
        key,
        change: (before = []) => (before.some((one) => one.claim === claim) ? before.filter((one) => one.claim !== claim) : undefined),
      },
    )
    if (!isRemoved) throw new CliError(`There is no claim "${plain(claim)}" of your own. See: cip claims list`)
    answer(json, { claim, removed: true }, () => `The claim ${claim} was removed.`)
  })

const remove = (): Command =>
  withExamples(
    withJson(new Command('remove').description('stop giving a claim').argument('<claim>')).action(removeClaim),
    'claims remove department',
  )

export const claimsCommand = (program: Command): void =>
  group(program, { name: 'claims', description: 'which attributes applications get as claims', children: [list(), set(), remove()] })
