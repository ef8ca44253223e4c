type Message = { readonly to: string; readonly template: string; readonly code?: string; readonly link?: string }

/** The newest mail of a kind to an address, from the development inbox. */
export const newestMail = async (server: string, template: string, to: string): Promise<Required<Pick<Message, 'code' | 'link'>>> => {
  const { messages } = (await (await fetch(`${server}/dev/inbox.json`)).json()) as { messages: readonly Message[] }
  const found = messages.find((one) => one.template === template && one.to === to)
  if (found === undefined) throw new Error(`No mail "${template}" to ${to} among ${messages.map((one) => one.template).join(', ')}`)
  return { code: found.code ?? '', link: found.link ?? '' }
}
