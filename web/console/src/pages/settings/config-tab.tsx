import { Notice, Panel } from '@custom-identity-platform/kit/panel.tsx'
import { saveFile } from '@custom-identity-platform/kit/save-file.ts'
import type { AdminAnswer } from '@custom-identity-platform/sdk'
import { Button, FileInput, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useAdmin, useMay, useMessages } from '../../console-context.tsx'
import { AskButton } from '../../parts/ask-button.tsx'
import { Checkbox } from '../../parts/checkbox.tsx'
import { CopyField } from '../../parts/copy-field.tsx'
import { Problem } from '../../parts/failure.tsx'
import { useAction } from '../../parts/use-action.ts'
import { ConfigChanges } from './config-changes.tsx'

type Planned = AdminAnswer<'post', '/config/plan'>['body']
type Applied = AdminAnswer<'post', '/config/apply'>
type Wanted = { readonly document: Record<string, unknown>; readonly prune: boolean }

const Download = () => {
  const admin = useAdmin()
  const { config } = useMessages().settings
  const { act, isPending, error } = useAction({
    run: async () => (await admin.get('/config')).body,
    done: (document) => saveFile('configuration.json', new Blob([JSON.stringify(document, null, 2)], { type: 'application/json' })),
  })
  return (
    <Panel title={config.title} intro={config.intro}>
      <div>
        <Button variant="default" loading={isPending} onClick={() => act()}>
          {config.download}
        </Button>
      </div>
      <Problem error={error} />
    </Panel>
  )
}

const read = (text: string): Record<string, unknown> | undefined => {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : undefined
  } catch {
    return undefined
  }
}

const Secrets = ({ applied }: { readonly applied: Applied }) => {
  const { parts, settings } = useMessages()
  if (applied.status !== 200 || applied.body.secrets.length === 0) return null
  return (
    <Notice kind="warn">
      <p>
        <strong>{settings.config.secrets}.</strong> {parts.secret.once}
      </p>
      {applied.body.secrets.map(({ section, key, secret }) => (
        <p key={`${section} ${key}`}>
          {section} {key}: <CopyField value={secret} label={key} />
        </p>
      ))}
    </Notice>
  )
}

type PlanProps = {
  readonly wanted: Wanted
  readonly planned: Planned
  readonly onApplied: (applied: Applied) => void
  readonly onBack: () => void
}

const Plan = ({ wanted, planned, onApplied, onBack }: PlanProps) => {
  const admin = useAdmin()
  const { config } = useMessages().settings
  return (
    <>
      {planned.changes.length === 0 ? <p role="status">{config.nothing}</p> : <ConfigChanges changes={planned.changes} />}
      {planned.needs_approval ? (
        <Notice>
          <p>{config.needsApproval}</p>
        </Notice>
      ) : null}
      <div className="form-foot">
        {planned.changes.length === 0 ? null : (
          <AskButton
            {...{ label: config.apply, said: config.applied, variant: 'filled' }}
            refresh={[['settings'], ['changes'], ['config']]}
            run={() => admin.post('/config/apply', { body: { ...wanted, plan: planned.plan } })}
            done={onApplied}
          >
            <p>{config.applyText}</p>
          </AskButton>
        )}
        <Button variant="default" onClick={onBack}>
          {config.again}
        </Button>
      </div>
    </>
  )
}

const Change = () => {
  const admin = useAdmin()
  const { config } = useMessages().settings
  const [text, setText] = useState('')
  const [prune, setPrune] = useState(false)
  const [planned, setPlanned] = useState<{ readonly wanted: Wanted; readonly plan: Planned }>()
  const [applied, setApplied] = useState<Applied>()
  const document = read(text)
  const { act, isPending, error } = useAction({
    run: async (wanted: Wanted) => ({ wanted, plan: (await admin.post('/config/plan', { body: wanted })).body }),
    done: setPlanned,
  })
  return (
    <Panel title={config.plan} intro={config.planIntro}>
      {applied === undefined ? null : <Secrets applied={applied} />}
      {planned === undefined ? (
        <>
          <Textarea
            {...{ label: config.document, description: config.documentHint, value: text, className: 'json-text' }}
            {...(text.trim() !== '' && document === undefined ? { error: config.notJson } : {})}
            autosize
            minRows={6}
            maxRows={24}
            spellCheck={false}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <FileInput label={config.file} accept=".json,application/json" onChange={(file) => void file?.text().then(setText)} />
          <Checkbox {...{ label: config.prune, description: config.pruneHint, isChecked: prune, onChange: setPrune }} />
          <Problem error={error} />
          <div>
            <Button loading={isPending} disabled={document === undefined} onClick={() => document && act({ document, prune })}>
              {config.see}
            </Button>
          </div>
        </>
      ) : (
        <Plan
          {...{ wanted: planned.wanted, planned: planned.plan }}
          onApplied={(answer) => {
            setApplied(answer)
            setPlanned(undefined)
            setText('')
          }}
          onBack={() => setPlanned(undefined)}
        />
      )}
    </Panel>
  )
}

/** The configuration as one document: out, and in by a plan. */
export const ConfigTab = () => {
  const may = useMay()
  return (
    <>
      <Download />
      {may('config:write') ? <Change /> : null}
    </>
  )
}
