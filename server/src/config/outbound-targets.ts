import { isAllowedTarget } from '../platform/guarded-fetch/allowed-targets.ts'
import type { SettingType } from './types.ts'

/** Hosts and networks that outbound requests are let through to. */
export const outboundTargets: SettingType<readonly string[]> = {
  name: 'hosts and networks',
  parse: (input) => {
    const parts = input
      .split(',')
      .map((part) => part.trim())
      .filter((part) => part !== '')
    return parts.every(isAllowedTarget)
      ? { ok: true, value: parts }
      : { ok: false, expected: 'hosts or networks with commas between, such as idp.internal:8443,10.0.0.0/8' }
  },
  print: (value) => value.join(','),
}
