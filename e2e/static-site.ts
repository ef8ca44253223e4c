import { once } from 'node:events'
import { createServer } from 'node:http'

export type Site = { readonly url: string; readonly requests: string[]; readonly stop: () => Promise<void> }
/** The answer to a path; what is not named is not found. */
export type Serve = (path: string, url: string) => { readonly type: string; readonly text: string } | undefined

/** A site on a port of its own, which notes what it was asked for. */
export const startSite = async (serve: Serve): Promise<Site> => {
  const requests: string[] = []
  let origin = ''
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += String(chunk)
    requests.push(`${request.method} ${request.url}${body === '' ? '' : ` ${body}`}`)
    const answer = serve(new URL(request.url ?? '/', origin).pathname, origin)
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': `${answer?.type ?? 'text/plain'}; charset=utf-8` })
    response.end(answer?.text ?? 'Not found')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  origin = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`
  const stop = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { url: origin, requests, stop }
}

/** An application of nothing but a page, which people come back to. */
export const startApplication = (): Promise<Site> =>
  startSite(() => ({
    type: 'text/html',
    text: '<!doctype html><html lang="en"><title>Application</title><link rel="icon" href="data:,"><p>The application</p></html>',
  }))
