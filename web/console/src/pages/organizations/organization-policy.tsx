import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { NativeSelect, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { type Form, type Stored, useForm } from '../../parts/use-form.ts'

type Policy = AdminAnswer<'get', '/organizations/{id}/policy'>['body']
type Method = NonNullable<Policy['methods']>[number]

/** Minutes as they are typed, with two decimals at most, by which every number of seconds comes back as it was; empty for no limit. */
type Draft = { readonly second_factor: Policy['second_factor']; readonly minutes: string; readonly methods: Policy['methods'] }
type Read = { readonly policy: Policy; readonly etag: string | undefined }

const known: readonly Method[] = ['password', 'passkey', 'totp', 'recovery-code', 'email-code', 'sms-code']
const keyOf = (id: string): readonly string[] => ['organizations', 'policy', id]

const minutesOf = (seconds: number | null): string => (seconds === null ? '' : String(Number((seconds / 60).toFixed(2))))
const secondsOf = (minutes: string): number | null => (minutes === '' ? null : Math.round(Number(minutes) * 60))
const typedMinutes = (text: string): string => /^\d{1,5}(?:\.\d{0,2})?/.exec(text.replaceAll(/[^\d.]/g, ''))?.[0] ?? ''

const storedOf = ({ policy, etag }: Read): Stored<Draft> => ({
  draft: {
    second_factor: policy.second_factor,
    minutes: minutesOf(policy.session_seconds),
    methods: policy.methods,
  },
  etag,
})

const Methods = ({ form: { draft, errors, set }, offered }: { readonly form: Form<Draft>; readonly offered: readonly string[] }) => {
  const { policy } = useMessages().organizations
  const { methods } = draft
  const available = known.filter((name) => offered.includes(name) || methods?.includes(name) === true)
  return (
    <fieldset className="plain-fieldset">
      <legend>{policy.methods}</legend>
      <p className="quiet">{policy.methodsHint}</p>
      {errors['methods'] === undefined ? null : (
        <p className="mantine-InputWrapper-error" role="alert">
          {errors['methods']}
        </p>
      )}
      <Checkbox
        {...{ label: policy.allMethods, isChecked: methods === null }}
        onChange={(isAll) => set({ methods: isAll ? null : [...available] })}
      />
      {methods === null
        ? null
        : available.map((name) => (
            <Checkbox
              key={name}
              label={policy.names[name]}
              isChecked={methods.includes(name)}
              onChange={(isWanted) => set({ methods: isWanted ? [...methods, name] : methods.filter((one) => one !== name) })}
            />
          ))}
    </fieldset>
  )
}

const Fields = ({ form, offered }: { readonly form: Form<Draft>; readonly offered: readonly string[] }) => {
  const { policy } = useMessages().organizations
  const { draft, errors, set } = form
  return (
    <>
      <NativeSelect
        {...{ label: policy.secondFactor, description: policy.secondFactorHint, value: draft.second_factor }}
        data={(['off', 'required'] as const).map((value) => ({ value, label: policy.secondFactors[value] }))}
        onChange={({ currentTarget: { value } }) => set({ second_factor: value === 'required' ? 'required' : 'off' })}
      />
      <TextInput
        {...{ label: policy.session, description: policy.sessionHint, value: draft.minutes, error: errors['session_seconds'] }}
        inputMode="decimal"
        autoComplete="off"
        onChange={({ currentTarget: { value } }) => set({ minutes: typedMinutes(value) })}
      />
      <Methods form={form} offered={offered} />
    </>
  )
}

const useRead = (id: string) => {
  const admin = useAdmin()
  return async (signal?: AbortSignal): Promise<Read> => {
    const { body, etag } = await admin.get('/organizations/{id}/policy', { path: { id }, ...(signal && { signal }) })
    return { policy: body, etag }
  }
}

const PolicyForm = ({ id, read }: { readonly id: string; readonly read: Read }) => {
  const admin = useAdmin()
  const queries = useQueryClient()
  const may = useMay()
  const again = useRead(id)
  const { policy } = useMessages().organizations
  const form = useForm<Draft, unknown>({
    stored: storedOf(read),
    save: ({ second_factor, minutes, methods }, { ifMatch }) => {
      const body = { second_factor, methods, session_seconds: secondsOf(minutes) }
      return admin.put('/organizations/{id}/policy', { path: { id }, body, ifMatch })
    },
    reload: async () => storedOf(await again()),
    done: () => queries.invalidateQueries({ queryKey: keyOf(id) }),
  })
  const names = { second_factor: policy.secondFactor, minutes: policy.session, methods: policy.methods }
  return (
    <FormPanel title={policy.title} intro={policy.intro} form={form} names={names}>
      <fieldset className="form-group" disabled={!may('organizations:write')}>
        <Fields form={form} offered={read.policy.tenant_methods} />
      </fieldset>
    </FormPanel>
  )
}

/** What the organization demands of a sign-in. */
export const OrganizationPolicy = ({ id }: { readonly id: string }) => {
  const read = useRead(id)
  const query = useQuery({ queryKey: keyOf(id), queryFn: ({ signal }) => read(signal) })
  return <Loaded query={query}>{(found) => <PolicyForm id={id} read={found} />}</Loaded>
}
