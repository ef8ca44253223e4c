import { Notice } from '@custom-identity-platform/kit/panel.tsx'
import { StepUpRequired } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import type { UseInfiniteQueryResult, UseQueryResult } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useAccount, useLanguage, useMessages } from '../account-context.tsx'
import { Loaded, Problem } from '../parts.tsx'
import { sentenceOf } from '../problem.ts'
import { useMe } from '../queries.ts'
import { useList } from './role-words.ts'
import { useWords } from './words.tsx'

/** By which ways a sign-in counts, and where to get a passkey for whoever may have none: signing in again as before would lead back here. */
const CountingWays = ({ methods }: { readonly methods: readonly string[] }) => {
  const { passkeys } = useMessages()
  const { policy } = useWords()
  const list = useList()
  return (
    <p>
      {policy.meansMethods(list(methods.map((one) => policy.methodNames[one] ?? one)))}{' '}
      {methods.includes('passkey') && !methods.includes('password') ? <Link to="/passkeys">{passkeys.add}</Link> : null}
    </p>
  )
}

/** The rules of the organization ask for another sign-in before they show anything (RFC 9470). */
const AskAgain = ({ required }: { readonly required: StepUpRequired }) => {
  const { client } = useAccount()
  const { stepUp, notWhileActing } = useMessages()
  const { area } = useWords()
  const { data: me } = useMe()
  const language = useLanguage()
  const essentialAcr = required.acrValues.filter((one) => one !== 'aal1')
  return (
    <Notice kind="warn" isAlert>
      <p>
        <strong>{area.askAgain}.</strong> {me?.acting == null ? area.askAgainText : notWhileActing}
      </p>
      {required.methods === undefined ? null : <CountingWays methods={required.methods} />}
      {me?.acting == null ? (
        <div>
          <Button
            onClick={() =>
              void client.signIn({ returnTo: location.pathname, maxAge: required.maxAge ?? 0, essentialAcr, uiLocales: language })
            }
          >
            {stepUp.go}
          </Button>
        </div>
      ) : null}
    </Notice>
  )
}

type AreaLoadedProps<T> = { readonly query: UseQueryResult<T>; readonly children: (value: T) => ReactNode }

/** The same as `Loaded`, in an organization that may have rules of its own. */
export const AreaLoaded = <T,>({ query, children }: AreaLoadedProps<T>) =>
  query.data === undefined && query.error instanceof StepUpRequired ? (
    <AskAgain required={query.error} />
  ) : (
    <Loaded query={query}>{children}</Loaded>
  )

type Pages<Row> = { readonly pages: readonly { readonly rows: readonly Row[] }[] }
type LoadedRowsProps<Row> = {
  readonly query: UseInfiniteQueryResult<Pages<Row>>
  readonly more?: string
  readonly children: (rows: readonly Row[]) => ReactNode
}

/** The rows of a list that comes in parts, with a button for the next part. */
export const LoadedRows = <Row,>({ query, more, children }: LoadedRowsProps<Row>) => {
  const { area } = useWords()
  const messages = useMessages()
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query
  return (
    <>
      <AreaLoaded query={query as unknown as UseQueryResult<Pages<Row>>}>
        {({ pages }) => children(pages.flatMap(({ rows }) => rows))}
      </AreaLoaded>
      <Problem>{isFetchNextPageError ? sentenceOf(query.error, messages) : undefined}</Problem>
      {hasNextPage ? (
        <div className="area-more">
          <Button variant="default" loading={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {more ?? area.more}
          </Button>
        </div>
      ) : null}
    </>
  )
}
