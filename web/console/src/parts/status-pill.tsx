import { Pill } from '@custom-identity-platform/kit/panel.tsx'

type Kind = 'good' | 'warn' | 'bad' | 'plain'

/** A status in words; the colour says the same to those who see it. */
export const StatusPill = <S extends string>(props: {
  readonly status: S
  readonly words: Readonly<Record<S, string>>
  readonly kinds: Readonly<Record<S, Kind>>
}) => <Pill kind={props.kinds[props.status]}>{props.words[props.status]}</Pill>
