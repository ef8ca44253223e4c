import { type ClientMetadata, type MetadataPolicy, readMetadata } from './metadata.ts'
import type { RegistrationPolicy } from './registration-policy.ts'
import { checkSector } from './sector.ts'
import { type VerifyStatement, verifySoftwareStatement } from './software-statement.ts'

export type RegistrationError =
  | 'invalid_redirect_uri'
  | 'invalid_client_metadata'
  | 'invalid_software_statement'
  | 'unapproved_software_statement'

export type MetadataOutcome =
  | { readonly kind: 'valid'; readonly metadata: ClientMetadata }
  | { readonly kind: 'invalid'; readonly error: RegistrationError; readonly description: string }

export type MetadataChecks = {
  readonly policy: MetadataPolicy & Pick<RegistrationPolicy, 'softwareStatementIssuers'>
  readonly fetchJson: (uri: string) => Promise<unknown>
  readonly verifyStatement: VerifyStatement
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Metadata as they are registered: the claims of a software statement win over the request's (RFC 7591 section 2.3), and everything is checked after. */
export const registeredMetadata = async (
  given: unknown,
  { policy, fetchJson, verifyStatement }: MetadataChecks,
): Promise<MetadataOutcome> => {
  const statement = isObject(given) ? (given['software_statement'] ?? undefined) : undefined
  const verdict =
    statement === undefined
      ? undefined
      : await verifySoftwareStatement(statement, { issuers: policy.softwareStatementIssuers, verify: verifyStatement })
  if (verdict?.kind === 'invalid') return verdict
  const all = verdict === undefined ? given : { ...(given as object), ...verdict.claims, software_statement: statement }
  const read = readMetadata(all, policy)
  if (read.kind === 'invalid') return read
  const sector = await checkSector(read.metadata, fetchJson)
  return sector.kind === 'invalid' ? { ...sector, error: 'invalid_client_metadata' } : read
}
