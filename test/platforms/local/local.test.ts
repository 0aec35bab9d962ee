import { beforeEach, describe, expect, it } from 'vitest'
import { UnknownLocalName } from '../../../src/engine/local-chat.ts'
import type { InboundEvent } from '../../../src/engine/platform.ts'
import { createLog } from '../../../src/log.ts'
import { createLocal, type LocalPlatform } from '../../../src/platforms/local/index.ts'
import { MemoryTranscript } from './memory-transcript.ts'

const now = new Date('2026-10-05T02:00:00Z')

let transcript: MemoryTranscript
let local: LocalPlatform
let events: InboundEvent[]
let stop: () => Promise<void>

beforeEach(async () => {
  transcript = new MemoryTranscript()
  local = createLocal({ transcript, clock: { now: () => now }, log: createLog({ level: 'silent' }) })
  events = []
  stop = await local.receive(async (batch) => void events.push(...batch))
})

const send = (message: { key: string; text?: string; chat?: string }) =>
  local.send(
    { key: message.key, chat: { id: message.chat ?? 'demo', kind: 'group' }, text: message.text ?? 'chào' },
    new AbortController().signal,
  )

describe('saying something in the local chat', () => {
  it('keeps what the bot is not meant to hear in the transcript and hands nothing over', async () => {
    const result = await local.say({ chat: 'demo', from: 'an', text: 'mưa to quá' })
    expect(result).toEqual({ messageId: '1', eventKey: '1', isNew: true, handed: false })
    expect(transcript.stored).toMatchObject([{ chat: 'demo', from: 'an', text: 'mưa to quá', at: now.toISOString() }])
    expect(events).toEqual([])
  })

  it('hands a mention over with who said it, where and when', async () => {
    const result = await local.say({ chat: 'demo', from: 'an', text: '@Bot Nếp tổng hợp' })
    expect(result.handed).toBe(true)
    expect(events).toEqual([
      {
        platform: 'local',
        accountId: 'local',
        eventKey: '1',
        kind: 'message',
        chat: { id: 'demo', kind: 'group', title: 'Chi bộ thôn Đông' },
        sender: { id: 'an', displayName: 'Nguyễn Văn An', isBot: false, isAnonymous: false },
        text: '@Bot Nếp tổng hợp',
        addressed: 'mention',
        messageId: '1',
        occurredAt: now.toISOString(),
      },
    ])
  })

  it('leaves out what PostgreSQL refuses, keeps everything else as typed, in NFC', async () => {
    await local.say({ chat: 'dm:an', from: 'an', text: ' a\0b \ud83d\ude00 \ud83d \udE00 <b> \n ' })
    await local.say({ chat: 'dm:an', from: 'an', text: 'Nếp'.normalize('NFD') })
    expect(events.map(({ text }) => text)).toEqual([' ab \ud83d\ude00 \ufffd \ufffd <b> \n ', 'Nếp'.normalize('NFC')])
  })

  it('hears a reply to the bot and not a reply to a person', async () => {
    await send({ key: 'k1' })
    await local.say({ chat: 'demo', from: 'an', text: 'vâng', replyTo: '1' })
    await local.say({ chat: 'demo', from: 'binh', text: 'đúng', replyTo: '2' })
    expect(events.map(({ text, addressed }) => [text, addressed])).toEqual([['vâng', 'reply']])
  })

  it('hands a repeat under the same id over again, under the same key, and stores it once', async () => {
    const said = { chat: 'dm:an', from: 'an', text: 'đk: hai việc', id: 'x-1' }
    const first = await local.say(said)
    const second = await local.say({ ...said, text: 'khác' })
    expect(first).toEqual({ messageId: '1', eventKey: 'said:x-1', isNew: true, handed: true })
    expect(second).toEqual({ ...first, isNew: false })
    expect(transcript.stored.length).toBe(1)
    expect(events[1]).toEqual(events[0])
  })

  it('hands a message over when it is repeated after the inbox had failed', async () => {
    await stop()
    let failures = 1
    await local.receive(async (batch) => {
      if (failures-- > 0) throw new Error('the database does not answer')
      events.push(...batch)
    })
    const said = { chat: 'dm:an', from: 'an', text: 'đk: hai việc', id: 'x-1' }
    await expect(local.say(said)).rejects.toThrow('does not answer')
    expect(await local.say(said)).toMatchObject({ isNew: false, handed: true })
    expect(events.length).toBe(1)
  })

  it.each([
    ['an unknown chat', { chat: 'nowhere', from: 'an' }],
    ['an unknown account', { chat: 'demo', from: 'nobody' }],
    ["somebody else's private chat", { chat: 'dm:an', from: 'binh' }],
    ['an answer to a message that does not exist', { chat: 'demo', from: 'an', replyTo: '99' }],
  ])('refuses %s and stores nothing', async (_title, said) => {
    await expect(local.say({ text: 'chào', ...said })).rejects.toBeInstanceOf(UnknownLocalName)
    expect(transcript.stored).toEqual([])
  })

  it('refuses an answer to a message of another chat', async () => {
    await send({ key: 'k1', chat: 'dm:an' })
    await expect(local.say({ chat: 'demo', from: 'an', text: 'vâng', replyTo: '1' })).rejects.toBeInstanceOf(
      UnknownLocalName,
    )
  })

  it('stops only after what was being handed over is durable', async () => {
    await stop()
    const order: string[] = []
    let store = () => {}
    const stopNow = await local.receive(
      () =>
        new Promise((resolve) => {
          store = () => {
            order.push('stored')
            resolve()
          }
          order.push('handed')
        }),
    )
    const saying = local.say({ chat: 'dm:an', from: 'an', text: 'chào' })
    while (order.length === 0) await new Promise(setImmediate)
    const stopping = stopNow().then(() => order.push('stopped'))
    store()
    await Promise.all([saying, stopping])
    expect(order).toEqual(['handed', 'stored', 'stopped'])
    await expect(local.say({ chat: 'dm:an', from: 'an', text: 'chào' })).rejects.toThrow('not receiving')
  })
})

