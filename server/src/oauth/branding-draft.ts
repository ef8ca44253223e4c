import type { Branding } from '../pages/brand/branding.ts'
import type { Provider } from './provider.ts'
import { sealState, unsealState } from './sealed-state.ts'

type Draft = { readonly branding: Branding; readonly at: number }

const kind = 'branding-draft'
const lifeMs = 86_400_000

type Sealing = { readonly tenantId: string; readonly branding: Branding; readonly now: number }

/** A branding that was checked and not saved, to be shown in a preview for a day; undefined where it is too large for an address. */
export const sealDraft = (key: Uint8Array, { tenantId, branding, now }: Sealing): string | undefined =>
  sealState(key, { kind, tenantId }, { branding, at: now } satisfies Draft)

type Opening = { readonly tenantId: string; readonly text: string | undefined }

/** The draft, where it was sealed here for this tenant within a day. */
export const openDraft = (provider: Pick<Provider, 'keys' | 'now'>, { tenantId, text }: Opening): Branding | undefined => {
  const draft = unsealState<Draft>(provider.keys.flow, { kind, tenantId }, text)
  return draft === undefined || provider.now() - draft.at > lifeMs ? undefined : draft.branding
}
