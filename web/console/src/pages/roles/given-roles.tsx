import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Panel, Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useAdmin, useMay } from '../../console-context.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { Problem } from '../../parts/failure.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { useAction } from '../../parts/use-action.ts'

type Role = AdminAnswer<'get', '/roles'>['body']['roles'][number]
type Words = {
  readonly title: string
  readonly intro: string
  readonly none: string
  readonly choose: string
  readonly give: string
  readonly given: string
  readonly take: string
  readonly takeText: (role: string) => string
  readonly taken: string
}

/** Whoever holds roles: how they are given and taken, and what is read anew afterwards. */
type Holder = {
  readonly words: Words
  readonly refresh: readonly (readonly string[])[]
  /** A role that only people hold. */
  readonly never?: string
  readonly give: (role: string) => Promise<unknown>
  readonly take: (role: string) => Promise<unknown>
}
type Props = { readonly holder: Holder; readonly held: readonly string[]; readonly roles: readonly Role[] }

const Give = ({ holder, held, roles }: Props) => {
  const { words, refresh, never, give } = holder
  const left = roles.filter(({ id }) => !held.includes(id) && id !== never)
  const [picked, setPicked] = useState<string>()
  const role = left.find(({ id }) => id === picked)?.id ?? left[0]?.id
  const { act, isPending, error } = useAction({ run: give, said: words.given, refresh })
  if (role === undefined) return null
  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault()
        act(role)
      }}
    >
      <div className="actions actions-end">
        <NativeSelect
          label={words.choose}
          value={role}
          data={left.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(event) => setPicked(event.currentTarget.value)}
        />
        <Button type="submit" loading={isPending}>
          {words.give}
        </Button>
      </div>
      <Problem error={error} />
    </form>
  )
}

const Held = ({ holder, held, roles }: Props) => {
  const { words, refresh, take } = holder
  const may = useMay()
  const [asked, setAsked] = useState<Role>()
  const { act, isPending, error, reset } = useAction({ run: take, said: words.taken, refresh, done: () => setAsked(undefined) })
  const own = roles.filter(({ id }) => held.includes(id))
  if (own.length === 0) return <p className="quiet">{words.none}</p>
  const button = (role: Role) => (
    <Button
      size="xs"
      variant="default"
      aria-label={`${words.take}: ${role.name}`}
      onClick={() => {
        reset()
        setAsked(role)
      }}
    >
      {words.take}
    </Button>
  )
  return (
    <>
      <Rows label={words.title}>
        {own.map((role) => (
          <Row
            key={role.id}
            mark={<Icon name="badge" />}
            title={role.name}
            lines={[role.description]}
            actions={may('roles:write') ? button(role) : undefined}
          />
        ))}
      </Rows>
      {asked === undefined ? null : (
        <ConfirmDialog
          {...{ title: `${words.take}: ${asked.name}`, yes: words.take, isBusy: isPending, error }}
          onYes={() => act(asked.id)}
          onClose={() => setAsked(undefined)}
        >
          <p>{words.takeText(asked.name)}</p>
        </ConfirmDialog>
      )}
    </>
  )
}

/** Roles that somebody or something was given, and what gives and takes them. */
export const HeldRoles = (props: Props) => {
  const may = useMay()
  return (
    <>
      {may('roles:write') ? <Give {...props} /> : null}
      <Held {...props} />
    </>
  )
}

type GivenProps = {
  readonly queryKey: readonly string[]
  readonly holder: Omit<Holder, 'refresh' | 'never'>
  readonly read: (signal: AbortSignal) => Promise<readonly string[]>
}

/** The roles of an application or a group, which are read by themselves; owners are people. */
export const GivenRoles = ({ queryKey, holder, read }: GivenProps) => {
  const admin = useAdmin()
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      const [held, { body }] = await Promise.all([read(signal), admin.get('/roles', { signal })])
      return { held, roles: body.roles }
    },
  })
  return (
    <Panel title={holder.words.title} intro={holder.words.intro}>
      <Loaded query={query}>{(given) => <HeldRoles holder={{ ...holder, refresh: [queryKey], never: 'owner' }} {...given} />}</Loaded>
    </Panel>
  )
}
