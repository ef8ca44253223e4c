import { emailCodeMethod, smsCodeMethod } from '../credentials/email-code/email-code.ts'
import type { Method } from '../credentials/method.ts'
import { passwordMethod } from '../credentials/password/password.ts'

/** Every method, the one that a page offers first before the others. */
export const methods: readonly Method[] = [passwordMethod, emailCodeMethod, smsCodeMethod]
