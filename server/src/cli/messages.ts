/** What the processes of one host say to each other. */
export type FromWorker =
  | { readonly kind: 'ready'; readonly port: number }
  | { readonly kind: 'failed'; readonly reason: string }
  | { readonly kind: 'session-ended'; readonly sessionId: string }
export type ToWorker = { readonly kind: 'stop' } | { readonly kind: 'session-ended'; readonly sessionId: string }
