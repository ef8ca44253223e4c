import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { freePort } from './free-port.ts'
import type { Server } from './server.ts'

export type Application = { readonly url: string; readonly stop: () => Promise<void> }
/** How the application is started on the port that its environment names. */
export type Command = { readonly file: string; readonly words: (port: number) => readonly string[]; readonly folder: string }

const end = async (child: ChildProcess): Promise<void> => {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill('SIGTERM')
  await once(child, 'close')
}

/** An application that signs people in at the server: registered by the operator, started as its page in docs/connect says. */
export const startApplication = async (server: Server, name: string, { file, words, folder }: Command): Promise<Application> => {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const uris = ['--redirect-uri', `${url}/callback`, '--post-logout-redirect-uri', `${url}/`]
  const made = await server.cip('clients', 'create', '--template', 'web', '--name', name, ...uris)
  const environment = {
    PATH: process.env['PATH'] ?? '',
    ISSUER: server.url,
    CLIENT_ID: String(made['client_id']),
    CLIENT_SECRET: String(made['client_secret']),
    PORT: String(port),
    SESSION_SECRET: 'a secret of this test alone',
  }
  const child = spawn(file, words(port), { cwd: folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  const deadline = performance.now() + 30_000
  while (
    !(await fetch(url)
      .then((answer) => answer.ok)
      .catch(() => false))
  ) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await end(child)
      throw new Error(`The application ${name} did not start:\n${output}`)
    }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return { url, stop: () => end(child) }
}
