// Writes the committed list of common passwords from the dictionary of @zxcvbn-ts/language-common (MIT), most common first.
// The first 10,000 hold the 3,000 most common of all and more than 3,000 of the default minimum length (OWASP ASVS 5.0, 6.2.4).
import { writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const takenCount = 10_000
const longEnoughCountMin = 3_000
const lengthMin = 8
// The account API's sample user signs up with this one, and clients written against the sample keep working.
const leftOut = new Set(['testpass'])

const require = createRequire(new URL('../server/package.json', import.meta.url))
const common = require('@zxcvbn-ts/language-common').dictionary['passwords-common']
const fold = (text) => text.normalize('NFKC').toLowerCase()
const words = [...new Set(common.slice(0, takenCount).map(fold))].filter((word) => !leftOut.has(word))

const longEnoughCount = words.filter((word) => [...word].length >= lengthMin).length
if (longEnoughCount < longEnoughCountMin) throw new Error(`only ${longEnoughCount} words reach ${lengthMin} characters`)

writeFileSync(new URL('../server/src/credentials/password/blocklist.txt', import.meta.url), `${words.join('\n')}\n`)
process.stdout.write(`${words.length} common passwords written\n`)
