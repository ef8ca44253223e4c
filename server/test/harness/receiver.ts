import { createServer, type IncomingHttpHeaders, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after } from 'node:test'

export type Got = { readonly headers: IncomingHttpHeaders; readonly body: string }
export type Receiver = { readonly url: string; readonly got: Got[]; answer: number | 'hang' | 'drop'; text: string }

const servers: Server[] = []
after(() => {
  for (const server of servers) {
    server.closeAllConnections()
    server.close()
  }
})

/** A receiver that answers as it is told, and keeps what it got. */
export const receive = async (answer: Receiver['answer'] = 204): Promise<Receiver> => {
  const receiver: { url: string; got: Got[]; answer: Receiver['answer']; text: string } = { url: '', got: [], answer, text: '' }
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text
    })
    request.on('end', () => {
      receiver.got.push({ headers: request.headers, body })
      if (receiver.answer === 'hang') return
      if (receiver.answer === 'drop') return void request.socket.destroy()
      response.writeHead(receiver.answer, receiver.answer === 302 ? { location: 'http://127.0.0.1:1/' } : {}).end(receiver.text)
    })
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  receiver.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`
  return receiver
}
