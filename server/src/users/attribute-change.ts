import { isDeepStrictEqual } from 'node:util'
import type { Attributes } from './attributes.ts'

/** `set` replaces whole attributes and null takes one away; `address` replaces single members; `unset` names an attribute or a member of the address. */
export type AttributeChange = { readonly set: Attributes; readonly address: Attributes; readonly unset: readonly string[] }

export type ChangedAttributes = {
  readonly after: Attributes
  /** The names whose values are others than before. */
  readonly changed: readonly string[]
  /** The names of `unset` that were not there. */
  readonly missing: readonly string[]
}

export const addressMembers = ['formatted', 'street_address', 'locality', 'region', 'postal_code', 'country'] as const

const membersOf = (address: unknown): Attributes =>
  typeof address === 'object' && address !== null && !Array.isArray(address) ? { ...address } : {}

const take = (after: Map<string, unknown>, name: string): boolean => {
  if (after.delete(name)) return true
  const member = name === 'address_formatted' ? 'formatted' : name
  const { [member]: value, ...others } = membersOf(after.get('address'))
  if (value === undefined || !addressMembers.some((one) => one === member)) return false
  if (Object.keys(others).length > 0) after.set('address', others)
  else after.delete('address')
  return true
}

/** What the attributes become, before any of it is checked. */
export const changeAttributes = (before: Attributes, { set, address, unset }: AttributeChange): ChangedAttributes => {
  const after = new Map(Object.entries(before))
  const missing = unset.filter((name) => !take(after, name) && !take(after, name.replaceAll('-', '_')))
  for (const [name, value] of Object.entries(set)) {
    if (value === null) after.delete(name)
    else after.set(name, value)
  }
  if (Object.keys(address).length > 0) after.set('address', { ...membersOf(after.get('address')), ...address })
  // That a number was verified says nothing of the next one.
  const isOtherNumber = after.get('phone_number') !== before['phone_number']
  if (isOtherNumber && !Object.hasOwn(set, 'phone_number_verified')) after.delete('phone_number_verified')
  const names = new Set([...Object.keys(before), ...after.keys()])
  const was = new Map(Object.entries(before))
  const changed = [...names].filter((name) => !isDeepStrictEqual(was.get(name), after.get(name)))
  return { after: Object.fromEntries(after), changed, missing }
}
