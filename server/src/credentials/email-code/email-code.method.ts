import type { Method } from '../method.ts'

/** A code or link by mail. NIST SP 800-63B-4 section 3.1.3.1 takes mail for no out-of-band channel: it proves the address, and stands as a second factor only where the tenant lets it. */
export const emailCodeMethod: Method = {
  name: 'email-code',
  amr: ['otp'],
  uses: ['first', 'second', 'recovery'],
  isMultiFactor: false,
  isEnrolled: ({ hasVerifiedEmail }) => hasVerifiedEmail,
}

/** A code by SMS (RFC 8176: `sms`). */
export const smsCodeMethod: Method = {
  name: 'sms-code',
  amr: ['sms'],
  uses: ['second'],
  isMultiFactor: false,
  isEnrolled: ({ hasVerifiedPhone }) => hasVerifiedPhone,
}
