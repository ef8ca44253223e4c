import { Notice, Panel } from '@custom-identity-platform/kit/panel.tsx'
import { useQuery } from '@tanstack/react-query'
import { useAdmin, useConsole, useMessages } from '../../console-context.tsx'
import { CopyField } from '../../parts/copy-field.tsx'
import { DefinitionList } from '../../parts/definition-list.tsx'
import { Loaded } from '../../parts/loaded.tsx'
import { textIn } from '../clients/client-parts.tsx'
import { CodeBlock } from './code-block.tsx'
import { type KindName, kinds, type StackName } from './kinds.ts'
import { stacks, type Values } from './snippets.ts'
import { Waiting } from './waiting.tsx'

type Props = { readonly kind: KindName; readonly stack: StackName; readonly id: string; readonly secret: string | undefined }

const ItsValues = ({ kind, stack, values }: Pick<Props, 'kind' | 'stack'> & { readonly values: Values }) => {
  const { connect, parts } = useMessages()
  const { secret } = values
  return (
    <Panel title={connect.values} intro={connect.valuesIntro}>
      <div className="stack">
        <DefinitionList
          entries={[
            { term: connect.issuer, value: <CopyField value={values.issuer} label={connect.issuer} /> },
            { term: connect.id, value: <CopyField value={values.clientId} label={connect.id} /> },
            ...(secret === undefined ? [] : [{ term: connect.secret, value: <CopyField value={secret} label={connect.secret} /> }]),
          ]}
        />
        {kinds[kind].hasSecret ? (
          <Notice kind="warn">
            <p>{secret === undefined ? connect.secretGone : parts.secret.once}</p>
          </Notice>
        ) : null}
        <CodeBlock label={connect.environment} text={stacks[stack].environment(values)} />
      </div>
    </Panel>
  )
}

const Code = ({ stack, values }: Pick<Props, 'stack'> & { readonly values: Values }) => {
  const { connect } = useMessages()
  const { install, start, program } = stacks[stack]
  return (
    <Panel title={connect.code} intro={program === undefined ? connect.otherCode : connect.codeIntro}>
      <div className="stack">
        {install === undefined ? null : <CodeBlock label={connect.install} text={install} />}
        {program === undefined ? null : <CodeBlock label={connect.stacks[stack]} text={program(values)} />}
        {start === undefined ? null : <CodeBlock label={connect.start} text={start} />}
      </div>
    </Panel>
  )
}

/** What was registered: its values, the code with them, and the wait for the first sign-in. */
export const Connected = ({ kind, stack, id, secret }: Props) => {
  const admin = useAdmin()
  const { issuer } = useConsole().console
  const query = useQuery({
    queryKey: ['clients', 'one', id, 'connect'],
    queryFn: async ({ signal }) => (await admin.get('/clients/{id}', { path: { id }, signal })).body,
  })
  return (
    <Loaded query={query}>
      {(client) => {
        const values = { issuer, clientId: id, secret, scope: textIn(client, 'scope') }
        return (
          <>
            <ItsValues {...{ kind, stack, values }} />
            <Code {...{ stack, values }} />
            <Waiting {...{ kind, client }} />
          </>
        )
      }}
    </Loaded>
  )
}
