import { html } from '../platform/html.ts'
import type { Frame } from './frame.ts'
import { layout } from './layout.ts'
import { languageOf, type Messages } from './messages.ts'
import { verdict } from './verdict.ts'

/** How something that began with a mail ended. */
export type OutcomeKind =
  | 'email-verified'
  | 'email-changed'
  | 'email-restored'
  | 'frozen'
  | 'password-saved'
  | 'deletion-cancelled'
  | 'joined'
  | 'link-gone'

const words = {
  'email-verified': ['emailVerified', 'emailVerifiedLead', 'good'],
  'email-changed': ['emailChanged', 'emailChangedLead', 'good'],
  'email-restored': ['emailRestored', 'emailRestoredLead', 'good'],
  frozen: ['frozen', 'frozenLead', 'good'],
  'password-saved': ['passwordSaved', 'passwordSavedLead', 'good'],
  'deletion-cancelled': ['deletionCancelled', 'deletionCancelledLead', 'good'],
  joined: ['joined', 'joinedLead', 'good'],
  'link-gone': ['linkGone', 'linkGoneLead', 'bad'],
} as const satisfies Record<OutcomeKind, readonly [keyof Messages, keyof Messages, 'good' | 'bad']>

export type OutcomeModel = Frame & { readonly kind: OutcomeKind; readonly continueUrl?: string | undefined }

export const outcomePage = (model: OutcomeModel): string => {
  const { messages } = languageOf(model.lang)
  const [heading, lead, sign] = words[model.kind]
  // To open it again would do it again: there is no choice of a language here.
  return layout(
    { ...model, query: undefined },
    {
      page: 'outcome',
      heading: messages[heading],
      mark: verdict(sign),
      lead: messages[lead],
      body:
        model.continueUrl !== undefined &&
        html`<p class="actions"><a class="button primary" id="outcome-continue" href="${model.continueUrl}">${messages.continue}</a></p>`,
    },
  )
}
