import { type TSchema, Type } from 'typebox'
import type { ItemOutcome, SectionItems } from './admin/config-run.job.ts'
import type { Item } from './admin/document.ts'
import { done, type Parts, type SectionOf } from './compose-config-parts.ts'
import { branding, settingKindsOf } from './compose-setting-kinds.ts'
import { record } from './events/events.store.ts'
import { mailLanguages } from './mail/languages.ts'
import { checkOverride, type TemplateName, type TemplateOverride, type TemplateOverrides, templateSetting } from './mail/mail.ts'
import { isTemplateName, templateNames } from './mail/templates.ts'
import type { Branding } from './pages/brand/branding.ts'
import { isStorable } from './platform/storable.ts'
import { checkLogo, type StoredLogo, saveBranding } from './settings/branding.job.ts'
import { logoKey } from './settings/branding.ts'
import { BrandingSetting } from './settings/branding-setting.ts'
import type { SettingKind } from './settings/settings.admin.routes.ts'
import { changeSetting, readSetting, type SettingDeps, saveSetting } from './settings/settings.job.ts'

type At = Parameters<SectionOf['items']>

const refused = (sentence: string, at: readonly string[] = []): ItemOutcome => ({ kind: 'refused', sentence, at })

const depsOf = ({ tenantId }: Parts, ...[tx, { via, make, actor, approval }]: At): SettingDeps => ({
  ...{ db: tx, tenantId, record },
  operator: { via, make, actor, approval },
})

// Among settings a logo is a name alone: here the picture goes with it, so that it comes along to another installation.
const BrandingWithLogo = Type.Object(
  {
    ...BrandingSetting.properties,
    logo: Type.Optional(
      Type.Object(
        { hash: Type.Optional(Type.String()), media_type: Type.Optional(Type.String()), base64: Type.String({ maxLength: 90_000 }) },
        { additionalProperties: false },
      ),
    ),
  },
  { additionalProperties: false },
)

const withPicture = (shown: Item, logo: StoredLogo | undefined): Item =>
  shown['logo'] === undefined || logo === undefined ? shown : { ...shown, logo: { ...(shown['logo'] as Item), base64: logo.base64 } }

const saveLook = async (deps: SettingDeps, item: Item, present: unknown): Promise<ItemOutcome> => {
  const { logo: given, ...rest } = item as Item & { readonly logo?: { readonly base64: string } }
  const picture = given === undefined ? undefined : checkLogo(Buffer.from(given.base64, 'base64'))
  if (picture?.kind === 'refused') return refused(picture.problem, ['logo'])
  const verdict = await branding.check(rest, present)
  if (verdict.kind === 'refused') return refused(verdict.problems.join(' '))
  const logo = picture?.logo
  const reference = logo === undefined ? {} : { logo: { hash: logo.hash, mediaType: logo.mediaType } }
  const value = { ...(verdict.value as Branding), ...reference }
  const saved = await saveBranding(deps, { change: () => value, logo })
  return saved.kind === 'saved' ? done : refused('The look could not be saved. Try again.')
}

const settingItems = (parts: Parts, ...[tx, acting]: At): SectionItems => {
  const deps = depsOf(parts, tx, acting)
  const { tenantId } = parts
  const kinds = settingKindsOf(parts.config.outboundAllow)
  const stored = (key: string): Promise<unknown> => readSetting(tenantId, tx, key)
  const shown = async ({ key, show, name }: SettingKind): Promise<Item> => {
    const item = show(await stored(key)) as Item
    return name === branding.name ? withPicture(item, await readSetting<StoredLogo>(tenantId, tx, logoKey)) : item
  }
  const save = async (name: string, item: Item): Promise<ItemOutcome> => {
    const kind = kinds.find((one) => one.name === name)
    if (kind === undefined) return refused('There is no such setting.')
    if (!isStorable(item)) return refused('It must be nested in at most 32 levels and hold neither U+0000 nor half of a surrogate pair.')
    if (name === branding.name) return saveLook(deps, item, await stored(kind.key))
    const verdict = await kind.check(item, await stored(kind.key))
    if (verdict.kind === 'refused') return refused(verdict.problems.join(' '))
    const { key, also } = kind
    await saveSetting<unknown>(deps, { key, change: () => verdict.value, also })
    return done
  }
  return {
    list: async () => {
      const items = new Map<string, Item>()
      for (const kind of kinds) items.set(kind.name, await shown(kind))
      return items
    },
    find: async (name) => {
      const kind = kinds.find((one) => one.name === name)
      return kind && shown(kind)
    },
    save,
    remove: (name) => save(name, (kinds.find((one) => one.name === name)?.show(undefined) ?? {}) as Item),
  }
}

