import type { AdminBody } from '@custom-identity-platform/sdk'
import { NativeSelect, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { SecretOnce } from '../../parts/secret-once.tsx'
import { useForm } from '../../parts/use-form.ts'
import { PermissionPicker } from '../roles/permission-picker.tsx'

type Draft = { readonly name: string; readonly days: string; readonly permissions: readonly string[] }
const blank: Draft = { name: '', days: '30', permissions: [] }

const useNewToken = (onMade: (token: string) => void) => {
  const admin = useAdmin()
  const queries = useQueryClient()
  const { accessTokens } = useMessages()
  return useForm({
    stored: { draft: blank, etag: undefined },
    save: async ({ name, days, permissions }: Draft) => {
      const body = { name: name.trim(), permissions, expires_in_days: Number(days) } as AdminBody<'post', '/tokens'>
      return (await admin.post('/tokens', { body })).body
    },
    said: accessTokens.made,
    done: async ({ token }) => {
      onMade(token)
      await queries.invalidateQueries({ queryKey: ['tokens'] })
    },
  })
}

export const Page = () => {
  const navigate = useNavigate()
  const { sections, accessTokens } = useMessages()
  const [secret, setSecret] = useState<string>()
  const form = useNewToken(setSecret)
  const { draft, set, errors } = form
  return (
    <>
      <PageHead title={accessTokens.add} up={{ to: '/tokens', title: sections.tokens }} />
      <FormPanel title={accessTokens.add} intro={accessTokens.addIntro} form={form} submit={accessTokens.submit} isChange={false}>
        <div className="fields">
          <TextInput
            {...{ label: accessTokens.name, description: accessTokens.nameHint, value: draft.name, error: errors['name'] }}
            maxLength={100}
            inputWrapperOrder={['label', 'input', 'error', 'description']}
            autoComplete="off"
            autoFocus
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <NativeSelect
            label={accessTokens.days}
            value={draft.days}
            data={Object.entries(accessTokens.dayChoices).map(([value, label]) => ({ value, label }))}
            onChange={(event) => set({ days: event.currentTarget.value })}
          />
        </div>
        <p className="quiet">{accessTokens.permissionsIntro}</p>
        <PermissionPicker chosen={draft.permissions} isOwnOnly onChange={(permissions) => set({ permissions })} />
        {errors['permissions'] === undefined ? null : <p role="alert">{accessTokens.needPermission}</p>}
      </FormPanel>
      {secret === undefined ? null : (
        <SecretOnce
          title={accessTokens.shown}
          label={accessTokens.label}
          secret={secret}
          onDone={() => void navigate({ to: '/tokens', replace: true })}
        />
      )}
    </>
  )
}
