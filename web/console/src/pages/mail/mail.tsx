import { useMessages } from '../../console-context.tsx'
import { PageHead } from '../../parts/page-head.tsx'
import { Tabs } from '../../parts/tabs.tsx'
import { MessagesTab } from './messages-tab.tsx'
import { TemplatesTab } from './templates-tab.tsx'

export const Page = () => {
  const { sections, mail } = useMessages()
  const { tabs } = mail
  return (
    <>
      <PageHead title={sections.mail} text={mail.intro} />
      <Tabs
        label={tabs.label}
        tabs={[
          { name: 'messages', title: tabs.messages, content: () => <MessagesTab /> },
          { name: 'templates', title: tabs.templates, content: () => <TemplatesTab /> },
        ]}
      />
    </>
  )
}
