import { emailCodeMethod, smsCodeMethod } from '../credentials/email-code/email-code.ts'
import type { Method } from '../credentials/method.ts'
import { passkeyMethod } from '../credentials/passkey/passkey.ts'
import { passwordMethod } from '../credentials/password/password.ts'
import { recoveryCodeMethod } from '../credentials/recovery-code/recovery-code.ts'
import { totpMethod } from '../credentials/totp/totp.ts'

/** Every method, the one that a page offers first before the others. */
export const methods: readonly Method[] = [passkeyMethod, totpMethod, passwordMethod, emailCodeMethod, smsCodeMethod, recoveryCodeMethod]
