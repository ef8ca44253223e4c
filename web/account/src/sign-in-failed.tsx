import type { SignInError } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useAccount, useMessages } from './account-context.tsx'

/** Says why nobody is signed in, and waits: going back by itself could go on for ever. */
export const SignInFailed = ({ problem }: { readonly problem: SignInError }) => {
  const { signIn } = useMessages()
  const { client, base } = useAccount()
  return (
    <main className="alone">
      <div className="panel" role="alert">
        <h1>{signIn.failed}</h1>
        <p>{problem.code === 'access_denied' || problem.code === 'login_required' ? signIn.denied : problem.message}</p>
        <div>
          <Button onClick={() => client.signIn({ returnTo: base })}>{signIn.again}</Button>
        </div>
      </div>
    </main>
  )
}
