import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { Empty, Panel, Row, Rows } from '@custom-identity-platform/kit/panel.tsx'
import type { LinkedIdentity } from '@custom-identity-platform/sdk'
import { useMessages } from '../account-context.tsx'
import { Loaded, PageHead, When } from '../parts.tsx'
import { useIdentities } from '../queries.ts'

const Identity = ({ identity }: { readonly identity: LinkedIdentity }) => {
  const { identities } = useMessages()
  const times = (
    <>
      {identities.linked} <When at={identity.linked_at} />, {identities.lastUsed} <When at={identity.last_used_at} />
    </>
  )
  return (
    <Row
      mark={<Icon name="link" />}
      title={identity.provider.name}
      lines={[identity.subject_hint === null ? null : identities.as(identity.subject_hint), times]}
    />
  )
}

export const Page = () => {
  const { pages, identities } = useMessages()
  return (
    <>
      <PageHead title={pages.identities}>{identities.intro}</PageHead>
      <Panel isOnlyOne title={identities.title}>
        <Loaded query={useIdentities()}>
          {(all) =>
            all.length === 0 ? (
              <Empty mark={<Icon name="link" size={32} />} title={identities.none}>
                <p>{identities.noneText}</p>
              </Empty>
            ) : (
              <Rows label={identities.title}>
                {all.map((one) => (
                  <Identity key={one.id} identity={one} />
                ))}
              </Rows>
            )
          }
        </Loaded>
      </Panel>
    </>
  )
}
