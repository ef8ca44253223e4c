const challengeForm = /^[A-Za-z0-9_-]{43}$/
const verifierForm = /^[A-Za-z0-9._~-]{43,128}$/

/** Whether the text can be an S256 challenge: base64url of 32 bytes (RFC 7636 section 4.2). */
export const isCodeChallenge = (text: string): boolean => challengeForm.test(text)

/** Whether the verifier belongs to the S256 challenge (RFC 7636 section 4.6); `sha256Text` gives base64url without padding. */
export const isVerifierOf = (challenge: string, verifier: string, sha256Text: (text: string) => string): boolean =>
  verifierForm.test(verifier) && sha256Text(verifier) === challenge
