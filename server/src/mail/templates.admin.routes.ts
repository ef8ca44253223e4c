import { Type } from 'typebox'
import type { EventMaker } from '../events/events.ts'
import { empty } from '../http/content.ts'
import { AppError, changedMeanwhile, notFoundError } from '../http/errors.ts'
import { demandedVersion, etagOf } from '../http/etag.ts'
import { type AnyRoute, permission, route } from '../http/route.ts'
import { sha256Text } from '../platform/digest.ts'
import { mailLanguages } from './languages.ts'
import { checkOverride, type TemplateOverride, type TemplateOverrides, withOverride } from './overrides.ts'
import { printMessage } from './print-message.ts'
import { sampleWords, type TemplateName, templateNames, wordNames } from './templates.ts'

type Acting = Pick<EventMaker, 'make'> & { readonly actor: string }

export type TemplateRoutesDeps = {
  readonly limit: number
  readonly publicUrl: string
  readonly brand: () => Promise<string>
  readonly overrides: () => Promise<TemplateOverrides>
  /** Seals the HTML of a mail to be looked at; undefined where it is too large. */
  readonly seal: (html: string) => string | undefined
  /** Changes what was written anew, in one transaction with its event, after every other change of it. */
  readonly change: (acting: Acting, change: (before: TemplateOverrides | undefined) => TemplateOverrides) => Promise<void>
}

export const mailPath = '/admin/v1/mail'
export const shared = { tag: 'mail', cors: 'never', failure: 'problem', isCredential: true } as const
export const perActor = ({ limit }: { readonly limit: number }, max = limit) =>
  ({ by: 'actor', max: Math.min(limit, max), seconds: 60 }) as const

const path = `${mailPath}/templates`
const onePath = `${path}/:template/:language`

const Parts = Type.Object(
  {
    subject: Type.Optional(Type.String({ maxLength: 200 })),
    text: Type.Optional(Type.String({ maxLength: 65_536 })),
    html: Type.Optional(Type.String({ maxLength: 65_536 })),
  },
  { additionalProperties: false, examples: [{ subject: '{code} is your code for {brand}' }] },
)
const Draft = Type.Object(
  {
    ...Parts.properties,
    only_these: Type.Optional(Type.Boolean({ description: 'As it would be once these parts are saved: with none of them as it came.' })),
  },
  { additionalProperties: false, examples: [{ subject: '{code} is your code for {brand}' }] },
)
const Template = Type.Object({
  template: Type.String(),
  language: Type.String(),
  words: Type.Array(Type.String({ description: 'What stands in braces in a part is filled in.' })),
  parts: Type.Object(Parts.properties, { description: 'What was written anew; the rest is as it came.' }),
})
const Printed = Type.Object({
  subject: Type.String(),
  text: Type.String(),
  html: Type.String(),
  letter: Type.Union([Type.String(), Type.Null()], {
    description:
      'The HTML as a form brings it to /mail/preview within ten minutes; null of parts that are not saved, for whoever may not save them.',
  }),
})

type Place = { readonly template: TemplateName; readonly language: string }

const placeOf = (params: Readonly<Record<string, string>>): Place => {
  const template = templateNames.find((name) => name === params['template'])
  const language = mailLanguages.find(({ tag }) => tag === params['language'])
  if (template === undefined || language === undefined) throw notFoundError('template in this language')
  return { template, language: language.tag }
}

const partsAt = (all: TemplateOverrides | undefined, { template, language }: Place): TemplateOverride => all?.[template]?.[language] ?? {}
const versionOf = ({ subject, text, html }: TemplateOverride): string => sha256Text(JSON.stringify([subject, text, html])).slice(0, 32)

const view = (place: Place, parts: TemplateOverride) => ({
  status: 200 as const,
  body: { ...place, words: [...wordNames(place.template), 'brand'], parts },
  headers: { etag: etagOf(versionOf(parts)) },
})

const assertFit = (template: TemplateName, parts: TemplateOverride): void => {
  const check = checkOverride(template, parts)
  if (check.kind === 'refused') throw new AppError({ status: 422, code: 'invalid-template', detail: check.reason })
}

