import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Empty, Notice, Panel, Pill, Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import { canUsePasskeys, type Passkey } from '@custom-identity-platform/sdk'
import { Button } from '@mantine/core'
import { useMessages } from '../account-context.tsx'
import { Loaded, PageHead, When } from '../parts.tsx'
import { AddPasskey, RemovePasskey, RenamePasskey } from '../passkey-actions.tsx'
import { useFactors } from '../queries.ts'

const OnePasskey = ({ passkey, onRename, onRemove }: { passkey: Passkey; onRename: () => void; onRemove: () => void }) => {
  const { passkeys, rename, remove } = useMessages()
  return (
    <Row
      mark={<Icon name="passkey" />}
      title={passkey.name}
      pill={<Pill kind={passkey.backed_up ? 'good' : 'plain'}>{passkey.backed_up ? passkeys.synced : passkeys.onlyHere}</Pill>}
      lines={[
        <>
          {passkeys.created} <When at={passkey.created_at} /> · {passkeys.used} <When at={passkey.last_used_at} />
        </>,
      ]}
      actions={
        <>
          <Button variant="default" size="xs" aria-label={`${rename}: ${passkey.name}`} onClick={onRename}>
            {rename}
          </Button>
          <Button variant="subtle" color="red" size="xs" aria-label={`${remove}: ${passkey.name}`} onClick={onRemove}>
            {remove}
          </Button>
        </>
      }
    />
  )
}

const List = ({ all }: { readonly all: readonly Passkey[] }) => {
  const { passkeys } = useMessages()
  if (all.length === 0)
    return (
      <Empty mark={<Icon name="passkey" size={32} />} title={passkeys.none}>
        <p>{passkeys.noneText}</p>
      </Empty>
    )
  return (
    <RenamePasskey>
      {(rename) => (
        <RemovePasskey all={all}>
          {(remove) => (
            <Rows label={passkeys.yours}>
              {all.map((one) => (
                <OnePasskey key={one.id} passkey={one} onRename={() => rename(one)} onRemove={() => remove(one)} />
              ))}
            </Rows>
          )}
        </RemovePasskey>
      )}
    </RenamePasskey>
  )
}

export const Page = () => {
  const { pages, passkeys } = useMessages()
  const isAble = canUsePasskeys()
  return (
    <>
      <PageHead title={pages.passkeys}>{passkeys.intro}</PageHead>
      <Panel title={passkeys.yours} action={isAble ? <AddPasskey /> : undefined}>
        {isAble ? null : (
          <Notice kind="warn">
            <p>{passkeys.unsupported}</p>
          </Notice>
        )}
        <Loaded query={useFactors()}>{({ passkeys: all }) => <List all={all} />}</Loaded>
      </Panel>
    </>
  )
}
