import { useMessages } from '../../console-context.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { AttributesTab } from './attributes-tab.tsx'
import { ClaimsTab } from './claims-tab.tsx'
import { PolicyTab } from './policy-tab.tsx'
import { RegistrationTab } from './registration-tab.tsx'

export const Page = () => {
  const { title, intro, tabs } = useMessages().signInSettings
  return (
    <>
      <PageHead title={title} text={intro} />
      <Tabs
        label={tabs.label}
        tabs={[
          { name: 'policy', title: tabs.policy, content: () => <PolicyTab /> },
          { name: 'attributes', title: tabs.attributes, content: () => <AttributesTab /> },
          { name: 'claims', title: tabs.claims, content: () => <ClaimsTab /> },
          { name: 'registration', title: tabs.registration, content: () => <RegistrationTab /> },
        ]}
      />
    </>
  )
}
