import { Command, InvalidArgumentError } from 'commander'
import { parseDuration, printDuration } from '../platform/duration.ts'
import { onClients } from './clients-base.ts'
import { secretLines } from './clients-print.ts'
import { CliError } from './errors.ts'
import { answer, plain, withExamples, withJson } from './output.ts'

const day = 86_400
const overlapMax = 90 * day

const overlap = (text: string): number => {
  const seconds = parseDuration(text)
  if (seconds === undefined || seconds > overlapMax)
    throw new InvalidArgumentError('Give a duration such as 24h, at most 90d; 0 ends the old secrets now.')
  return seconds
}

type Options = { readonly overlap: number; readonly json?: boolean }

const run = (id: string, { overlap: overlapSeconds, json = false }: Options): Promise<void> =>
  onClients(async (admin) => {
    const rotated = await admin.rotateSecret({ id, overlapSeconds })
    if (rotated.kind === 'gone') throw new CliError(`There is no client "${plain(id)}". See: cip clients list`)
    if (rotated.kind === 'no-secret')
      throw new CliError(
        `The client "${plain(id)}" has no secret: it proves who it is otherwise, or not at all. See: cip clients show ${plain(id)}`,
      )
    answer(json, { client_id: id, client_secret: rotated.secret, client_secret_expires_at: 0, overlap_seconds: overlapSeconds }, () => [
      ...secretLines(rotated.secret).slice(1),
      overlapSeconds === 0 ? 'Every secret before it has ended.' : `The secrets before it work for ${printDuration(overlapSeconds)} more.`,
    ])
  })

export const clientsRotateSecret = (): Command =>
  withExamples(
    withJson(new Command('rotate-secret').description('give an application a new secret; it is shown once').argument('<client-id>'))
      .option('--overlap <duration>', 'how long the present secrets go on to work', overlap, day)
      .action(run),
    'clients rotate-secret shop',
    'clients rotate-secret shop --overlap 0',
  )
