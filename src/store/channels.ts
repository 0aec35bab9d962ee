/** Channels on which processes tell each other that something waits, or that the local chat moved the clock. */
export const channels = { inbox: 'nep_inbox', outbox: 'nep_outbox', clock: 'nep_clock' } as const
