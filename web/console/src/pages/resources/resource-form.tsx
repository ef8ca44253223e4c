import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useMessages } from '../../console-context.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import type { Form } from '../../parts/use-form.ts'

export type Resource = AdminAnswer<'get', '/resources/{identifier}'>['body']

export type Draft = {
  readonly name: string
  readonly scopes: string
  readonly ttl: string
  readonly algorithm: Resource['signing_algorithm']
  readonly format: Resource['token_format']
  readonly claims: Resource['access_claims']
}

export const draftOf = (one: Resource): Draft => ({
  name: one.name,
  scopes: one.scopes.join('\n'),
  ttl: one.access_token_ttl_seconds === null ? '' : String(one.access_token_ttl_seconds),
  algorithm: one.signing_algorithm,
  format: one.token_format,
  claims: one.access_claims,
})

const scopesIn = (text: string): string[] => [...new Set(text.split(/\s+/).filter((one) => one !== ''))]

/** Whether the time to live can be sent. */
export const isTtl = (text: string): boolean =>
  text.trim() === '' || (/^\d{2,5}$/.test(text.trim()) && Number(text) >= 60 && Number(text) <= 86_400)

export const bodyOf = ({ name, scopes, ttl, algorithm, format, claims }: Draft) => ({
  ...(name.trim() === '' ? {} : { name: name.trim() }),
  scopes: scopesIn(scopes),
  access_token_ttl_seconds: ttl.trim() === '' ? null : Number(ttl),
  signing_algorithm: algorithm,
  token_format: format,
  access_claims: [...claims],
})

const algorithms = ['RS256', 'ES256', 'PS256', 'EdDSA'] as const
const formats = ['jwt', 'opaque'] as const
const claimNames = ['roles', 'groups', 'entitlements'] as const

const hintBelow: ('label' | 'input' | 'description' | 'error')[] = ['label', 'input', 'error', 'description']

type Fields = Pick<Form<Draft>, 'draft' | 'errors'> & { readonly set: (members: Partial<Draft>) => void }

const Claims = ({ draft, set }: Fields) => {
  const { resources } = useMessages()
  return (
    <fieldset>
      <legend>{resources.claims}</legend>
      <div className="stack">
        {claimNames.map((claim) => (
          <Checkbox
            key={claim}
            label={resources.claimNames[claim]}
            description={resources.claimHints[claim]}
            isChecked={draft.claims.includes(claim)}
            onChange={(isThere) => set({ claims: isThere ? [...draft.claims, claim] : draft.claims.filter((one) => one !== claim) })}
          />
        ))}
      </div>
    </fieldset>
  )
}

/** What can be decided about an API, new or not. */
export const ResourceFields = (fields: Fields) => {
  const { resources } = useMessages()
  const { draft, errors, set } = fields
  return (
    <div className="fields">
      <TextInput
        {...{ label: resources.name, value: draft.name, error: errors['name'] }}
        maxLength={200}
        autoComplete="off"
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
      <TextInput
        {...{ label: resources.ttl, description: resources.ttlHint, value: draft.ttl }}
        error={isTtl(draft.ttl) ? errors['access_token_ttl_seconds'] : resources.ttlWrong}
        inputMode="numeric"
        inputWrapperOrder={hintBelow}
        autoComplete="off"
        onChange={(event) => set({ ttl: event.currentTarget.value })}
      />
      <Textarea
        {...{ label: resources.scopes, description: resources.scopesHint, value: draft.scopes, error: errors['scopes'] }}
        className="wide"
        autosize
        minRows={3}
        maxRows={12}
        spellCheck={false}
        onChange={(event) => set({ scopes: event.currentTarget.value })}
      />
      <NativeSelect
        label={resources.format}
        description={resources.formats[draft.format]}
        inputWrapperOrder={hintBelow}
        value={draft.format}
        data={formats.map((value) => ({ value, label: resources.shortFormats[value] }))}
        onChange={(event) => set({ format: formats.find((one) => one === event.currentTarget.value) ?? 'jwt' })}
      />
      <NativeSelect
        label={resources.algorithm}
        value={draft.algorithm}
        disabled={draft.format === 'opaque'}
        data={[...algorithms]}
        onChange={(event) => set({ algorithm: algorithms.find((one) => one === event.currentTarget.value) ?? 'RS256' })}
      />
      <Claims {...fields} />
    </div>
  )
}
