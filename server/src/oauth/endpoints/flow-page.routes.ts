import type { TSchema } from 'typebox'
import type { EventType } from '../../events/events.ts'
import { type AnyRoute, browserAuth, type Context, type Reply, route } from '../../http/route.ts'
import type { Doors } from '../../login/login.ts'
import type { Assets } from '../../pages/frame.ts'
import type { Provider } from '../provider.ts'
import type { Guest } from './entrance.ts'
import { type Interaction, openInteraction } from './interaction.ts'
import { FlowQuery, pageResponses } from './page-responses.routes.ts'
import { type Form, isOwnForm } from './visitor.ts'

type PageReply = Reply<typeof pageResponses>
type Arrival = { readonly interaction: Interaction; readonly guest: Guest }

/** A page of a flow that is signed in on, and what its form does. */
export type FlowPage = {
  readonly path: string
  /** Whose browser it is for. */
  readonly who: string
  readonly get: { readonly summary: string; readonly noEvent: string; readonly draw: (arrival: Arrival) => Promise<PageReply> }
  readonly post: {
    readonly summary: string
    readonly max: number
    readonly events: readonly EventType[]
    readonly form: TSchema
    /** What the form is bound to, by the flow that it carries. */
    readonly formOf: (sealed: string) => Form
    /** `isOwn`: the form was drawn for this browser and flow, and no other site sent it. */
    readonly submit: (arrival: Arrival & { readonly isOwn: boolean }) => Promise<PageReply>
  }
}

type Deps = { readonly provider: Provider; readonly assets: Assets; readonly doors: Doors }
type Request = Context<ReturnType<typeof browserAuth>, { raw: TSchema }>

const arrive = async ({ provider, assets, doors }: Deps, context: Request) => {
  const opened = await openInteraction(provider, assets, context)
  const { ip, userAgent } = context.origin
  return opened.kind === 'answered' ? opened : { ...opened, guest: { doors, ip, userAgent } }
}

/** The two endpoints of a page: GET draws it, POST takes its form. */
export const flowPage = (deps: Deps, { path, who, get, post }: FlowPage): readonly AnyRoute[] => {
  const { provider } = deps
  const shared = {
    path,
    tag: 'pages',
    auth: browserAuth(who),
    isCredential: true,
    cors: 'never',
    failure: 'page',
    responses: pageResponses,
  } as const
  return [
    route({
      ...shared,
      method: 'GET',
      summary: get.summary,
      limit: { by: 'address', max: provider.limits.pages, seconds: 60 },
      audit: { none: get.noEvent },
      request: { raw: FlowQuery },
      handle: async (context) => {
        const arrived = await arrive(deps, context)
        return arrived.kind === 'answered' ? arrived.reply : get.draw(arrived)
      },
    }),
    route({
      ...shared,
      method: 'POST',
      summary: post.summary,
      limit: { by: 'address', max: post.max, seconds: 60 },
      audit: { event: post.events },
      request: { raw: post.form },
      handle: async (context) => {
        const arrived = await arrive(deps, context)
        if (arrived.kind === 'answered') return arrived.reply
        const { visitor, sealed, fields } = arrived.interaction
        const form = { form: post.formOf(sealed), token: fields.get('form_token'), headers: context.headers }
        return post.submit({ ...arrived, isOwn: isOwnForm(provider, visitor, form) })
      },
    }),
  ]
}
