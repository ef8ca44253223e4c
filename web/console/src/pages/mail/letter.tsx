import { useEffect, useRef } from 'react'
import { useConsole, useMessages } from '../../console-context.tsx'
import { useFrameLook } from '../../parts/frame-look.tsx'

const frameName = 'letter'

type LetterProps = { readonly letter: string; readonly frame: ReturnType<typeof useFrameLook>['frame'] }

/** Brought by a form, since it is too long for an address; the page that shows it has a policy of its own, which lets the styles of a mail count. */
const Frame = ({ letter, frame }: LetterProps) => {
  const { issuer } = useConsole().console
  const { templates } = useMessages().mail
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => form.current?.submit(), [])
  return (
    <div className="preview letter">
      <form hidden method="post" action={`${issuer}/mail/preview`} target={frameName} ref={form}>
        <input type="hidden" name="letter" value={letter} />
      </form>
      <iframe {...frame} name={frameName} title={templates.frame} height={560} sandbox="" />
    </div>
  )
}

/** The HTML of a mail as a mail program shows it. */
export const Letter = ({ letter }: { readonly letter: string }) => {
  const { frame, choices } = useFrameLook()
  return (
    <>
      <div className="filters">{choices}</div>
      {/* A frame of its own for each letter, so that none of them is a step back in the history of the page. */}
      <Frame key={letter} {...{ letter, frame }} />
    </>
  )
}
