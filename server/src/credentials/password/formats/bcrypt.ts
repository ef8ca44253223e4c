import { verifySync } from '@node-rs/bcrypt'
import { hashability } from '../hashability.ts'
import { firstExcess, type HashFormat, type HashReading, refused } from './format.ts'

const notation = /^\$2[aby]\$(\d\d)\$[./A-Za-z0-9]{53}$/

const parse = (encoded: string): HashReading => {
  if (encoded.startsWith('$2x$')) return refused('bcrypt 2x comes from an implementation that mixed up passwords beyond ASCII')
  const cost = Number(notation.exec(encoded)?.[1])
  if (Number.isNaN(cost)) return refused('malformed bcrypt hash')
  const reason = firstExcess([{ name: 'bcrypt cost', value: cost, least: 4, most: 15 }])
  if (reason) return refused(reason)
  return {
    kind: 'readable',
    scheme: 'bcrypt',
    // A longer password would match by its first 72 bytes.
    verify: (password) => hashability(password, 'bcrypt') === undefined && verifySync(password, encoded),
    needsRehash: (settings) => settings.scheme !== 'bcrypt' || cost < settings.cost,
  }
}

/** `$2a$`, `$2b$` and `$2y$`, which are the same function under three names. */
export const bcrypt: HashFormat = { name: 'bcrypt', isWeak: false, match: (encoded) => /^\$2[a-z]?\$/.test(encoded), parse }
