import { Command } from 'commander'
import { onClients } from './clients-base.ts'
import { clientJson, clientLines, findClient } from './clients-print.ts'
import { answer, withExamples, withJson } from './output.ts'

export const clientsShow = (): Command =>
  withExamples(
    withJson(new Command('show').description('show one application; never its secret').argument('<client-id>')).action(
      (id: string, { json = false }: { json?: boolean }) =>
        onClients(async (admin) => {
          const client = await findClient(admin, id)
          answer(json, clientJson(client), () => clientLines(client))
        }),
    ),
    'clients show shop',
    'clients show shop --json',
  )