const list = (deps: TemplateRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path,
    summary: 'Templates of messages, and the languages in which a part was written anew',
    auth: permission('mail:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: {
      200: Type.Object({
        languages: Type.Array(Type.String()),
        templates: Type.Array(
          Type.Object({ template: Type.String(), words: Type.Array(Type.String()), written_anew: Type.Array(Type.String()) }),
        ),
      }),
    },
    handle: async () => {
      const all = await deps.overrides()
      const templates = templateNames.map((template) => ({
        ...{ template, words: [...wordNames(template), 'brand'] },
        written_anew: Object.entries(all[template] ?? {}).flatMap(([language, parts]) => (Object.keys(parts).length > 0 ? [language] : [])),
      }))
      return { status: 200, body: { languages: mailLanguages.map(({ tag }) => tag), templates } }
    },
  })

const one = (deps: TemplateRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'GET',
    path: onePath,
    summary: 'What was written anew of a template in a language, and which words it has',
    auth: permission('mail:read'),
    limit: perActor(deps),
    audit: { none: 'reads only' },
    responses: { 200: Template },
    handle: async ({ params }) => {
      const place = placeOf(params)
      return view(place, partsAt(await deps.overrides(), place))
    },
  })

type Context = {
  readonly actor: { readonly kind: string; readonly id: string }
  readonly events: EventMaker
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
}

const save = (deps: TemplateRoutesDeps, { actor, events, headers }: Context, at: { place: Place; parts: TemplateOverride | undefined }) => {
  const version = demandedVersion(headers)
  return deps.change({ make: events.make, actor: `${actor.kind} ${actor.id}` }, (before = {}) => {
    if (version !== undefined && version !== versionOf(partsAt(before, at.place))) throw changedMeanwhile()
    return withOverride(before, at.place, at.parts)
  })
}

const write = (deps: TemplateRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'PUT',
    path: onePath,
    summary: 'Write parts of a template anew; those that are left out are as they came',
    auth: permission('mail:write'),
    limit: perActor(deps),
    audit: { event: 'setting.saved' },
    request: { body: Parts },
    responses: { 200: Template },
    handle: async ({ params, body, ...context }) => {
      const place = placeOf(params)
      assertFit(place.template, body)
      await save(deps, context, { place, parts: body })
      return view(place, body)
    },
  })

const reset = (deps: TemplateRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'DELETE',
    path: onePath,
    summary: 'Go back to the text that comes with the platform',
    auth: permission('mail:write'),
    limit: perActor(deps),
    audit: { event: 'setting.saved' },
    responses: { 204: empty },
    handle: async ({ params, ...context }) => {
      await save(deps, context, { place: placeOf(params), parts: undefined })
      return { status: 204, body: undefined }
    },
  })

const preview = (deps: TemplateRoutesDeps): AnyRoute =>
  route({
    ...shared,
    method: 'POST',
    path: `${onePath}/preview`,
    summary: 'Print a template with sample words, with these parts in place of the saved ones',
    description: 'Nothing is saved or sent. Without a part it is printed as it is now.',
    auth: permission('mail:read'),
    limit: perActor(deps),
    audit: { none: 'changes nothing' },
    request: { body: Draft },
    responses: { 200: Printed },
    handle: async ({ params, body: { only_these: isWhole = false, ...parts }, actor }) => {
      const place = placeOf(params)
      assertFit(place.template, parts)
      const saved = partsAt(await deps.overrides(), place)
      const isNone = Object.keys(parts).length === 0
      const override = isNone && !isWhole ? saved : parts
      const words = sampleWords(place.template, deps.publicUrl)
      const printed = printMessage({ ...place, words, brand: { name: await deps.brand() }, override })
      // A sealed letter is shown under the address of the tenant: words of one's own are for whoever could send them.
      const mayShow = isNone || actor.permissions.has('mail:write') || versionOf(parts) === versionOf(saved)
      return { status: 200, body: { ...printed, letter: (mayShow ? deps.seal(printed.html) : undefined) ?? null } }
    },
  })

/** Templates of messages, below `/admin/v1/mail/templates`. */
export const templatesAdminRoutes = (deps: TemplateRoutesDeps): readonly AnyRoute[] => [
  list(deps),
  one(deps),
  write(deps),
  reset(deps),
  preview(deps),
]
