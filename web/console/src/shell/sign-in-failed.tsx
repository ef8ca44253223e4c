import { KitProvider } from '@custom-identity-platform/kit/kit-provider.tsx'
import { SignInError } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import type { Spoken } from '../messages/messages.ts'
import { sentenceOf } from '../problem.ts'

type Props = { readonly problem: unknown; readonly spoken: Spoken; readonly onAgain: () => void }

const reasonOf = (problem: unknown, { messages }: Spoken): string => {
  if (!(problem instanceof SignInError)) return sentenceOf(problem, messages)
  return ['access_denied', 'login_required'].includes(problem.code) ? messages.signIn.denied : problem.message
}

/** Says why nobody is signed in, and waits: going back by itself could go on for ever. */
export const SignInFailed = ({ problem, spoken, onAgain }: Props) => {
  const { signIn } = spoken.messages
  return (
    <KitProvider direction={spoken.direction}>
      <main className="alone">
        <div className="panel" role="alert">
          <h1>{signIn.failed}</h1>
          <p>{reasonOf(problem, spoken)}</p>
          <div>
            <Button onClick={onAgain}>{signIn.again}</Button>
          </div>
        </div>
      </main>
    </KitProvider>
  )
}
