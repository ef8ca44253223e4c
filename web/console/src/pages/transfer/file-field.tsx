import { useId } from 'react'

/** The browser's own way to choose a file: it works by keyboard and takes what is dropped on it. */
export const FileField = ({ label, onFile }: { readonly label: string; readonly onFile: (file: File) => void }) => {
  const id = useId()
  return (
    <div className="stack-tight">
      <label htmlFor={id} className="field-label">
        {label}
      </label>
      <input
        id={id}
        type="file"
        className="file-field"
        accept=".csv,.jsonl,.ndjson,.json,text/csv,application/jsonl"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0]
          if (file !== undefined) onFile(file)
        }}
      />
    </div>
  )
}
