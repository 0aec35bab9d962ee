import type { LocalChat } from '../engine/local-chat.ts'

/** How soon a browser comes back after the connection ended, in milliseconds. */
const RETRY_MS = 1000

/** A line that says nothing, often enough that no proxy or sleeping laptop takes the connection for dead. */
const HEARTBEAT_MS = 20_000

/** Chunks that may wait for a slow reader; beyond that it is sent away, comes back and reads the transcript instead. */
const MAX_WAITING = 1000

/**
 * Server-sent events: one `message` event, as JSON, for each new message of any chat. What was missed while away is not
 * sent again: the reader asks the transcript for what came after the last message it has.
 */
export function streamMessages(localChat: LocalChat, closing: AbortSignal | undefined): Response {
  const encoder = new TextEncoder()
  let end = () => {}
  const body = new ReadableStream<Uint8Array>(
    {
      start(controller) {
        const write = (chunk: string) => {
          if ((controller.desiredSize ?? 0) <= -MAX_WAITING) finish()
          else controller.enqueue(encoder.encode(chunk))
        }
        const unsubscribe = localChat.subscribe((message) =>
          write(`event: message\nid: ${message.id}\ndata: ${JSON.stringify(message)}\n\n`),
        )
        const heartbeat = setInterval(() => write(':\n\n'), HEARTBEAT_MS)
        end = () => {
          end = () => {}
          clearInterval(heartbeat)
          unsubscribe()
          closing?.removeEventListener('abort', finish)
        }
        const finish = () => {
          end()
          controller.close()
        }
        closing?.addEventListener('abort', finish)
        write(`retry: ${RETRY_MS}\n\n`)
        if (closing?.aborted) finish()
      },
      cancel: () => end(),
    },
    { highWaterMark: 0 },
  )
  return new Response(body, {
    headers: { 'content-type': 'text/event-stream; charset=UTF-8', 'cache-control': 'no-store' },
  })
}
