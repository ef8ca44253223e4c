import type { CDPSession, Page } from 'playwright-core'

const credentialsOf = async (session: CDPSession, authenticatorId: string) =>
  (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials

/** A passkey with its private key, as Chromium tells it of a virtual authenticator. */
type Credential = Awaited<ReturnType<typeof credentialsOf>>[number]

/** An authenticator of the device, with somebody at it who unlocks it. */
export const addAuthenticator = async (page: Page) => {
  const session = await page.context().newCDPSession(page)
  await session.send('WebAuthn.enable', { enableUI: false })
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      ...{ protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true },
      ...{ isUserVerified: true, automaticPresenceSimulation: true },
    },
  })
  return {
    credentials: () => credentialsOf(session, authenticatorId),
    /** A passkey that was made in another tab: Chromium has an authenticator for each, a device has one for all. */
    add: (credential: Credential) => session.send('WebAuthn.addCredential', { authenticatorId, credential }),
    /** From now on nobody touches it. */
    leave: () => session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: false }),
    touch: () => session.send('WebAuthn.setAutomaticPresenceSimulation', { authenticatorId, enabled: true }),
  }
}
