export { type EventSearch, type StoredEvent, searchEvents } from './search.store.ts'
