import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useMessages } from '../console-context.tsx'
import { PageHead } from '../parts/page-head.tsx'

export const NotFound = () => {
  const { notFound } = useMessages()
  return (
    <>
      <PageHead title={notFound.title} text={notFound.text} />
      <p>
        <Link to="/">{notFound.back}</Link>
      </p>
    </>
  )
}

/** Stands for a page that has failed; the rest of the console goes on. */
export const Crashed = () => {
  const { crash } = useMessages()
  return (
    <div role="alert" className="stack">
      <PageHead title={crash.title} text={crash.text} />
      <div>
        <Button onClick={() => location.reload()}>{crash.again}</Button>
      </div>
    </div>
  )
}

export const NotAllowed = ({ permission }: { readonly permission: string }) => {
  const { notAllowed } = useMessages()
  return <PageHead title={notAllowed.title} text={notAllowed.text(permission)} />
}
