import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { changesOf, draftOf, type Field, fieldsOf, unreadable } from '@custom-identity-platform/kit/schema-fields.ts'
import { SchemaForm } from '@custom-identity-platform/kit/schema-form.tsx'
import { useToast } from '@custom-identity-platform/kit/toasts.tsx'
import type { Me } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useApi, useMessages } from '../account-context.tsx'
import { Addresses } from '../addresses.tsx'
import { Loaded, PageHead, Problem } from '../parts.tsx'
import { Picture } from '../picture.tsx'
import { fieldsOf as fieldErrorsOf } from '../problem.ts'
import { keys, useMe, useRefresh } from '../queries.ts'
import { useAction } from '../step-up.tsx'

/** Saving for the form: what changed goes out, and the answer takes the place of what was there. */
const useSave = () => {
  const [api, queries, toast, refresh] = [useApi(), useQueryClient(), useToast(), useRefresh()]
  const { saved } = useMessages()
  return useAction({
    run: api.changeProfile,
    done: (me) => {
      queries.setQueryData(keys.me, me)
      toast(saved)
      return refresh()
    },
  })
}

/** Whether everything that is wrong stands beside an input already. */
const isToldBeside = (errors: Readonly<Record<string, string>>, fields: readonly Field[]): boolean => {
  const names = Object.keys(errors)
  const drawn = new Set(fields.flatMap(({ name, fields: inner }) => [name, ...inner.map((one) => `${name}.${one.name}`)]))
  return names.length > 0 && names.every((name) => drawn.has(name))
}

const Details = ({ me }: { readonly me: Me }) => {
  const messages = useMessages()
  const { page, save } = messages
  const fields = useMemo(() => fieldsOf(me.attribute_schema), [me.attribute_schema])
  const before = useMemo(() => draftOf(fields, me.attributes), [fields, me.attributes])
  const [edited, setEdited] = useState<typeof before>()
  const { act, error, problem, isPending, reset } = useSave()
  const draft = edited ?? before
  const broken = unreadable(fields, draft)
  const hasChanged = JSON.stringify(draft) !== JSON.stringify(before)
  const errors = { ...fieldErrorsOf(error, messages), ...Object.fromEntries(broken.map((name) => [name, page.badJson])) }
  if (fields.length === 0) return <Panel title={page.details} intro={page.none} />
  return (
    <Panel title={page.details}>
      <form
        className="stack"
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (broken.length === 0) act(changesOf(fields, { before, after: draft }), { onSuccess: () => setEdited(undefined) })
        }}
      >
        <SchemaForm
          words={messages}
          fields={fields}
          draft={draft}
          errors={errors}
          onChange={(next) => {
            reset()
            setEdited(next)
          }}
        />
        <Problem>{isToldBeside(errors, fields) ? undefined : problem}</Problem>
        <div className="actions">
          <Button type="submit" loading={isPending} disabled={!hasChanged}>
            {save}
          </Button>
        </div>
      </form>
    </Panel>
  )
}

export const Page = () => {
  const { pages, page } = useMessages()
  return (
    <>
      <PageHead title={pages.profile}>{page.intro}</PageHead>
      <Loaded query={useMe()}>
        {(me) => (
          <>
            <Picture me={me} />
            <Details me={me} />
            <Addresses me={me} />
          </>
        )}
      </Loaded>
    </>
  )
}
