// The front door of this folder: codes for the day on which every other factor is lost.
export { makeRecoveryCodes, recoveryCodeCheck, recoveryCodeMethod } from './recovery-code.method.ts'
export { recoveryCodeStore } from './recovery-code.store.ts'
