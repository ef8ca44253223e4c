import type { ReactNode } from 'react'
import { useWords } from './words.tsx'

// In the order of the list of texts, which is that of what one meets first.
const inOrder = (known: readonly string[], permissions: readonly string[]): readonly string[] => [
  ...known.filter((one) => permissions.includes(one)),
  ...permissions.filter((one) => !known.includes(one)),
]

/** Permissions in words, each behind a mark. */
export const PermissionList = ({ permissions, mark }: { readonly permissions: readonly string[]; readonly mark: ReactNode }) => {
  const { permissions: words } = useWords()
  return (
    <ul className="area-permissions">
      {inOrder(Object.keys(words), permissions).map((one) => (
        <li key={one}>
          <span aria-hidden="true">{mark}</span>
          {words[one] ?? one}
        </li>
      ))}
    </ul>
  )
}
