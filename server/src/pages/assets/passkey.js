// Asks the browser for a passkey and sends its answer with the form of the page. Without this file the page works by its other ways.
const place = document.querySelector('[data-passkey]')
const form = document.querySelector('form')
const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0))
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')
const described = (list) => list?.map((one) => ({ ...one, id: bytes(one.id) }))

// Older browsers have the credentials and not yet the functions that read and write JSON.
const getOptions = (json) =>
  PublicKeyCredential.parseRequestOptionsFromJSON?.(json) ?? {
    ...json,
    challenge: bytes(json.challenge),
    allowCredentials: described(json.allowCredentials),
  }
const createOptions = (json) =>
  PublicKeyCredential.parseCreationOptionsFromJSON?.(json) ?? {
    ...json,
    challenge: bytes(json.challenge),
    user: { ...json.user, id: bytes(json.user.id) },
    excludeCredentials: described(json.excludeCredentials),
  }
const printed = (credential) => {
  if (credential.toJSON) return credential.toJSON()
  const { id, type, response, authenticatorAttachment } = credential
  const parts = {}
  for (const name of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle'])
    if (response[name]) parts[name] = text(response[name])
  if (response.getTransports) parts.transports = response.getTransports()
  return { id, rawId: id, type, response: parts, authenticatorAttachment, clientExtensionResults: credential.getClientExtensionResults() }
}

const send = (credential) => {
  form.elements.namedItem('passkey_answer').value = JSON.stringify(printed(credential))
  const button = form.querySelector('#passkey-send')
  form.requestSubmit(button)
}

let waiting
const ask = async (mediation) => {
  waiting?.abort()
  waiting = new AbortController()
  const { signal } = waiting
  const json = JSON.parse(place.dataset.passkey)
  const isNew = place.dataset.use === 'create'
  const options = { signal, publicKey: isNew ? createOptions(json) : getOptions(json), ...(mediation ? { mediation } : {}) }
  const credential = await (isNew ? navigator.credentials.create(options) : navigator.credentials.get(options))
  if (credential) send(credential)
}

const start = async () => {
  // An address of numbers can have no passkeys; the same server under its name can.
  const isNumeric = /^[\d.]+$|:/.test(location.hostname)
  if (!place || !form) return
  if (!globalThis.PublicKeyCredential || isNumeric) {
    place.dataset.off = ''
    return
  }
  const can = (await PublicKeyCredential.getClientCapabilities?.().catch(() => undefined)) ?? {}
  const told = form.elements.namedItem('webauthn')
  if (told) told.value = can.conditionalCreate ? 'conditional' : 'yes'
  if (!place.dataset.passkey) return
  place.hidden = false
  const status = place.querySelector('[role=status]')
  place.querySelector('button[data-ask]').addEventListener('click', () => {
    status.textContent = ''
    ask().catch((error) => {
      if (error.name !== 'AbortError') status.textContent = place.dataset.failed
    })
  })
  const isConditional =
    place.dataset.use === 'create'
      ? can.conditionalCreate
      : await PublicKeyCredential.isConditionalMediationAvailable?.().catch(() => false)
  if (isConditional) ask('conditional').catch(() => undefined)
}
start()
