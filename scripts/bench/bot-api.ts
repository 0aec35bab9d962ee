/** A Bot API server on loopback that takes every message at once and remembers when it came. */
import { createServer } from 'node:http'

export interface BotApi {
  url: string
  /** Messages taken so far. */
  sent(): number
  /** Called with the chat of each message that is sent. */
  onMessage: (chatId: string) => void
  close(): Promise<void>
}

const me = { id: 1, is_bot: true, first_name: 'Bench', username: 'bench_bot', can_join_groups: true }

export async function startBotApi(): Promise<BotApi> {
  let sent = 0
  const api: BotApi = { url: '', sent: () => sent, onMessage: () => {}, close: async () => {} }
  const server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk: string) => {
      body += chunk
    })
    request.on('end', () => {
      const method = request.url?.split('/').at(-1) ?? ''
      let result: unknown = true
      if (method === 'getMe') result = me
      if (method === 'sendMessage') {
        sent += 1
        const chatId = String(JSON.parse(body).chat_id)
        result = { message_id: sent, date: 0, chat: { id: Number(chatId), type: 'private' }, text: '' }
        api.onMessage(chatId)
      }
      response.setHeader('content-type', 'application/json').end(JSON.stringify({ ok: true, result }))
    })
  }).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  api.url = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  api.close = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return api
}
