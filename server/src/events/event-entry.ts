/** An audit event of the platform: one sentence for the documentation, and the members of its payload. */
type Entry<Payload> = { readonly help: string; readonly example: Payload }

export const event = <Payload extends Record<string, unknown>>(help: string, example: Payload): Entry<Payload> => ({ help, example })
