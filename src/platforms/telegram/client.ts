/** grammY's `Api` over our transport, with a deadline on every call. */
import { Api, type RawApi } from 'grammy'
import { createTransport, TransportError } from './transport.ts'

/** Milliseconds after which a call that is no upload and no long poll is given up. */
const CALL_MS = 15_000

type Method = keyof RawApi & string
type PayloadOf<M extends Method> = Parameters<RawApi[M]>[0] extends infer P
  ? P extends { addEventListener: unknown } | undefined
    ? Record<never, never>
    : P
  : never
type ResultOf<M extends Method> = Awaited<ReturnType<RawApi[M]>>

export interface CallOptions {
  signal?: AbortSignal
  /** Milliseconds until the call is given up; 15 s where not stated. */
  timeoutMs?: number
}

export interface TelegramClient {
  /** Calls a method once, without any retry; rejects with an error for `readFailure`. */
  call<M extends Method>(method: M, payload: PayloadOf<M>, options?: CallOptions): Promise<ResultOf<M>>
  /** Server's clock minus ours, in milliseconds. */
  clockSkewMs(): number | undefined
}

/** Makes a client. `apiRoot` has no slash at its end. */
export function createClient(options: { token: string; apiRoot: string }): TelegramClient {
  const transport = createTransport(options.apiRoot)
  // grammY's `fetch` option is typed after node-fetch; what it needs of it is what the transport has.
  const api = new Api(options.token, { apiRoot: options.apiRoot, fetch: transport.fetch as never })
  const withoutPayload = new Set<string>(['getMe', 'getWebhookInfo'])
  return {
    async call(method, payload, { signal, timeoutMs = CALL_MS } = {}) {
      const deadline = AbortSignal.timeout(timeoutMs)
      const either = signal === undefined ? deadline : AbortSignal.any([signal, deadline])
      const invoke = api.raw[method] as (...args: unknown[]) => Promise<never>
      try {
        return await (withoutPayload.has(method) ? invoke(either) : invoke(payload, either))
      } catch (error) {
        if (deadline.aborted && signal?.aborted !== true) throw asTimeout(error)
        throw error
      }
    },
    clockSkewMs: transport.clockSkewMs,
  }
}

/** An aborted request does not say who aborted it; here it is known. */
function asTimeout(error: unknown): unknown {
  const cause = error instanceof Error && 'error' in error ? error.error : error
  if (cause instanceof TransportError && cause.reason === 'aborted') return new TransportError('timeout', cause.left)
  return error
}
