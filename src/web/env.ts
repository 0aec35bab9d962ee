import type { IncomingMessage } from 'node:http'

/** What a request of ours carries besides HTTP itself. */
export interface WebEnv {
  Bindings: {
    /** Aborted when the server begins to close: whoever would answer for ever (a stream) ends then. */
    closing?: AbortSignal
    /** The request as Node has it. */
    incoming: IncomingMessage
  }
}
