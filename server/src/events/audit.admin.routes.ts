import { Type } from 'typebox'
import { type AnyRoute, permission, route } from '../http/route.ts'

/** The newest signed head of the tree, and the key that it is verified by. */
export type AuditHead = { readonly size: number; readonly signedAt: Date; readonly note: string; readonly verifierKey: string }

export type AuditRoutesDeps = { readonly limit: number; readonly head: () => Promise<AuditHead | undefined> }

const textOrNull = (description: string) => Type.Union([Type.String(), Type.Null()], { description })

/** What proves that the events are as they were written. */
export const auditRoute = ({ limit, head }: AuditRoutesDeps): AnyRoute =>
  route({
    ...{ tag: 'events', cors: 'never', failure: 'problem', isCredential: true },
    method: 'GET',
    path: '/admin/v1/audit',
    summary: 'The signed head of the tree that all audit events are in',
    description: 'Keep the checkpoint where the operators of the server cannot reach it; cip audit verify --checkpoint compares it later.',
    auth: permission('events:read'),
    limit: { by: 'actor', max: limit, seconds: 60 },
    audit: { none: 'reads only' },
    responses: {
      200: Type.Object({
        size: Type.Integer({ description: 'How many events are in the tree.' }),
        signed_at: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
        checkpoint: textOrNull('A signed note (C2SP tlog-checkpoint); null before the first.'),
        verifier_key: textOrNull('What other programs verify the checkpoint by.'),
      }),
    },
    handle: async () => {
      const found = await head()
      const { size = 0, note: checkpoint = null, verifierKey = null } = found ?? {}
      return { status: 200, body: { size, signed_at: found?.signedAt.toISOString() ?? null, checkpoint, verifier_key: verifierKey } }
    },
  })
