/** One thing that was looked at. `advice` says what to do where it is not OK. */
export type Finding = {
  readonly check: string
  readonly status: 'OK' | 'WARN' | 'FAIL'
  readonly detail: string
  readonly advice?: string | undefined
}

export const ok = (check: string, detail: string): Finding => ({ check, status: 'OK', detail })
export const warn = (check: string, detail: string, advice: string): Finding => ({ check, status: 'WARN', detail, advice })
export const fail = (check: string, detail: string, advice?: string): Finding => ({ check, status: 'FAIL', detail, advice })
