// The front door of this folder: codes of an authenticator app.
export { drawQrCode, type QrCode } from './qr-code.ts'
export { beginTotp, confirmTotp, pendingTotp, type TotpDeps, totpCheck, totpMethod } from './totp.method.ts'
export { totpStore } from './totp.store.ts'
export type { TotpConfirmation, TotpEnrolment } from './totp-code.ts'
