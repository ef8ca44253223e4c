import { useMay, useMessages } from '../../console-context.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { type Tab, Tabs } from '../../parts/tabs.tsx'
import { ChangesTab } from './changes-tab.tsx'
import { ConfigTab } from './config-tab.tsx'
import { VersionsTab } from './versions-tab.tsx'

export const Page = () => {
  const { sections, settings } = useMessages()
  const may = useMay()
  const { tabs } = settings
  const all: readonly (Tab & { readonly needs?: string })[] = [
    { name: 'changes', title: tabs.changes, content: () => <ChangesTab /> },
    { name: 'config', title: tabs.config, content: () => <ConfigTab />, needs: 'config:read' },
    { name: 'versions', title: tabs.versions, content: () => <VersionsTab />, needs: 'config:read' },
  ]
  return (
    <>
      <PageHead title={sections.settings} text={settings.intro} />
      <Tabs label={tabs.label} tabs={all.filter(({ needs }) => needs === undefined || may(needs))} />
    </>
  )
}
