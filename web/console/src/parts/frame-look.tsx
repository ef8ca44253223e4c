import { useState } from 'react'
import { useMessages } from '../console-context.tsx'
import { Choice } from './choice.tsx'

/** In which appearance and how wide a preview is shown: for its frame, and the fields to choose by. */
export const useFrameLook = () => {
  const { preview } = useMessages().branding
  const [scheme, setScheme] = useState<keyof typeof preview.schemes>('light')
  const [width, setWidth] = useState<keyof typeof preview.widths>('100%')
  return {
    frame: { width, style: { colorScheme: scheme } },
    choices: (
      <>
        <Choice {...{ label: preview.scheme, value: scheme, words: preview.schemes, onChange: setScheme }} />
        <Choice {...{ label: preview.width, value: width, words: preview.widths, onChange: setWidth }} />
      </>
    ),
  }
}
