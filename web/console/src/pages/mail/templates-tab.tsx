import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useAdmin, useLanguage, useMessages } from '../../console-context.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { PlainTable } from '../../parts/plain-table.tsx'

/** Every text that is sent, and where it was written anew. */
export const TemplatesTab = () => {
  const admin = useAdmin()
  const language = useLanguage()
  const { templates } = useMessages().mail
  const query = useQuery({
    queryKey: ['mail', 'templates'],
    queryFn: async ({ signal }) => (await admin.get('/mail/templates', { signal })).body.templates,
  })
  return (
    <Panel title={templates.title} intro={templates.intro}>
      <Loaded query={query}>
        {(rows) => (
          <PlainTable
            {...{ label: templates.title, rows, none: '' }}
            rowKey={({ template }) => template}
            columns={[
              {
                key: 'name',
                title: templates.name,
                cell: ({ template }) => (
                  <Link className="mono" to={`/mail/${template}/${language}`}>
                    {template}
                  </Link>
                ),
              },
              { key: 'anew', title: templates.anew, cell: ({ written_anew: anew }) => anew.join(', ') },
            ]}
          />
        )}
      </Loaded>
    </Panel>
  )
}
