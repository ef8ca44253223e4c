/** What vouches for what happened: rows are added and read by a server, and never changed. */
export const auditTables = ['events', 'event_chain', 'event_checkpoints'] as const
