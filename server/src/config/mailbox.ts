import type { SettingType } from './types.ts'

/** Whom mails come from; the name is empty where none was given. */
export type Mailbox = { readonly name: string; readonly address: string }

const addressForm = /^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?$/
const nameForm = /^[^\p{C}\p{Zl}\p{Zp}<>"]{0,100}$/u

const read = (input: string): Mailbox | undefined => {
  const [, quoted, bare, angled] = /^\s*(?:"([^"]*)"|([^<]*?))\s*<([^<>]*)>\s*$/.exec(input) ?? []
  const mailbox = angled === undefined ? { name: '', address: input.trim() } : { name: (quoted ?? bare ?? '').trim(), address: angled }
  return addressForm.test(mailbox.address) && nameForm.test(mailbox.name) ? mailbox : undefined
}

/** `no-reply@example.com` or `Example <no-reply@example.com>`. */
export const mailbox: SettingType<Mailbox> = {
  name: 'mailbox',
  parse: (input) => {
    const value = read(input)
    return value === undefined
      ? { ok: false, expected: 'an address such as no-reply@example.com, or Example <no-reply@example.com>' }
      : { ok: true, value }
  },
  print: ({ name, address }) => (name === '' ? address : `${name} <${address}>`),
}
