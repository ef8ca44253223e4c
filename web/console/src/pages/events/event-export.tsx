import { Dialog, DialogFoot } from '@custom-identity-platform/kit/dialog.tsx'
import { Button, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useAdmin, useMessages } from '../../console-context.tsx'
import { Download } from '../../parts/download.tsx'
import { useEventFilters } from './event-search.ts'

const formats = ['jsonl', 'csv'] as const

/** All that fits the filters, as a file. */
export const EventExport = () => {
  const { events, close } = useMessages()
  const admin = useAdmin()
  const filters = useEventFilters()
  const [isOpen, setOpen] = useState(false)
  const [format, setFormat] = useState<(typeof formats)[number]>('jsonl')
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {events.export}
      </Button>
      {isOpen ? (
        <Dialog title={events.exportTitle} onClose={() => setOpen(false)}>
          <p>{events.exportText}</p>
          <NativeSelect
            label={events.download.formats.label}
            value={format}
            data={formats.map((value) => ({ value, label: events.download.formats[value] }))}
            onChange={(event) => setFormat(event.currentTarget.value === 'csv' ? 'csv' : 'jsonl')}
          />
          <Download
            label={events.download.begin}
            name={`events.${format}`}
            start={(signal) => admin.stream('/events/export', { query: { ...filters, format }, signal })}
          />
          <DialogFoot>
            <Button variant="default" onClick={() => setOpen(false)}>
              {close}
            </Button>
          </DialogFoot>
        </Dialog>
      ) : null}
    </>
  )
}
