import { Icon } from '@custom-identity-platform/kit/icons.tsx'
import { pluralIn } from '@custom-identity-platform/kit/plural.ts'
import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useEffect, useId, useRef, useState } from 'react'
import { useLanguage, useMessages } from '../console-context.tsx'
import { type Hit, useHits } from './palette-hits.ts'

type ListProps = { readonly id: string; readonly hits: readonly Hit[]; readonly chosen: number; readonly onOpen: (hit: Hit) => void }

const Hits = ({ id, hits, chosen, onOpen }: ListProps) => {
  const { palette } = useMessages()
  return (
    <div className="palette-hits" role="listbox" id={id} aria-label={palette.title}>
      {hits.map((hit, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the field above keeps the focus and names the chosen option (ARIA combobox)
        // biome-ignore lint/a11y/useKeyWithClickEvents: the field above takes the keys
        <div key={hit.key} role="option" id={`${id}-${index}`} aria-selected={index === chosen} onClick={() => onOpen(hit)}>
          <Icon name={hit.icon} size={18} />
          <span className="palette-title">{hit.title}</span>
          <span className="quiet">{hit.more ?? palette.kinds[hit.kind]}</span>
        </div>
      ))}
    </div>
  )
}

/** Where the arrow keys lead in a list that goes round. */
const moved = (key: string, chosen: number, count: number): number | undefined => {
  if (count === 0) return undefined
  if (key === 'ArrowDown') return (chosen + 1) % count
  if (key === 'ArrowUp') return (chosen + count - 1) % count
  return undefined
}

/** Open from the start, with what is chosen in sight. */
const useOpened = (chosenId: string) => {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    dialog.current?.showModal()
  }, [])
  useEffect(() => {
    document.getElementById(chosenId)?.scrollIntoView({ block: 'nearest' })
  }, [chosenId])
  return dialog
}

/** Opens anything by its name, without the mouse. */
export const Palette = ({ onClose }: { readonly onClose: () => void }) => {
  const { palette } = useMessages()
  const language = useLanguage()
  const navigate = useNavigate()
  const listId = useId()
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const { hits, isSearching } = useHits(typed)
  const chosen = Math.min(at, Math.max(hits.length - 1, 0))
  const dialog = useOpened(`${listId}-${chosen}`)
  const open = (hit: Hit): void => {
    onClose()
    void navigate({ to: hit.to, search: hit.search ?? {} })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const next = moved(event.key, chosen, hits.length)
    const hit = hits[chosen]
    if (next === undefined && (event.key !== 'Enter' || hit === undefined)) return
    event.preventDefault()
    if (next !== undefined) setAt(next)
    else if (hit !== undefined) open(hit)
  }
  const count = pluralIn(language)(hits.length, palette.found)
  return (
    <dialog ref={dialog} className="palette" aria-label={palette.title} onClose={onClose}>
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-activedescendant={hits.length > 0 ? `${listId}-${chosen}` : undefined}
        aria-label={palette.label}
        placeholder={palette.open}
        value={typed}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.currentTarget.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <Hits id={listId} hits={hits} chosen={chosen} onOpen={open} />
      <p className="palette-foot quiet" role="status">
        {isSearching ? palette.searching : hits.length === 0 ? palette.nothing(typed) : `${count}. ${palette.hint}`}
      </p>
    </dialog>
  )
}
