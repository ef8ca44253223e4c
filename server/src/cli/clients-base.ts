import { type ClientAdmin, createClientAdmin, type Saved } from '../clients/clients.job.ts'
import type { Base } from '../compose.ts'
import { nameOfClient } from '../compose-config-names.ts'
import type { Outside } from '../compose-config-outside.ts'
import type { Tx } from '../db/database.ts'
import { type ConfigChange, changeConfig } from './config-change.ts'
import { onDatabase } from './context.ts'
import { outsideOf } from './outside.ts'

const adminOf = ({ config, tenantId }: Base, db: Base['db'] | Tx, outside: Outside): ClientAdmin =>
  createClientAdmin({ ...outside, db, tenantId, sealingKey: config.key('client-secrets') })

type Change<T> = Pick<ConfigChange<T>, 'isRefused' | 'isUrgent'> & {
  readonly idOf: (outcome: T | undefined) => string | undefined
  readonly work: (admin: ClientAdmin) => Promise<T>
}

const changeOf =
  (base: Base) =>
  <T>({ idOf, work, ...change }: Change<T>): Promise<T> =>
    changeConfig<T>(base, {
      ...{ ...change, section: 'clients', work: ({ tx, fetchJson, ensureKey }) => work(adminOf(base, tx, { fetchJson, ensureKey })) },
      name: (tx, outcome) => {
        const id = idOf(outcome)
        return id === undefined ? undefined : nameOfClient(base.tenantId, tx, id)
      },
    })

const isUnsaved = ({ kind }: Saved): boolean => kind !== 'saved'
const isUnchanged = (isChanged: boolean): boolean => !isChanged

// What is shut in an emergency is shut at once; a secret is no configuration.
const configured = (base: Base): ClientAdmin => {
  const change = changeOf(base)
  return {
    ...adminOf(base, base.db, outsideOf(base)),
    create: (input) =>
      change({
        idOf: (outcome) => (outcome?.kind === 'saved' ? outcome.client.id : input.id),
        ...{ isRefused: isUnsaved, work: (admin) => admin.create(input) },
      }),
    update: (input) => change({ idOf: () => input.id, isRefused: isUnsaved, work: (admin) => admin.update(input) }),
    addRedirectUri: (input) => change({ idOf: () => input.id, isRefused: isUnsaved, work: (admin) => admin.addRedirectUri(input) }),
    setStatus: (id, status) =>
      change({
        ...{ isUrgent: status === 'disabled', idOf: () => id, isRefused: isUnchanged },
        work: (admin) => admin.setStatus(id, status),
      }),
    remove: (id) => change({ idOf: () => id, isRefused: isUnchanged, work: (admin) => admin.remove(id) }),
  }
}

/** Runs `work` with the clients of the database that the settings name; each change of one is a version of the configuration. */
export const onClients = <T>(work: (admin: ClientAdmin) => Promise<T>): Promise<T> => onDatabase((base) => work(configured(base)))
