import { Command } from 'commander'
import { onClients } from './clients-base.ts'
import { type ClientOptions, metadataOf, withClientOptions } from './clients-input.ts'
import { clientJsonWithSecret, clientLines, savedClient, secretLines } from './clients-print.ts'
import { CliError } from './errors.ts'
import { answer, withExamples, withJson } from './output.ts'

const run = async (id: string, { json = false, ...options }: ClientOptions): Promise<void> => {
  const metadata = await metadataOf(options)
  const { firstParty: isFirstParty } = options
  if (isFirstParty === undefined && Object.keys(metadata).length === 0)
    throw new CliError('Nothing was asked to be changed. Name what, for example --name or --redirect-uri.', 2)
  await onClients(async (admin) => {
    const saved = savedClient(await admin.update({ id, isFirstParty, metadata }), id)
    answer(json, clientJsonWithSecret(saved.client, saved.secret), () => [...clientLines(saved.client), ...secretLines(saved.secret)])
  })
}

export const clientsUpdate = (): Command =>
  withExamples(
    withJson(
      withClientOptions(
        new Command('update')
          .description('change an application; a list that is named replaces the registered one, null in --metadata takes a member away')
          .argument('<client-id>'),
      ),
    ).action(run),
    'clients update shop --redirect-uri https://shop.example/callback --redirect-uri https://shop.example/silent',
    'clients update shop --first-party',
  )
