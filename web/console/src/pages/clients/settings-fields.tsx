import { NativeSelect, Textarea, TextInput } from '@mantine/core'
import { useMessages } from '../../console-context.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import type { Draft } from './settings-draft.ts'

export type Part = {
  readonly draft: Draft
  readonly errors: Readonly<Partial<Record<keyof Draft, string>>>
  readonly set: (members: Partial<Draft>) => void
}

type Texts = { [K in keyof Draft]: Draft[K] extends string ? K : never }[keyof Draft]
type FieldProps = Part & { readonly name: Texts; readonly label: string; readonly hint?: string; readonly isWide?: boolean }

const Line = ({ draft, errors, set, name, label, hint, isWide = false }: FieldProps) => (
  <TextInput
    {...{ label, value: draft[name], error: errors[name] }}
    {...(hint === undefined ? {} : { description: hint })}
    {...(isWide ? { className: 'wide' } : {})}
    inputWrapperOrder={['label', 'input', 'error', 'description']}
    autoComplete="off"
    spellCheck={false}
    onChange={(event) => set({ [name]: event.currentTarget.value })}
  />
)

const Lines = ({ draft, errors, set, name, label, hint }: FieldProps) => (
  <Textarea
    {...{ label, description: hint, value: draft[name], error: errors[name] }}
    className="wide"
    autosize
    minRows={2}
    maxRows={12}
    autoComplete="off"
    spellCheck={false}
    onChange={(event) => set({ [name]: event.currentTarget.value })}
  />
)

const Choice = ({ draft, set, name, label, choices }: FieldProps & { readonly choices: Readonly<Record<string, string>> }) => (
  <NativeSelect
    {...{ label, value: draft[name] }}
    data={Object.entries(choices).map(([value, text]) => ({ value, label: text }))}
    onChange={(event) => set({ [name]: event.currentTarget.value })}
  />
)

export const General = (part: Part) => {
  const words = useMessages().clientSettings
  return (
    <div className="fields">
      <Line {...part} name="name" label={words.name} />
      <Line {...part} name="uri" label={words.uri} />
      <Line {...part} name="logo" label={words.logo} hint={words.logoHint} />
      <Line {...part} name="policy" label={words.policy} />
      <Line {...part} name="terms" label={words.terms} />
      <Lines {...part} name="contacts" label={words.contacts} hint={words.contactsHint} />
      <div className="wide">
        <Checkbox
          label={words.firstParty}
          description={words.firstPartyHint}
          isChecked={part.draft.firstParty}
          onChange={(firstParty) => part.set({ firstParty })}
        />
      </div>
    </div>
  )
}

export const Addresses = (part: Part) => {
  const words = useMessages().clientSettings
  return (
    <div className="fields">
      <fieldset>
        <legend>{words.addresses}</legend>
        <div className="stack">
          <p className="quiet">{words.addressesIntro}</p>
          <Lines {...part} name="redirects" label={words.redirects} hint={words.redirectsHint} />
          <Lines {...part} name="postLogout" label={words.postLogout} hint={words.postLogoutHint} />
          <Line {...part} name="backchannel" label={words.backchannel} hint={words.backchannelHint} />
          <Line {...part} name="initiate" label={words.initiate} hint={words.initiateHint} />
        </div>
      </fieldset>
    </div>
  )
}

const toggled = (all: readonly string[], one: string, isThere: boolean): readonly string[] =>
  isThere ? [...all, one] : all.filter((other) => other !== one)

const Grants = ({ draft, set }: Part) => {
  const words = useMessages().clientSettings
  const known = Object.entries(words.grantNames).filter(([grant]) => grant !== 'implicit' || draft.grants.includes(grant))
  return (
    <fieldset>
      <legend>{words.grants}</legend>
      <div className="stack">
        {known.map(([grant, name]) => (
          <Checkbox
            key={grant}
            label={name}
            description={words.grantHints[grant]}
            isChecked={draft.grants.includes(grant)}
            onChange={(isThere) => set({ grants: toggled(draft.grants, grant, isThere) })}
          />
        ))}
      </div>
    </fieldset>
  )
}

export const Protocol = (part: Part) => {
  const words = useMessages().clientSettings
  return (
    <div className="fields">
      <fieldset>
        <legend>{words.protocol}</legend>
        <div className="stack">
          <p className="quiet">{words.protocolIntro}</p>
          <Choice {...part} name="method" label={words.method} choices={words.methods} />
          <Line {...part} name="jwksUri" label={words.jwksUri} hint={words.jwksUriHint} />
          <Line {...part} name="scope" label={words.scope} hint={`${words.scopeHint} ${words.scopeAdmin}`} isWide />
          <Lines {...part} name="resources" label={words.resources} hint={words.resourcesHint} />
        </div>
      </fieldset>
      <Grants {...part} />
    </div>
  )
}

const algorithms = { RS256: 'RS256', ES256: 'ES256', PS256: 'PS256', EdDSA: 'EdDSA' }

export const Security = (part: Part) => {
  const words = useMessages().clientSettings
  const flags = [
    ['requirePar', words.requirePar, words.requireParHint],
    ['requireSigned', words.requireSigned, words.requireSignedHint],
    ['refreshWithoutOffline', words.refreshWithoutOffline, words.refreshWithoutOfflineHint],
  ] as const
  return (
    <div className="fields">
      <fieldset>
        <legend>{words.security}</legend>
        <div className="stack">
          <p className="quiet">{words.securityIntro}</p>
          <Choice {...part} name="idTokenAlg" label={words.idTokenAlg} choices={algorithms} />
          <Choice {...part} name="subject" label={words.subject} choices={words.subjects} />
          <Line {...part} name="maxAge" label={words.maxAge} hint={words.maxAgeHint} />
          {flags.map(([name, label, hint]) => (
            <Checkbox
              key={name}
              label={label}
              description={hint}
              isChecked={part.draft[name]}
              onChange={(isChecked) => part.set({ [name]: isChecked })}
            />
          ))}
        </div>
      </fieldset>
    </div>
  )
}
