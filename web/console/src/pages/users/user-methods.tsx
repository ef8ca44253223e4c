import { Icon, type IconName } from '@custom-identity-platform/kit/icons.tsx'
import { Panel, Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import { pluralIn } from '@custom-identity-platform/kit/plural.ts'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useAdmin, useLanguage, useMay, useMessages } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { TimeAgo } from '../../parts/time-ago.tsx'
import { useAction } from '../../parts/use-action.ts'
import { keysOf } from './user-parts.tsx'

type Credentials = AdminAnswer<'get', '/users/{id}/credentials'>['body']
type Kind = 'password' | 'totp' | 'recovery-codes' | 'passkey' | 'trusted-browsers'
type Method = {
  readonly key: string
  readonly kind: Kind
  readonly icon: IconName
  readonly title: string
  readonly lines: readonly ReactNode[]
  /** Whether there is something to remove. */
  readonly isThere: boolean
}

const since = (word: string, at: string | null): ReactNode => (
  <>
    {word} <TimeAgo at={at} />
  </>
)

const usePasskeys = (passkeys: Credentials['passkeys']): readonly Method[] => {
  const { methods } = useMessages().users
  if (passkeys.length === 0)
    return [{ key: 'none', kind: 'passkey', icon: 'passkey', title: methods.passkeys, lines: [methods.passkeysNone], isThere: false }]
  return passkeys.map(({ id, name, created_at: added, last_used_at: used, backed_up: isSynced }) => ({
    ...{ key: id, kind: 'passkey' as const, icon: 'passkey' as const, isThere: true },
    title: name,
    lines: [
      since(methods.passkeyAdded, added),
      <>
        {since(methods.passkeyUsed, used)}
        {isSynced ? ` · ${methods.synced}` : ''}
      </>,
    ],
  }))
}

const useMethods = ({ password, totp, recovery_codes: codes, passkeys, trusted_browsers: browsers }: Credentials): readonly Method[] => {
  const { methods } = useMessages().users
  const plural = pluralIn(useLanguage())
  const passwordLine = password.set ? since(methods.passwordSet, password.changed_at) : methods.passwordNone
  const totpLine = totp.enrolled ? since(methods.totpSince, totp.confirmed_at) : methods.totpNone
  const codesLine = codes.left > 0 ? plural(codes.left, methods.recoveryLeft) : methods.recoveryNone
  const browsersLine = browsers.length > 0 ? plural(browsers.length, methods.browsersLeft) : methods.browsersNone
  return [
    { key: 'password', kind: 'password', icon: 'password', title: methods.password, lines: [passwordLine], isThere: password.set },
    ...usePasskeys(passkeys),
    { key: 'totp', kind: 'totp', icon: 'phone', title: methods.totp, lines: [totpLine], isThere: totp.enrolled },
    { key: 'codes', kind: 'recovery-codes', icon: 'key', title: methods.recovery, lines: [codesLine], isThere: codes.left > 0 },
    {
      ...{ key: 'browsers', kind: 'trusted-browsers', icon: 'laptop', title: methods.browsers },
      ...{ lines: [browsersLine], isThere: browsers.length > 0 },
    },
  ]
}

const useRemoval = (id: string, done: () => void) => {
  const admin = useAdmin()
  const { methods } = useMessages().users
  const path = { id }
  const runs: Readonly<Record<Kind, (key: string) => Promise<unknown>>> = {
    password: () => admin.delete('/users/{id}/credentials/password', { path }),
    totp: () => admin.delete('/users/{id}/credentials/totp', { path }),
    'recovery-codes': () => admin.delete('/users/{id}/credentials/recovery-codes', { path }),
    passkey: (passkey) => admin.delete('/users/{id}/credentials/passkeys/{passkey}', { path: { id, passkey } }),
    'trusted-browsers': () => admin.delete('/users/{id}/credentials/trusted-browsers', { path }),
  }
  return useAction({
    run: ({ kind, key }: Method) => runs[kind](key),
    said: methods.removed,
    refresh: [['users', 'credentials', id], ...keysOf(id)],
    done,
  })
}

const Listed = ({ id, credentials }: { readonly id: string; readonly credentials: Credentials }) => {
  const { methods } = useMessages().users
  const may = useMay()
  const all = useMethods(credentials)
  const [asked, setAsked] = useState<Method>()
  const { act, isPending, error, reset } = useRemoval(id, () => setAsked(undefined))
  const ask = (method: Method): void => {
    reset()
    setAsked(method)
  }
  return (
    <Rows label={methods.title}>
      {all.map((method) => (
        <Row
          key={method.key}
          mark={<Icon name={method.icon} />}
          title={method.title}
          lines={method.lines}
          actions={
            method.isThere && may('users:support') ? (
              <Button size="xs" variant="default" aria-label={`${methods.remove}: ${method.title}`} onClick={() => ask(method)}>
                {methods.remove}
              </Button>
            ) : undefined
          }
        />
      ))}
      {asked === undefined ? null : (
        <ConfirmDialog
          {...{ title: `${methods.remove}: ${asked.title}`, yes: methods.remove, isBusy: isPending, error }}
          onYes={() => act(asked)}
          onClose={() => setAsked(undefined)}
        >
          <p>{methods.ask[asked.kind]}</p>
        </ConfirmDialog>
      )}
    </Rows>
  )
}

/** What the person signs in with, and taking away what was lost. */
export const UserMethods = ({ id }: { readonly id: string }) => {
  const admin = useAdmin()
  const { methods } = useMessages().users
  const query = useQuery({
    queryKey: ['users', 'credentials', id],
    queryFn: async ({ signal }) => (await admin.get('/users/{id}/credentials', { path: { id }, signal })).body,
  })
  return (
    <Panel title={methods.title} intro={methods.intro}>
      <Loaded query={query}>{(credentials) => <Listed {...{ id, credentials }} />}</Loaded>
    </Panel>
  )
}
