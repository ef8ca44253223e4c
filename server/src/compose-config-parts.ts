import type { TSchema } from 'typebox'
import type { ItemOutcome, Section } from './admin/config-run.job.ts'
import type { ClientAdminDeps } from './clients/clients.job.ts'
import { AppError } from './http/errors.ts'
import type { Base } from './tenants/base.job.ts'

/** What the sections of a configuration are made of. */
export type Parts = Pick<Base, 'config' | 'db' | 'tenantId'> & {
  /** What was fetched before the transaction; and notes of the keys that will be needed. */
  readonly fetchJson: ClientAdminDeps['fetchJson']
  readonly ensureKey: ClientAdminDeps['ensureKey']
}

/** A section whose things have one form, or one for each key. */
export type SectionOf = Omit<Section, 'check'> & {
  readonly about: string
  readonly schema: TSchema | Readonly<Record<string, TSchema>>
  /** What the keys of things look like, where they are not the keys of `schema`. */
  readonly keys: string | undefined
  readonly check?: Section['check']
}

export const done = { kind: 'done' } as const

const sentenceOf = ({ detail }: AppError): string => (typeof detail === 'string' ? detail : detail.map(({ msg }) => `${msg}.`).join(' '))

/** The refusal that a slice threw for its routes, as one of the document. */
export const refusing = async (work: () => Promise<ItemOutcome>): Promise<ItemOutcome> => {
  try {
    return await work()
  } catch (error) {
    if (error instanceof AppError) return { kind: 'refused', sentence: sentenceOf(error), isForbidden: error.status === 403 }
    throw error
  }
}
