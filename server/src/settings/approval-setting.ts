import { Type } from 'typebox'

export const approvalKey = 'approval'

/** Whether a change of the configuration takes two persons. */
export type ApprovalSetting = { readonly twoPersons: boolean }

/** The same on the wire. */
export const ApprovalSettingBody = Type.Object(
  {
    two_persons: Type.Optional(
      Type.Boolean({ description: 'Whether a change of settings or of the configuration waits until a second person approves it.' }),
    ),
  },
  { additionalProperties: false, examples: [{ two_persons: true }] },
)

export const approvalOf = (stored: unknown): ApprovalSetting => ({
  twoPersons: (stored as Partial<ApprovalSetting> | undefined)?.twoPersons ?? false,
})
