import { useMessages } from '../../console-context.tsx'
import { PageHead } from '../../parts/page-head.tsx'

export const Page = () => {
  const { sections, overview } = useMessages()
  return <PageHead title={sections.overview} text={overview.intro} />
}
