import { Command, Option } from 'commander'
import { type Template, templates } from '../clients/clients.job.ts'
import { onClients } from './clients-base.ts'
import { type ClientOptions, metadataOf, withClientOptions } from './clients-input.ts'
import { clientJsonWithSecret, clientLines, savedClient, secretLines } from './clients-print.ts'
import { answer, withExamples, withJson } from './output.ts'

type Options = ClientOptions & { readonly template?: Template; readonly id?: string }

const nextSteps: Readonly<Record<Template, string>> = {
  web: 'Next: give the application its client id and secret. It finds the rest at /.well-known/openid-configuration.',
  spa: 'Next: give the application its client id. It uses the code flow with PKCE and finds the rest at /.well-known/openid-configuration.',
  native: 'Next: give the application its client id. It opens the system browser and uses the code flow with PKCE.',
  machine: 'Next: give the service its client id and secret. It gets tokens at /oauth2/token with grant_type=client_credentials.',
}

const run = async ({ template, id, json = false, ...options }: Options): Promise<void> => {
  const metadata = { ...(template === undefined ? {} : templates[template]), ...(await metadataOf(options)) }
  await onClients(async (admin) => {
    const saved = savedClient(await admin.create({ id, isFirstParty: options.firstParty ?? false, metadata }), id ?? '')
    answer(json, clientJsonWithSecret(saved.client, saved.secret), () => [
      ...clientLines(saved.client),
      ...secretLines(saved.secret),
      '',
      nextSteps[template ?? 'web'],
    ])
  })
}

export const clientsCreate = (): Command =>
  withExamples(
    withJson(withClientOptions(new Command('create').description('register an application; its secret is shown once')))
      .addOption(new Option('--template <kind>', 'where to begin from').choices(Object.keys(templates)))
      .option('--id <id>', 'the client id; a new one without it')
      .action(run),
    'clients create --template web --name Shop --redirect-uri https://shop.example/callback',
    'clients create --template spa --name Notes --redirect-uri http://localhost:5173/callback',
    'clients create --template native --name Phone --redirect-uri com.example.phone:/callback',
    'clients create --template machine --name Reports --scope reports:read',
  )
