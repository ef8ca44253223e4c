export { bumpSessionEpoch, endEverySession } from './endings.store.ts'
export { endSessionsOf } from './sessions.store.ts'
