import { Type } from 'typebox'

export const eventsKey = 'events'

/** How long a tenant keeps its events; without a number as long as the installation does. */
export type EventsSetting = { readonly retentionDays: number | null }

/** The same on the wire. */
export const EventsSettingBody = Type.Object(
  {
    retention_days: Type.Optional(
      Type.Union([Type.Integer({ minimum: 30, maximum: 3650 }), Type.Null()], {
        description: 'After how many days events are deleted; null for as long as the installation keeps them (CIP_EVENT_RETENTION).',
      }),
    ),
  },
  { additionalProperties: false, examples: [{ retention_days: 180 }] },
)

export const eventsSettingOf = (stored: unknown): EventsSetting => ({
  retentionDays: (stored as Partial<EventsSetting> | undefined)?.retentionDays ?? null,
})
