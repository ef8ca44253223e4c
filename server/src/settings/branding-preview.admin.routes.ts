import { Type } from 'typebox'
import { AppError } from '../http/errors.ts'
import { type AnyRoute, permission, route } from '../http/route.ts'
import type { Branding } from '../pages/brand/branding.ts'
import { BrandingSetting, checkBrandingSetting } from './branding-setting.ts'
import type { CustomCssVerdict } from './custom-css.ts'
import { perActor, refusedSetting, settingsPath, shared } from './settings.admin.routes.ts'

export type BrandingPreviewDeps = {
  readonly limit: number
  readonly present: () => Promise<Branding | undefined>
  readonly checkCss: (text: string) => Promise<CustomCssVerdict>
  /** Seals a look that was checked; undefined where it is too large for an address. */
  readonly seal: (branding: Branding) => string | undefined
}

const Draft = Type.Object({ draft: Type.String({ description: 'The parameter `draft` of /interaction/preview; it works for a day.' }) })

/** A look that is not saved yet, to be seen on the hosted pages. */
export const brandingPreviewRoutes = (deps: BrandingPreviewDeps): readonly AnyRoute[] => [
  route({
    ...shared,
    method: 'POST',
    path: `${settingsPath}/branding/preview`,
    summary: 'Check a look and seal it as a draft for the preview of the hosted pages',
    description: 'Nothing is saved. A look that would be refused is refused here with the same problems.',
    // Whoever has the address sees the draft under the name of the tenant: it is for those who could save it.
    auth: permission('settings:write'),
    limit: perActor(deps),
    audit: { none: 'changes nothing' },
    request: { body: BrandingSetting },
    responses: { 200: Draft },
    handle: async ({ body }) => {
      const given = body as Readonly<Record<string, unknown>>
      const verdict = await checkBrandingSetting(given, { present: await deps.present(), checkCss: deps.checkCss })
      if (verdict.kind === 'refused') throw refusedSetting(verdict.problems)
      const draft = deps.seal(verdict.value)
      if (draft === undefined) {
        const detail = 'The draft is too large for an address. Leave out pictures in the CSS, or save it to see it.'
        throw new AppError({ status: 422, code: 'draft-too-large', detail })
      }
      return { status: 200, body: { draft } }
    },
  }),
]
