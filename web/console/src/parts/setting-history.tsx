import { Panel } from '@custom-identity-platform/kit/panel.tsx'
import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useAdmin, useMay, useMessages } from '../console-context.tsx'
import { AskButton } from './ask-button.tsx'
import { DiffTable } from './diff-table.tsx'
import { Failure } from './failure.tsx'
import { differencesOf } from './setting-diff.ts'
import { Time } from './time-ago.tsx'
import { type SettingName, settingCalls, settingKey } from './use-setting.ts'

type Version = {
  readonly version: number
  readonly changed_at: string
  readonly via: string
  readonly actor: string | null
  readonly value: unknown
}
type Words = Readonly<Record<string, string>>
type EntryProps = {
  readonly name: SettingName
  readonly entry: Version
  readonly before: Version | undefined
  readonly now: Version
  readonly names: Words
}

const Entry = ({ name, entry, before, now, names }: EntryProps) => {
  const admin = useAdmin()
  const may = useMay()
  const { setting } = useMessages().parts
  const back = differencesOf(now.value, entry.value)
  return (
    <details className="version">
      <summary>
        <strong>{setting.version(entry.version)}</strong> <Time at={entry.changed_at} />{' '}
        <span className="quiet">{entry.actor ?? setting.commandLine}</span>
      </summary>
      <div className="stack">
        {before === undefined ? (
          <p className="quiet">{setting.first}</p>
        ) : (
          <DiffTable differences={differencesOf(before.value, entry.value)} names={names} />
        )}
        {back.length === 0 || !may('settings:write') ? null : (
          <div>
            <AskButton
              {...{ label: setting.revert, about: setting.version(entry.version), refresh: [settingKey(name), ['changes']] }}
              said={setting.reverted}
              run={() => settingCalls(admin, name).revert(entry.version)}
            >
              <p>{setting.revertText}</p>
              <DiffTable differences={back} names={names} />
            </AskButton>
          </div>
        )}
      </div>
    </details>
  )
}

/** What a setting was: what each version changed, when and by whom, and how to go back to it. */
export const SettingHistory = ({ name, names = {} }: { readonly name: SettingName; readonly names?: Words }) => {
  const admin = useAdmin()
  const { parts } = useMessages()
  const { setting } = parts
  const query = useInfiniteQuery({
    queryKey: [...settingKey(name), 'history'],
    initialPageParam: '',
    queryFn: async ({ pageParam, signal }) => {
      const { body } = await settingCalls(admin, name).history(pageParam === '' ? {} : { cursor: pageParam }, signal)
      return body as { readonly versions: readonly Version[]; readonly next: string | null }
    },
    getNextPageParam: ({ next }) => next ?? undefined,
  })
  const versions = query.data?.pages.flatMap((page) => page.versions) ?? []
  const now = versions[0]
  return (
    <Panel title={setting.history} intro={setting.historyIntro}>
      {query.isError ? <Failure error={query.error} onRetry={query.refetch} /> : null}
      {now === undefined && query.isSuccess ? <p className="quiet">{setting.historyNone}</p> : null}
      {now === undefined
        ? null
        : versions.map((entry, index) => <Entry key={entry.version} {...{ name, entry, now, names }} before={versions[index + 1]} />)}
      {query.hasNextPage ? (
        <Button variant="default" size="xs" loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {setting.older}
        </Button>
      ) : null}
    </Panel>
  )
}
