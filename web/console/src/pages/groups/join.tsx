import { useAdmin, useMessages } from '../../console-context.tsx'
import { Problem } from '../../parts/failure.tsx'
import { PersonFinder } from '../../parts/person-finder.tsx'
import { useAction } from '../../parts/use-action.ts'

/** Finds somebody by the beginning of a name, and lets them join. */
export const Join = ({ group: id, refresh }: { readonly group: string; readonly refresh: readonly string[] }) => {
  const admin = useAdmin()
  const { userGroups } = useMessages()
  const { find, findHint, found, foundNone, join } = userGroups
  const { act, error, isPending } = useAction({
    run: ({ userId }: { userId: string; clear: () => void }) => admin.put('/groups/{id}/members/{userId}', { path: { id, userId } }),
    ...{ said: userGroups.joinedToast, refresh: [refresh], done: (_: unknown, { clear }: { clear: () => void }) => clear() },
  })
  return (
    <div className="stack">
      <PersonFinder
        words={{ find, findHint, found, foundNone, pick: join }}
        isBusy={isPending}
        onPick={({ id: userId }, clear) => act({ userId, clear })}
      />
      <Problem error={error} />
    </div>
  )
}
