/** Channels on which processes tell each other that something waits. */
export const channels = { inbox: 'nep_inbox', outbox: 'nep_outbox' } as const
