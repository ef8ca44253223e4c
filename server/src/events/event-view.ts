import { Type } from 'typebox'
import { sentenceOf } from './events.ts'
import type { PersonalDataState } from './sealing.ts'

const text = Type.Union([Type.String(), Type.Null()])

/** Whether address and browser of an event can still be read. */
export const PersonalData = Type.Unsafe<PersonalDataState>({
  type: 'string',
  enum: ['readable', 'erased', 'none'],
  description:
    'Of ip and user_agent: none where there never were any, erased where the account of the person was deleted that they belonged to.',
})

/** An event as an administrator reads it. */
export const Event = Type.Object({
  id: Type.String({ format: 'uuid' }),
  at: Type.String({ format: 'date-time', description: 'With microseconds.' }),
  type: Type.String(),
  sentence: Type.String(),
  user_id: text,
  session_id: text,
  client_id: text,
  actor: Type.Union([Type.String(), Type.Null()], { description: 'Who did it, where that is not the person the event is about.' }),
  ip: text,
  user_agent: text,
  personal_data: PersonalData,
  request_id: text,
  payload: Type.Record(Type.String(), Type.Unknown()),
})

type Shown = {
  readonly id: string
  readonly at: string
  readonly type: string
  readonly user_id: string | null
  readonly session_id: string | null
  readonly client_id: string | null
  readonly actor: string | null
  readonly ip: string | null
  readonly user_agent: string | null
  readonly personal_data: PersonalDataState
  readonly request_id: string | null
  readonly payload: Readonly<Record<string, unknown>>
}

export const eventView = ({ id, at, type, payload, ...rest }: Shown) => ({
  ...{ id, at, type, sentence: sentenceOf(type) },
  ...{ user_id: rest.user_id, session_id: rest.session_id, client_id: rest.client_id, actor: rest.actor },
  ...{ ip: rest.ip, user_agent: rest.user_agent, personal_data: rest.personal_data, request_id: rest.request_id },
  payload: { ...payload },
})
