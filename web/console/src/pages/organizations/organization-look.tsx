import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { FormPanel } from '../../parts/form-panel.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { LogoField } from '../../parts/logo-field.tsx'
import { type Form, type Stored, useForm } from '../../parts/use-form.ts'
import { darkOf, lightOf, shadesOf } from '../branding/look.ts'

type Look = AdminAnswer<'get', '/organizations/{id}/branding'>['body']
type Draft = {
  readonly name: string
  readonly accent: string
  readonly background: string
  readonly backgroundDark: string
  readonly logo: Look['logo']
}
type Read = { readonly look: Look; readonly etag: string | undefined }

const keyOf = (id: string): readonly string[] => ['organizations', 'look', id]

const storedOf = ({ look, etag }: Read): Stored<Draft> => ({
  draft: {
    ...{ name: look.display_name ?? '', accent: look.accent ?? '', logo: look.logo },
    ...{ background: lightOf(look.background ?? undefined), backgroundDark: darkOf(look.background ?? undefined) },
  },
  etag,
})

const groundOf = ({ background, backgroundDark }: Draft) => {
  const shades = shadesOf(background, backgroundDark)
  return typeof shades === 'object' ? { light: shades.light, dark: shades.dark ?? shades.light } : (shades ?? null)
}

const useRead = (id: string) => {
  const admin = useAdmin()
  return async (signal?: AbortSignal): Promise<Read> => {
    const { body, etag } = await admin.get('/organizations/{id}/branding', { path: { id }, ...(signal && { signal }) })
    return { look: body, etag }
  }
}

const Logo = ({ id, form: { draft, set, adopt } }: { readonly id: string; readonly form: Form<Draft> }) => {
  const admin = useAdmin()
  const read = useRead(id)
  const upload = async (file: File): Promise<unknown> => {
    const { etag } = await admin.get('/organizations/{id}/branding', { path: { id } })
    return admin.put('/organizations/{id}/branding/logo', { path: { id }, body: file, ifMatch: etag })
  }
  const done = async (): Promise<void> => {
    const now = storedOf(await read())
    adopt(now, { logo: now.draft.logo })
  }
  return (
    <LogoField
      {...{ hasLogo: draft.logo !== null, src: draft.logo?.url, upload, done, refresh: [keyOf(id)] }}
      onDrop={() => set({ logo: null })}
    />
  )
}

const Fields = ({ id, form }: { readonly id: string; readonly form: Form<Draft> }) => {
  const { branding, organizations } = useMessages()
  const { draft, errors, set } = form
  const text = (
    name: Exclude<keyof Draft, 'logo'>,
    label: string,
    rest: { readonly description?: string; readonly error?: string | undefined },
  ) => (
    <TextInput
      {...{ label, value: draft[name], ...rest }}
      maxLength={100}
      autoComplete="off"
      spellCheck={false}
      onChange={(event) => set({ [name]: event.currentTarget.value })}
    />
  )
  return (
    <>
      {text('name', organizations.look.name, { description: organizations.look.nameHint, error: errors['display_name'] })}
      <Logo id={id} form={form} />
      {text('accent', branding.accent, { description: branding.accentHint, error: errors['accent'] })}
      {text('background', branding.background, { description: branding.backgroundHint, error: errors['background'] })}
      {text('backgroundDark', branding.backgroundDark, {})}
    </>
  )
}

const LookForm = ({ id, read }: { readonly id: string; readonly read: Read }) => {
  const admin = useAdmin()
  const queries = useQueryClient()
  const may = useMay()
  const again = useRead(id)
  const { branding, organizations } = useMessages()
  const form = useForm<Draft, unknown>({
    stored: storedOf(read),
    save: (draft, { ifMatch }) => {
      const display_name = draft.name.trim() || null
      const body = { display_name, accent: draft.accent.trim() || null, background: groundOf(draft), logo: draft.logo }
      return admin.put('/organizations/{id}/branding', { path: { id }, body, ifMatch })
    },
    reload: async () => storedOf(await again()),
    done: () => queries.invalidateQueries({ queryKey: keyOf(id) }),
  })
  const { logo, accent, background, backgroundDark } = branding
  const names = { name: organizations.look.name, logo, accent, background, backgroundDark }
  return (
    <FormPanel title={organizations.look.title} intro={organizations.look.intro} form={form} names={names}>
      <fieldset className="form-group" disabled={!may('organizations:write')}>
        <Fields id={id} form={form} />
      </fieldset>
    </FormPanel>
  )
}

/** How the hosted pages look in requests for the organization. */
export const OrganizationLook = ({ id }: { readonly id: string }) => {
  const read = useRead(id)
  const query = useQuery({ queryKey: keyOf(id), queryFn: ({ signal }) => read(signal) })
  return <Loaded query={query}>{(found) => <LookForm id={id} read={found} />}</Loaded>
}
