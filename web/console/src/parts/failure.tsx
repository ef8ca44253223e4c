import { Notice } from '@custom-identity-platform/kit/panel.tsx'
import { ApiError } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useConsole } from '../console-context.tsx'
import { isCancelled, requestIdOf, sentenceOf } from '../problem.ts'

const RequestId = ({ error }: { readonly error: unknown }) => {
  const { problem } = useConsole().messages
  const id = requestIdOf(error)
  return id === undefined ? null : (
    <p className="mono">
      {problem.request} {id}
    </p>
  )
}

type FailureProps = { readonly error: unknown; readonly onRetry?: (() => unknown) | undefined }

/** Why something is not there, and what can be done about it. */
export const Failure = ({ error, onRetry }: FailureProps) => {
  const { messages, console } = useConsole()
  const isSignedOut = error instanceof ApiError && error.kind === 'signed-out'
  const again = isSignedOut ? () => console.client.signIn({ returnTo: location.pathname + location.search }) : onRetry
  return (
    <Notice kind="bad" isAlert>
      <p>
        <strong>{messages.problem.title}.</strong> {sentenceOf(error, messages)}
      </p>
      <RequestId error={error} />
      {again === undefined ? null : (
        <div>
          <Button variant="default" size="xs" onClick={() => void again()}>
            {isSignedOut ? messages.signIn.again : messages.tryAgain}
          </Button>
        </div>
      )}
    </Notice>
  )
}

/** What went wrong with a change, read out when it appears; nothing where nobody wanted to sign in anew. */
export const Problem = ({ error }: { readonly error: unknown }) => {
  const { messages } = useConsole()
  if (error === null || error === undefined || isCancelled(error)) return null
  return (
    <Notice kind="bad" isAlert>
      <p>{sentenceOf(error, messages)}</p>
      <RequestId error={error} />
    </Notice>
  )
}
