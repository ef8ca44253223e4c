import { html } from '../platform/html.ts'
import { button } from './button.ts'
import { form } from './form.ts'
import type { Frame, Target } from './frame.ts'
import { layout } from './layout.ts'
import { languageOf, type Messages } from './messages.ts'

/** What the link in a mail does when the button is pressed. */
export type LinkKind = 'sign-in' | 'sign-up' | 'verify-email' | 'change-email' | 'undo-email' | 'reset' | 'freeze' | 'cancel-deletion'

const words = {
  'sign-in': ['linkSignIn', 'linkSignInLead', 'signIn'],
  'sign-up': ['verifyEmail', 'linkVerifyLead', 'verifyButton'],
  'verify-email': ['verifyEmail', 'linkVerifyLead', 'verifyButton'],
  'change-email': ['verifyEmail', 'linkVerifyLead', 'verifyButton'],
  'undo-email': ['undoEmail', 'undoEmailLead', 'undoEmailButton'],
  reset: ['resetPassword', 'linkResetLead', 'continue'],
  freeze: ['freeze', 'freezeLead', 'freezeButton'],
  'cancel-deletion': ['keepAccount', 'keepAccountLead', 'keepAccountButton'],
} as const satisfies Record<LinkKind, readonly [keyof Messages, keyof Messages, keyof Messages]>

export type LinkModel = Frame & Target & { readonly kind: LinkKind }

/** Behind the link of a mail: programs that open links change nothing, a person presses the button. */
export const linkPage = (model: LinkModel): string => {
  const { messages } = languageOf(model.lang)
  const [heading, lead, go] = words[model.kind]
  return layout(model, {
    page: 'link',
    heading: messages[heading],
    lead: messages[lead],
    body: form(
      model,
      html`<div class="actions">
${button({ id: 'link-confirm', look: 'primary' }, messages[go])}
</div>`,
    ),
  })
}
