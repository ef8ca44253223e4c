/**
 * Options of an lru-cache for at most `entries` entries, whose memory grows with what it holds: given `max` it allocates
 * everything at once, some 50 bytes an entry, for caches that a small installation never fills.
 */
export const growing = (entries: number) => ({ maxSize: entries, sizeCalculation: () => 1 })
