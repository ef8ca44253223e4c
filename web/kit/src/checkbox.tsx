import { type ReactNode, useId } from 'react'

type CheckboxProps = {
  readonly label: ReactNode
  readonly description?: ReactNode
  readonly isChecked: boolean
  readonly isDisabled?: boolean
  readonly onChange: (isChecked: boolean) => void
}

/** A yes or no. */
export const Checkbox = ({ label, description, isChecked, isDisabled = false, onChange }: CheckboxProps) => {
  const id = useId()
  return (
    <div className="checkbox">
      <input
        type="checkbox"
        id={id}
        checked={isChecked}
        disabled={isDisabled}
        aria-describedby={description === undefined ? undefined : `${id}-more`}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      <label htmlFor={id}>{label}</label>
      {description === undefined ? null : (
        <p className="quiet" id={`${id}-more`}>
          {description}
        </p>
      )}
    </div>
  )
}
