import { ApiError } from '@custom-identity-platform/sdk'
import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { SecretOnce } from '../../parts/secret-once.tsx'
import { type Form, useForm } from '../../parts/use-form.ts'
import { madeOf } from '../../waiting.ts'
import { keysOf, type ReadClient } from './client-parts.tsx'
import { bodyOf, type Draft, storedOf, type Wrong, wrongIn } from './settings-draft.ts'
import { Addresses, General, type Part, Protocol, Security } from './settings-fields.tsx'

const useSettings = (read: ReadClient, onSecret: (secret: string) => void) => {
  const admin = useAdmin()
  const queries = useQueryClient()
  const { id } = read.client
  return useForm({
    stored: storedOf(read),
    save: async (draft: Draft, { before, ifMatch }) =>
      madeOf(await admin.patch('/clients/{id}', { path: { id }, body: bodyOf(draft, before), ifMatch })),
    reload: async () => {
      const { body, etag } = await admin.get('/clients/{id}', { path: { id } })
      return storedOf({ client: body, etag })
    },
    done: async ({ client_secret: secret }) => {
      if (secret !== undefined) onSecret(secret)
      await Promise.all(keysOf(id).map((queryKey) => queries.invalidateQueries({ queryKey })))
    },
  })
}

const sentenceOf = ({ kind, text }: Wrong, words: ReturnType<typeof useMessages>['clientSettings']): string => {
  if (kind === 'number') return words.wrongNumber
  return kind === 'fragment' ? words.wrongFragment(text) : words.wrongUri(text)
}

/** What is wrong by its field: what was found here, then what the server said of it. */
const useErrors = (form: Form<Draft>): Readonly<Partial<Record<keyof Draft, string>>> => {
  const words = useMessages().clientSettings
  const wrong = wrongIn(form.draft).map((one) => [one.field, sentenceOf(one, words)] as const)
  const { error } = form
  const isRedirect = error instanceof ApiError && error.code === 'invalid-redirect-uri'
  return { ...(isRedirect ? { redirects: error.message } : {}), ...Object.fromEntries(wrong.toReversed()) }
}

/** The metadata that matter, in groups; one form, so that what belongs together is saved together. */
export const ClientSettings = (read: ReadClient) => {
  const { clientSettings } = useMessages()
  const [secret, setSecret] = useState<string>()
  const form = useSettings(read, setSecret)
  const errors = useErrors(form)
  const { grantNames: _, grantHints: __, ...rest } = clientSettings
  const names = Object.fromEntries(Object.entries(rest).filter((one): one is [string, string] => typeof one[1] === 'string'))
  const part: Part = { draft: form.draft, errors, set: form.set }
  const count = wrongIn(form.draft).length
  const guarded = {
    ...form,
    submit: count === 0 ? form.submit : () => document.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus(),
  }
  return (
    <>
      <FormPanel title={clientSettings.general} intro={clientSettings.generalIntro} form={guarded} names={names}>
        <General {...part} />
        <Addresses {...part} />
        <Protocol {...part} />
        <Security {...part} />
        {count === 0 ? null : (
          <p className="quiet" role="status">
            {clientSettings.fix(count)}
          </p>
        )}
      </FormPanel>
      {secret === undefined ? null : (
        <SecretOnce
          title={clientSettings.newSecret}
          label={clientSettings.secretLabel}
          secret={secret}
          onDone={() => setSecret(undefined)}
        />
      )}
    </>
  )
}
