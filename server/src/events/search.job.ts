export { eventSecrets } from './sealing.ts'
export { type EventSearch, type StoredEvent, searchEvents } from './search.store.ts'
