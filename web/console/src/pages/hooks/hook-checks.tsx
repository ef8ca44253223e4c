import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Notice, Row } from '@custom-identity-platform/kit/panel.tsx'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { Problem } from '../../parts/failure.tsx'
import { SecretOnce } from '../../parts/secret-once.tsx'
import { useAction } from '../../parts/use-action.ts'
import type { Point } from './hook-draft.ts'

/** Asks a hook with a sample, and shows what it verifies our requests by. */
export const HookChecks = ({ point, url }: { readonly point: Point; readonly url: string }) => {
  const admin = useAdmin()
  const { hooks } = useMessages()
  const path = { hook: point }
  const [secret, setSecret] = useState<string>()
  const [outcome, setOutcome] = useState<{ readonly outcome: 'allowed' | 'refused' | 'failed'; readonly reason: string | null }>()
  const test = useAction({
    run: async () => (await admin.post('/hooks/{hook}/test', { path })).body,
    done: (body) => setOutcome(body as NonNullable<typeof outcome>),
  })
  const show = useAction({
    run: async () => (await admin.post('/hooks/{hook}/secret', { path })).body.secret,
    done: (text) => setSecret(text),
  })
  return (
    <Row
      mark={<Icon name="webhook" />}
      title={hooks.points[point].title}
      lines={[
        <span key="url" className="break">
          {url}
        </span>,
      ]}
      actions={
        <>
          <Button variant="default" size="xs" loading={test.isPending} onClick={() => test.act()}>
            {hooks.test}
          </Button>
          <Button variant="default" size="xs" loading={show.isPending} onClick={() => show.act()}>
            {hooks.secret}
          </Button>
          <Problem error={test.error ?? show.error} />
          {outcome === undefined ? null : (
            <Notice kind={outcome.outcome === 'failed' ? 'bad' : outcome.outcome === 'allowed' ? 'good' : 'plain'}>
              <p role="status">
                {hooks.outcomes[outcome.outcome]} {outcome.reason}
              </p>
            </Notice>
          )}
          {secret === undefined ? null : (
            <SecretOnce {...{ title: hooks.secretTitle, label: hooks.secretTitle, secret }} onDone={() => setSecret(undefined)} />
          )}
        </>
      }
    />
  )
}
