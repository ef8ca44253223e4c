import { Type } from 'typebox'
import { accessClaimNames } from '../clients/clients.ts'
import { claimMappingsMax, problemsOfClaimMapping } from './claim-mapping.ts'
import type { AccessClaimName, ClaimMapping } from './core/tokens/claims.ts'

export const claimsKey = 'claims'

const name = Type.String({ maxLength: 512 })

const access = Type.Unsafe<AccessClaimName>({
  type: 'string',
  enum: [...accessClaimNames],
  description: 'What the person may do: the ids of roles, the names of groups, or permissions.',
})

/** The claims that come from attributes and from access, on the wire. */
export const ClaimsSetting = Type.Object(
  {
    claims: Type.Array(
      Type.Union([
        Type.Object({ claim: name, attribute: name, scope: name }, { additionalProperties: false }),
        Type.Object({ claim: name, access, scope: name }, { additionalProperties: false }),
      ]),
      { maxItems: claimMappingsMax },
    ),
  },
  {
    additionalProperties: false,
    examples: [
      {
        claims: [
          { claim: 'department', attribute: 'department', scope: 'profile' },
          { claim: 'roles', access: 'roles', scope: 'roles' },
        ],
      },
    ],
  },
)

export const shownClaims = (stored: unknown) => ({ claims: (stored as readonly ClaimMapping[] | undefined) ?? [] })

type Verdict =
  | { readonly kind: 'valid'; readonly value: readonly ClaimMapping[] }
  | { readonly kind: 'refused'; readonly problems: readonly string[] }

export const checkClaims = (given: unknown): Verdict => {
  const { claims } = given as { readonly claims: readonly ClaimMapping[] }
  const twice = claims.filter(({ claim }, index) => claims.findIndex((other) => other.claim === claim) !== index)
  const problems = [
    ...claims.flatMap(problemsOfClaimMapping),
    ...twice.map(({ claim }) => `The claim "${claim.slice(0, 256)}" is named twice. Keep one.`),
  ]
  return problems.length > 0 ? { kind: 'refused', problems: problems.slice(0, 20) } : { kind: 'valid', value: claims }
}
