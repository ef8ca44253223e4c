import { Bones } from '@custom-identity-platform/kit/panel.tsx'
import { ApiError } from '@custom-identity-platform/sdk'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useMessages } from '../console-context.tsx'
import { NotFound } from '../shell/failures.tsx'
import { Failure } from './failure.tsx'

type LoadedProps<T> = { readonly query: UseQueryResult<T>; readonly bones?: number; readonly children: (value: T) => ReactNode }

/** What was asked for: on its way, there, or why it is not. */
export const Loaded = <T,>({ query, bones = 4, children }: LoadedProps<T>) => {
  const { loading } = useMessages()
  if (query.data !== undefined) return children(query.data)
  if (query.isPending) return <Bones label={loading} count={bones} />
  if (query.error instanceof ApiError && query.error.kind === 'not-found') return <NotFound />
  return <Failure error={query.error} onRetry={query.refetch} />
}
