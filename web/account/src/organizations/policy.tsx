import { Notice, Panel } from '@custom-identity-platform/kit/panel.tsx'
import { ApiError, type OrganizationPolicy, StepUpRequired, type Tagged } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMessages } from '../account-context.tsx'
import { AreaLoaded } from './loaded.tsx'
import { OrganizationPage } from './organization-page.tsx'
import { bodyOf, draftOf } from './policy-draft.ts'
import { PolicyFields, PolicyMeaning } from './policy-fields.tsx'
import { keyOf, useOrganizationApi } from './queries.ts'
import { FormEnd, isBeside, TaggedForm, useTaggedForm } from './tagged-form.tsx'
import { useWords } from './words.tsx'

type LockedProps = { readonly error: unknown; readonly onSignIn: (required: StepUpRequired) => void }

const missingIn = (error: unknown): readonly string[] => {
  if (!(error instanceof ApiError) || error.code !== 'locks-you-out') return []
  const { missing } = error.members
  return Array.isArray(missing) ? missing.filter((one): one is string => typeof one === 'string') : []
}

/** The rules would keep out whoever writes them: what is missing, and the way there. */
const Locked = ({ error, onSignIn }: LockedProps) => {
  const { policy } = useWords()
  const { stepUp } = useMessages()
  const missing = missingIn(error)
  if (missing.length === 0) return null
  const acrValues = missing.includes('second_factor') ? ['aal2'] : []
  return (
    <Notice kind="bad" isAlert>
      <p>
        <strong>{policy.locks}.</strong>
      </p>
      <ul className="area-sentences">
        {missing.map((one) => (
          <li key={one}>{policy.lockedBy[one] ?? one}</li>
        ))}
      </ul>
      <div>
        <Button variant="default" onClick={() => onSignIn(new StepUpRequired({ maxAge: 0, acrValues }))}>
          {stepUp.go}
        </Button>
      </div>
    </Notice>
  )
}

const Editor = ({ id, stored }: { readonly id: string; readonly stored: Tagged<OrganizationPolicy> }) => {
  const api = useOrganizationApi(id)
  const { policy } = useWords()
  const form = useTaggedForm({
    ...{ id, part: 'policy', stored, draftOf, read: api.policy, said: policy.saved },
    save: (draft, on) => api.setPolicy(bodyOf(draft), on),
  })
  const { draft, set, error, fields } = form
  const { isLimited, methods } = draft
  return (
    <TaggedForm form={form}>
      <Panel title={policy.title}>
        <PolicyFields {...{ draft, set, wrong: fields['methods'], offered: stored.body.tenant_methods }} />
      </Panel>
      <Panel title={policy.meaning}>
        <PolicyMeaning draft={draft} />
        <Locked error={error} onSignIn={form.askFor} />
        <FormEnd
          form={form}
          isReady={!isLimited || methods.length > 0}
          isSaid={missingIn(error).length > 0 || (isLimited && isBeside(form, 'methods'))}
        />
      </Panel>
    </TaggedForm>
  )
}

const Policy = ({ id }: { readonly id: string }) => {
  const api = useOrganizationApi(id)
  const query = useQuery({ queryKey: keyOf(id, 'policy'), queryFn: api.policy })
  return <AreaLoaded query={query}>{(stored) => <Editor id={id} stored={stored} />}</AreaLoaded>
}

export const Page = () => {
  const { policy } = useWords()
  return (
    <OrganizationPage section="policy" intro={policy.intro}>
      {({ id }) => <Policy id={id} />}
    </OrganizationPage>
  )
}
