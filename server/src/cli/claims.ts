import { Command, Option } from 'commander'
import { accessClaimNames } from '../clients/clients.ts'
import type { Base } from '../compose.ts'
import { type AccessClaimName, type ClaimMapping, claimMappingsMax, problemsOfClaimMapping, standardClaims } from '../oauth/oauth.ts'
import { changeSetting, readSetting } from '../settings/settings.job.ts'
import { defaultAttributeSchema } from '../users/profile.job.ts'
import { attributeSchemaKey } from './attributes-base.ts'
import { changeSettingOf } from './config-change.ts'
import { onDatabase } from './context.ts'
import { CliError } from './errors.ts'
import { group } from './groups.ts'
import { answer, plain, table, tell, withExamples, withJson } from './output.ts'

const key = 'claims'
const list = (): Command =>
  withExamples(
    withJson(new Command('list').description('list the claims of your own')).action(({ json = false }: { json?: boolean }) =>
      onDatabase(async ({ db, tenantId }) => {
        const claims = (await readSetting<readonly ClaimMapping[]>(tenantId, db, key)) ?? []
        const rows = claims.map(({ claim, attribute, access, scope }) => [claim, attribute ?? `(${access})`, scope])
        answer(json, { claims }, () => (claims.length === 0 ? ['No claims of your own.'] : table([['claim', 'from', 'scope'], ...rows])))
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

type Claims = readonly ClaimMapping[]

const change = (base: Base, update: (before: Claims) => Claims | undefined): Promise<boolean> =>
  changeSettingOf(base, {
    name: 'claims',
    change: (deps) => changeSetting<Claims>(deps, { key, change: (before = []) => update(before) }),
  })

type SetOptions = { attribute?: string; access?: AccessClaimName; scope: string; json?: boolean }

const mappingOf = (claim: string, { attribute, access, scope }: SetOptions): ClaimMapping => {
  if (attribute !== undefined && access === undefined) return { claim, attribute, scope }
  if (access !== undefined && attribute === undefined) return { claim, access, scope }
  throw new CliError('Say where the claim comes from: either --attribute or --access.')
}

const setClaim = async (claim: string, options: SetOptions): Promise<void> => {
  const mapping = mappingOf(claim, options)
  const problems = problemsOfClaimMapping(mapping).map(plain)
  if (problems.length > 0) throw new CliError(problems.join('\n'))
  await onDatabase(async (base) => {
    await change(base, (before) => {
      const others = before.filter((one) => one.claim !== claim)
      if (others.length >= claimMappingsMax) throw new CliError(`There are ${claimMappingsMax} claims already. Remove one first.`)
      return [...others, mapping]
    })
    if (mapping.attribute !== undefined) await adviseOnAttribute(base, mapping.attribute)
    const source = mapping.attribute ?? `the ${mapping.access} of the person`
    answer(options.json ?? false, mapping, () => `The claim ${claim} comes from ${source}, with the scope ${mapping.scope}.`)
  })
}

const set = (): Command =>
  withExamples(
    withJson(
      new Command('set')
        .description('give applications an attribute, or what the person may do, as a claim')
        .argument('<claim>', 'the name in tokens'),
    )
      .option('--attribute <name>', 'the attribute that gives the value')
      .addOption(new Option('--access <what>', 'what of the access of the person gives the value').choices(accessClaimNames))
      .requiredOption('--scope <scope>', 'the scope that asks for it')
      .action(setClaim),
    'claims set department --attribute department --scope profile',
    'claims set roles --access roles --scope roles',
  )

const removeClaim = (claim: string, { json = false }: { json?: boolean }): Promise<void> =>
  onDatabase(async (base) => {
    const without = (before: Claims): Claims | undefined =>
      before.some((one) => one.claim === claim) ? before.filter((one) => one.claim !== claim) : undefined
    const isRemoved = await change(base, without)
    if (!isRemoved) throw new CliError(`There is no claim "${plain(claim)}" of your own. See: cip claims list`)
    answer(json, { claim, removed: true }, () => `The claim ${claim} was removed.`)
  })

const remove = (): Command =>
  withExamples(
    withJson(new Command('remove').description('stop giving a claim').argument('<claim>')).action(removeClaim),
    'claims remove department',
  )

export const claimsCommand = (program: Command): void =>
  group(program, {
    name: 'claims',
    description: 'which attributes, roles and groups applications get as claims',
    children: [list(), set(), remove()],
  })
