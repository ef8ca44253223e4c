import { Button } from '@mantine/core'
import { useConsole } from '../console-context.tsx'

/** For somebody who is signed in and may administer nothing: why, and who can change that. */
export const NoRole = () => {
  const { me, messages, console } = useConsole()
  const { noRole, signOut } = messages
  const name = me.user?.username ?? me.user?.email ?? me.id
  return (
    <main className="alone">
      <div className="panel">
        <h1>{noRole.title}</h1>
        <p>{noRole.text(name)}</p>
        <div className="actions">
          <Button component="a" href={`${console.issuer}/account`}>
            {noRole.own}
          </Button>
          <Button variant="default" onClick={() => console.client.signOut(`${console.issuer}/console`)}>
            {signOut}
          </Button>
        </div>
      </div>
    </main>
  )
}
