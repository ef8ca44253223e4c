/** What a browser sends back, `PublicKeyCredential.toJSON()`, as far as it is read. Everything in it is a claim. */
type Answer = { readonly id: string; readonly type: 'public-key'; readonly clientDataJson: string }
export type RegistrationAnswer = Answer & { readonly attestationObject: string; readonly transports: readonly string[] }
export type AuthenticationAnswer = Answer & {
  readonly authenticatorData: string
  readonly signature: string
  readonly userHandle: string | undefined
}

type Members = Readonly<Record<string, unknown>>

const membersOf = (value: unknown): Members => (typeof value === 'object' && value !== null ? (value as Members) : {})

/** Base64url of at most `bytesMax` bytes in its one spelling; undefined for anything else. */
const readBytes = (value: unknown, bytesMax: number): string | undefined => {
  if (typeof value !== 'string' || value.length === 0 || value.length > Math.ceil((bytesMax * 4) / 3)) return undefined
  return Buffer.from(value, 'base64url').toString('base64url') === value ? value : undefined
}

// Web Authentication Level 3 section 4, credential id: at most 1023 bytes.
const credentialIdBytesMax = 1023
const clientDataBytesMax = 4096
const authenticatorDataBytesMax = 8192
const attestationBytesMax = 32_768

const readAnswer = (value: unknown): { answer: Answer; response: Members } | undefined => {
  const { id, rawId, type, response } = membersOf(value)
  const credentialId = readBytes(id, credentialIdBytesMax)
  const members = membersOf(response)
  const clientDataJson = readBytes(members['clientDataJSON'], clientDataBytesMax)
  if (credentialId === undefined || rawId !== id || type !== 'public-key' || clientDataJson === undefined) return undefined
  return { answer: { id: credentialId, type, clientDataJson }, response: members }
}

const knownTransports = ['ble', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']

export const readRegistrationAnswer = (value: unknown): RegistrationAnswer | undefined => {
  const read = readAnswer(value)
  const attestationObject = readBytes(read?.response['attestationObject'], attestationBytesMax)
  if (read === undefined || attestationObject === undefined) return undefined
  const given = read.response['transports']
  const transports = Array.isArray(given) ? knownTransports.filter((one) => given.includes(one)) : []
  return { ...read.answer, attestationObject, transports }
}

export const readAuthenticationAnswer = (value: unknown): AuthenticationAnswer | undefined => {
  const read = readAnswer(value)
  const authenticatorData = readBytes(read?.response['authenticatorData'], authenticatorDataBytesMax)
  const signature = readBytes(read?.response['signature'], 1024)
  if (read === undefined || authenticatorData === undefined || signature === undefined) return undefined
  // Some browsers write an absent handle as an empty one.
  const given = read.response['userHandle'] || undefined
  const userHandle = given === undefined ? undefined : readBytes(given, 64)
  if (given !== undefined && userHandle === undefined) return undefined
  return { ...read.answer, authenticatorData, signature, userHandle }
}

/** Whether a page inside a page of another origin made the answer (section 5.8.1): `crossOrigin` is anything but false, or `topOrigin` is there. */
export const isCrossOrigin = ({ clientDataJson }: Answer): boolean => {
  try {
    const { crossOrigin, topOrigin } = membersOf(JSON.parse(Buffer.from(clientDataJson, 'base64url').toString('utf8')))
    return (crossOrigin !== undefined && crossOrigin !== false) || topOrigin !== undefined
  } catch {
    return true
  }
}
