import { Notice } from '@custom-identity-platform/kit/panel.tsx'
import { TextInput } from '@mantine/core'
import type { ReactNode } from 'react'
import { useMessages } from '../../console-context.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { Choice } from '../../parts/choice.tsx'
import { Lines } from '../../parts/lines.tsx'
import { firstFactors, methods, type Policy } from './policy.ts'
import { SpanChoice } from './span.tsx'

type Props = { readonly draft: Policy; readonly set: (members: Partial<Policy>) => void }

const [minute, hour, day] = [60, 3600, 86_400]

export const Group = ({ title, children }: { readonly title: string; readonly children: ReactNode }) => (
  <fieldset className="form-group">
    <legend>{title}</legend>
    {children}
  </fieldset>
)

const Methods = ({ draft, set }: Props) => {
  const { policy } = useMessages().signInSettings
  return (
    <Group title={policy.groups.methods}>
      {methods.map((method) => (
        <Checkbox
          key={method}
          label={policy.methods[method].name}
          description={policy.methods[method].text}
          isChecked={draft.methods[method]}
          onChange={(isAllowed) => set({ methods: { ...draft.methods, [method]: isAllowed } })}
        />
      ))}
      {firstFactors.some((method) => draft.methods[method]) ? null : (
        <Notice kind="bad" isAlert>
          <p>{policy.nobody}</p>
        </Notice>
      )}
    </Group>
  )
}

const SignInPage = ({ draft, set }: Props) => {
  const { policy } = useMessages().signInSettings
  return (
    <Group title={policy.groups.form}>
      <Choice
        {...{ label: policy.form, description: policy.formHint, value: draft.form, words: policy.forms }}
        onChange={(form) => set({ form })}
      />
      <SpanChoice
        label={policy.reauthentication}
        value={draft.reauthentication_seconds}
        usual={[5 * minute, 10 * minute, 30 * minute, hour, day]}
        onChange={(seconds) => set({ reauthentication_seconds: seconds })}
      />
    </Group>
  )
}

const SecondFactor = ({ draft, set }: Props) => {
  const { policy } = useMessages().signInSettings
  return (
    <Group title={policy.groups.second}>
      <Choice
        {...{ label: policy.secondFactor, value: draft.second_factor, words: policy.secondFactors }}
        onChange={(rule) => set({ second_factor: rule })}
      />
      <SpanChoice
        label={policy.trusted}
        value={draft.trusted_device_seconds}
        usual={[0, day, 7 * day, 30 * day, 90 * day]}
        onChange={(seconds) => set({ trusted_device_seconds: seconds })}
      />
      <Lines
        {...{ label: policy.clients, description: policy.clientsHint, value: draft.second_factor_clients }}
        onChange={(clients) => set({ second_factor_clients: clients })}
      />
    </Group>
  )
}

const Newcomers = ({ draft, set }: Props) => {
  const { policy } = useMessages().signInSettings
  return (
    <Group title={policy.groups.newcomers}>
      <Choice {...{ label: policy.signUp, value: draft.sign_up, words: policy.signUps }} onChange={(who) => set({ sign_up: who })} />
      <Choice
        {...{ label: policy.emailProof, value: draft.email_proof, words: policy.emailProofs }}
        onChange={(when) => set({ email_proof: when })}
      />
    </Group>
  )
}

const Sms = ({ draft, set }: Props) => {
  const { policy } = useMessages().signInSettings
  return (
    <Group title={policy.groups.sms}>
      <Lines
        {...{ label: policy.smsPrefixes, description: policy.smsPrefixesHint, value: draft.sms_prefixes }}
        onChange={(prefixes) => set({ sms_prefixes: prefixes })}
      />
      <TextInput
        {...{ label: policy.smsPerHour, description: policy.smsPerHourHint, value: String(draft.sms_per_hour) }}
        inputMode="numeric"
        onChange={(event) => set({ sms_per_hour: Number(event.currentTarget.value.replaceAll(/\D/g, '').slice(0, 7)) })}
      />
    </Group>
  )
}

const Passkeys = ({ draft, set }: Props) => {
  const { policy } = useMessages().signInSettings
  return (
    <Group title={policy.groups.passkeys}>
      <Lines
        {...{ label: policy.rpIds, description: policy.rpIdsHint, value: draft.passkey_rp_ids }}
        onChange={(ids) => set({ passkey_rp_ids: ids })}
      />
      <Lines
        {...{ label: policy.origins, description: policy.originsHint, value: draft.passkey_origins }}
        onChange={(origins) => set({ passkey_origins: origins })}
      />
      <Choice
        {...{ label: policy.attestation, value: draft.passkey_attestation, words: policy.attestations }}
        onChange={(attestation) => set({ passkey_attestation: attestation })}
      />
    </Group>
  )
}

export const PolicyFields = (props: Props) => (
  <>
    <Methods {...props} />
    <SignInPage {...props} />
    <SecondFactor {...props} />
    <Newcomers {...props} />
    <Sms {...props} />
    <Passkeys {...props} />
  </>
)
