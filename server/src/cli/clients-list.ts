import { Command } from 'commander'
import type { StoredClient } from '../clients/clients.job.ts'
import { onClients } from './clients-base.ts'
import { clientJson } from './clients-print.ts'
import { wholeNumber } from './options.ts'
import { answer, table, withExamples, withJson } from './output.ts'

type Options = { readonly limit: number; readonly after: string; readonly json?: boolean }

const lines = (clients: readonly StoredClient[], next: string | null): string[] => {
  if (clients.length === 0) return ['No clients. Register one with: cip clients create --template web']
  const rows = clients.map(({ id, name, status, created_via, metadata }) => [
    id,
    name ?? '',
    String(metadata['token_endpoint_auth_method']),
    status,
    created_via,
  ])
  return [
    ...table([['client id', 'name', 'authenticates by', 'status', 'made by'], ...rows]),
    ...(next === null ? [] : ['', `More: --after ${next}`]),
  ]
}

const run = ({ limit, after, json = false }: Options): Promise<void> =>
  onClients(async (admin) => {
    const found = await admin.list({ after, limit: limit + 1 })
    const clients = found.slice(0, limit)
    const next = found.length > limit ? (clients.at(-1)?.id ?? null) : null
    answer(json, { clients: clients.map(clientJson), next }, () => lines(clients, next))
  })

export const clientsList = (): Command =>
  withExamples(
    withJson(new Command('list').description('list applications in the order of their client ids'))
      .option('--limit <number>', 'how many, at most 1000', wholeNumber(1, 1000), 50)
      .option('--after <id>', 'go on after this client id, as the page before says', '')
      .action(run),
    'clients list',
    'clients list --limit 20 --json',
  )