describe('sending into the local chat', () => {
  it('writes a message once per key, whatever became of the first answer', async () => {
    expect(await send({ key: 'k1' })).toEqual({ outcome: 'sent', messageId: '1' })
    expect(await send({ key: 'k1' })).toEqual({ outcome: 'sent', messageId: '1' })
    expect(transcript.stored).toMatchObject([{ from: null, text: 'chào', dedupeKey: 'k1' }])
  })

  it('asks for another try when the transcript fails, and then succeeds', async () => {
    transcript.beforeAppend = async () => {
      throw new Error('the database does not answer')
    }
    expect(await send({ key: 'k1' })).toEqual({ outcome: 'retry', code: 'transcriptFailed' })
    transcript.beforeAppend = async () => {}
    expect(await send({ key: 'k1' })).toEqual({ outcome: 'sent', messageId: '1' })
  })

  it('lets go of a transcript that hangs when it is told to stop', async () => {
    const stopping = new AbortController()
    transcript.beforeAppend = () => {
      stopping.abort()
      return new Promise(() => {})
    }
    const chat = { id: 'demo', kind: 'group' as const }
    expect(await local.send({ key: 'k1', chat, text: 'chào' }, stopping.signal)).toEqual({
      outcome: 'retry',
      code: 'stopped',
    })
  })

  it('gives up on a chat that is not there, and finds one that was added later', async () => {
    expect(await send({ key: 'k1', chat: 'new' })).toEqual({ outcome: 'giveUp', code: 'chatUnknown', chatGone: true })
    transcript.views.push({ chat: 'new', title: 'Chi bộ mới', kind: 'group', accounts: [] })
    expect((await send({ key: 'k2', chat: 'new' })).outcome).toBe('sent')
  })

  it('refuses what Zalo could not show', async () => {
    const signal = new AbortController().signal
    const chat = { id: 'demo', kind: 'group' as const }
    const file = { bytes: new Uint8Array(), fileName: 'a' }
    for (const [extra, code] of [
      [{ text: ' ' }, 'empty'],
      [{ text: 'x'.repeat(2001) }, 'tooLong'],
      [{ text: 'a', photo: file }, 'textOnly'],
      [{ text: 'a', document: { ...file, mimeType: 'text/csv' } }, 'textOnly'],
    ] as const)
      expect(await local.send({ key: code, chat, ...extra }, signal)).toEqual({ outcome: 'giveUp', code })
    expect(transcript.stored).toEqual([])
  })

  it('tells the operator whether the transcript can be read', async () => {
    expect(await local.check()).toEqual([{ name: 'local chat', ok: true, detail: '1 groups, 2 private chats' }])
    transcript.beforeChats = async () => {
      throw new Error('no')
    }
    expect(await local.check()).toMatchObject([{ ok: false }])
  })
})
