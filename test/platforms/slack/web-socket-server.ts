/** The server's half of RFC 6455, as little of it as Socket Mode needs: text frames, ping, close. */
import { createHash } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'

const OPCODES = { text: 0x1, close: 0x8, ping: 0x9, pong: 0xa }

export interface WebSocketPeer {
  send(text: string): void
  /** Closes as a well-behaved server does. */
  close(): void
  /** Breaks the connection without a word. */
  destroy(): void
}

/** Answers an upgrade request and reads what the client sends. */
export function acceptWebSocket(
  request: IncomingMessage,
  socket: Duplex,
  on: { text(text: string): void; closed(): void },
): WebSocketPeer {
  const key = `${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`
  const accept = createHash('sha1').update(key).digest('base64')
  socket.write(
    ['HTTP/1.1 101 Switching Protocols', 'Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept}`]
      .concat('', '')
      .join('\r\n'),
  )
  let pending = Buffer.alloc(0)
  socket.on('data', (chunk: Buffer) => {
    pending = Buffer.concat([pending, chunk])
    for (let frame = readFrame(pending); frame; frame = readFrame(pending)) {
      pending = pending.subarray(frame.length)
      if (frame.opcode === OPCODES.text) on.text(frame.payload.toString('utf8'))
      if (frame.opcode === OPCODES.ping) socket.write(frameOf(OPCODES.pong, frame.payload))
      if (frame.opcode === OPCODES.close) socket.end(frameOf(OPCODES.close, frame.payload))
    }
  })
  socket.on('error', () => undefined)
  socket.on('close', on.closed)
  return {
    send: (text) => socket.write(frameOf(OPCODES.text, Buffer.from(text))),
    close: () => socket.write(frameOf(OPCODES.close, Buffer.from([0x03, 0xe8]))),
    destroy: () => socket.destroy(),
  }
}

function frameOf(opcode: number, payload: Buffer): Buffer {
  const head = [0x80 | opcode]
  if (payload.length < 126) head.push(payload.length)
  else if (payload.length < 65_536) head.push(126, payload.length >> 8, payload.length & 0xff)
  else throw new Error('longer than a test needs')
  return Buffer.concat([Buffer.from(head), payload])
}

function readFrame(bytes: Buffer): { opcode: number; payload: Buffer; length: number } | undefined {
  if (bytes.length < 2) return undefined
  const short = bytes[1]! & 0x7f
  const lengthBytes = short === 126 ? 2 : short === 127 ? 8 : 0
  if (bytes.length < 2 + lengthBytes + 4) return undefined
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short
  const start = 2 + lengthBytes + 4
  if (bytes.length < start + length) return undefined
  const mask = bytes.subarray(start - 4, start)
  const payload = Buffer.from(bytes.subarray(start, start + length))
  for (let at = 0; at < length; at++) payload[at]! ^= mask[at % 4]!
  return { opcode: bytes[0]! & 0x0f, payload, length: start + length }
}
