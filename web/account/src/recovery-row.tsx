import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Pill, Row } from '@custom-identity-platform/kit/panel.tsx'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { useApi, useMessages } from './account-context.tsx'
import { Confirm } from './parts.tsx'
import { useRefresh } from './queries.ts'
import { RecoveryCodes } from './recovery-codes.tsx'
import { useAction, useSensitive } from './step-up.tsx'

const fewCodes = 3

export const RecoveryRow = ({ left }: { readonly left: number }) => {
  const [api, refresh] = [useApi(), useRefresh()]
  const { secondFactor } = useMessages()
  const [isOpen, setOpen] = useState(false)
  const [codes, setCodes] = useState<readonly string[]>()
  const sensitive = useSensitive('recovery-codes', () => setOpen(true))
  const { act, isPending, problem } = useAction({
    run: () => api.makeRecoveryCodes(),
    done: ({ codes: made }) => {
      setOpen(false)
      setCodes(made)
      return refresh('factors')
    },
    sensitive,
  })
  const words = left === 0 ? secondFactor.make : secondFactor.makeNew
  return (
    <>
      <Row
        mark={<Icon name="key" />}
        title={secondFactor.recovery}
        pill={<Pill kind={left === 0 ? 'plain' : left < fewCodes ? 'warn' : 'good'}>{secondFactor.left(left)}</Pill>}
        lines={[secondFactor.recoveryText]}
        actions={
          <Button variant="default" size="xs" onClick={() => sensitive.begin()}>
            {words}
          </Button>
        }
      />
      {isOpen ? (
        <Confirm
          {...{ title: left === 0 ? secondFactor.make : secondFactor.makeTitle, yes: words, isDangerous: left > 0 }}
          {...{ text: left === 0 ? secondFactor.recoveryText : secondFactor.makeText, isBusy: isPending, problem }}
          {...{ onYes: () => act(), onClose: () => setOpen(false) }}
        />
      ) : null}
      {codes === undefined ? null : <RecoveryCodes codes={codes} onClose={() => setCodes(undefined)} />}
    </>
  )
}