const schemaOf = (kind: SettingKind): TSchema => (kind.name === branding.name ? BrandingWithLogo : kind.schema)

const settingSchemas = Object.fromEntries(settingKindsOf([]).map((kind) => [kind.name, schemaOf(kind)]))

/** What is decided at run time. A setting is always there: null takes it back to what it is by itself. */
export const settingsSection = (parts: Parts): SectionOf => ({
  ...{ name: 'settings', isFixed: true, read: 'settings:read', write: 'settings:write', keys: undefined },
  about: 'What was decided for the tenant; null takes a setting back to what it is by itself.',
  schema: settingSchemas,
  items: (...at) => settingItems(parts, ...at),
})

const Words = Type.Object(
  {
    subject: Type.Optional(Type.String({ maxLength: 200 })),
    text: Type.Optional(Type.String({ maxLength: 65_536 })),
    html: Type.Optional(Type.String({ maxLength: 65_536 })),
  },
  { additionalProperties: false },
)
const Template = Type.Unsafe<Readonly<Record<string, TemplateOverride>>>({
  ...{ type: 'object', additionalProperties: false },
  patternProperties: { [`^(${mailLanguages.map(({ tag }) => tag).join('|')})$`]: Words },
})
type TemplateItem = Readonly<Record<string, TemplateOverride>>

const saveTemplate = async (deps: SettingDeps, template: TemplateName, item: TemplateItem): Promise<ItemOutcome> => {
  for (const [language, parts] of Object.entries(item)) {
    const check = checkOverride(template, parts)
    if (check.kind === 'refused') return refused(check.reason, [language])
  }
  await changeSetting<TemplateOverrides>(deps, { key: templateSetting, change: (before = {}) => ({ ...before, [template]: item }) })
  return done
}

const templateItems = (parts: Parts, ...[tx, acting]: At): SectionItems => {
  const deps = depsOf(parts, tx, acting)
  const all = async (): Promise<TemplateOverrides> => (await readSetting<TemplateOverrides>(parts.tenantId, tx, templateSetting)) ?? {}
  const shown = (item: TemplateItem | undefined): Item | undefined =>
    item === undefined || Object.keys(item).length === 0 ? undefined : (item as Item)
  const save = async (name: string, item: Item): Promise<ItemOutcome> => {
    if (!isTemplateName(name)) return refused('There is no such template.')
    if (!isStorable(item)) return refused('It must hold neither U+0000 nor half of a surrogate pair.')
    return saveTemplate(deps, name, item as TemplateItem)
  }
  return {
    list: async () =>
      new Map(
        Object.entries(await all()).flatMap(([name, item]) => {
          const one = shown(item)
          return one === undefined ? [] : [[name, one] as const]
        }),
      ),
    find: async (name) => shown(isTemplateName(name) ? (await all())[name] : undefined),
    save,
    remove: (name) => save(name, {}),
  }
}

/** Texts of messages that were written anew. */
export const templatesSection = (parts: Parts): SectionOf => ({
  ...{ name: 'mail_templates', isFixed: false, read: 'mail:read', write: 'mail:write', keys: undefined },
  about: 'Texts of messages that were written anew, by template and language.',
  schema: Object.fromEntries(templateNames.map((name) => [name, Template])),
  items: (...at) => templateItems(parts, ...at),
})
