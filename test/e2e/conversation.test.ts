/** A year of a cell's life, held over `/local/*` with the real process, which is restarted in the middle. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { ask, type RunningProcess, startProcess } from './program.ts'

const vi = textsOf('vi')
const cell = 'Chi bộ thôn Đông'
let dataDir: string
let program: RunningProcess

const start = () => startProcess({ DATA_DIR: join(dataDir, 'data'), LOCAL_CHAT: 'on', LOG_LEVEL: 'warn' })

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'nep e2e '))
  program = await start()
  // January of the coming year: all of it lies ahead, and the clock only moves forward.
  year = new Date().getUTCFullYear() + 1
  await advance(local('01-05', '09:00'))
})
afterAll(async () => {
  await program?.end()
  await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
})

interface Message {
  id: string
  chat: string
  text: string
  at: string
}
let year: number
const local = (day: string, time: string) => `${year}-${day}T${time}:00+07:00`
const when = (day: string, time: string) => vi.dateTime(new Date(local(day, time)), 'Asia/Ho_Chi_Minh')

async function say(chat: string, from: string, text: string, more: object = {}): Promise<Message[]> {
  const { status, body } = await ask('POST', `${program.url}/local/messages`, { chat, from, text, ...more })
  expect(status, JSON.stringify(body)).toBe(200)
  return body.messages
}
const tell = (from: string, text: string) => say(`dm:${from}`, from, text)
async function advance(now: string): Promise<Message[]> {
  const { status, body } = await ask('POST', `${program.url}/local/clock`, { now })
  expect(status, JSON.stringify(body)).toBe(200)
  return body.messages
}
const said = (messages: readonly Message[], chat: string) =>
  messages
    .filter((message) => message.chat === chat)
    .map(({ text }) => text)
    .join('\n')
const names = async (): Promise<string[]> => {
  const { body } = await ask('GET', `${program.url}/local/chats`)
  return body.find(({ chat }: { chat: string }) => chat === 'demo').accounts.map(({ name }: { name: string }) => name)
}

describe('the doors', () => {
  test('are there: health, readiness, metrics, the chat page, chats and transcripts', async () => {
    expect((await ask('GET', `${program.url}/healthz`)).status).toBe(200)
    expect((await ask('GET', `${program.url}/metrics`)).body).toMatch(/^# HELP /m)
    expect((await ask('GET', `${program.url}/chat`)).body).toMatch(/<html[^>]*lang="vi"/)
    const { body } = await ask('GET', `${program.url}/local/chats`)
    const demo = body.find(({ chat }: { chat: string }) => chat === 'demo')
    expect(demo).toMatchObject({ kind: 'group' })
    expect(new Set(demo.accounts.map(({ role }: { role: string }) => role))).toEqual(
      new Set(['secretary', 'deputy', 'clerk', 'member', 'newcomer']),
    )
  })

  test('refuse an unknown chat with 404 and a bad body with 400 and a reason', async () => {
    const post = (body: unknown) => ask('POST', `${program.url}/local/messages`, body)
    expect((await post({ chat: 'nowhere', from: 'tv04', text: 'x' })).status).toBe(404)
    expect((await post({ chat: 'demo', from: 'nobody', text: 'x' })).status).toBe(404)
    const bad = await post({ chat: 'demo' })
    expect(bad.status).toBe(400)
    expect(JSON.stringify(bad.body)).toContain('from')
  })
})

describe('members register', () => {
  test('in the group, in one message, confirmed by number; small talk is not answered', async () => {
    expect(await say('demo', 'tv04', 'chào cả nhà, hôm nay trời đẹp quá')).toEqual([])
    const [question] = await say('demo', 'tv04', '@Bot Nếp đk: trồng 10 cây xanh, xong trước 30/11')
    expect(question?.text).toContain(`trồng 10 cây xanh – hạn 30/11/${year}`)
    const answer = await say('demo', 'tv04', '1', { replyTo: question?.id })
    expect(said(answer, 'demo')).toBe(vi.submitted(1, false))
  })

  test('without diacritics, by dialogue, across a restart of the program', async () => {
    expect(said(await tell('tv05', 'dk'), 'dm:tv05')).toBe(vi.askDeeds(1, 2))
    expect(said(await tell('tv05', 'hien mau 2 lan'), 'dm:tv05')).toBe(vi.askDue('hien mau 2 lan', `${year}-12-31`))
    expect(await program.end()).toBe(0)
    program = await start()
    const { body } = await ask('GET', `${program.url}/local/clock`)
    expect(new Date(body.now).getFullYear()).toBe(year)
    expect(said(await tell('tv05', '30/11'), 'dm:tv05')).toContain(`hien mau 2 lan – hạn 30/11/${year}`)
    expect(said(await tell('tv05', 'có'), 'dm:tv05')).toBe(`${vi.submitted(1, false)}\n${vi.detailsOffer(1)}`)
  })

  test('once, also when the message is repeated', async () => {
    const first = await say('dm:tv06', 'tv06', 'đk: sửa 1 đoạn đường, xong trước 30/6', { id: 'once' })
    expect(await say('dm:tv06', 'tv06', 'đk: sửa 1 đoạn đường, xong trước 30/6', { id: 'once' })).toEqual(first)
    await tell('tv06', '1')
    expect(said(await tell('tv06', 'việc của tôi'), 'dm:tv06')).toContain('1. sửa 1 đoạn đường')
  })
})

describe('a newcomer', () => {
  test('agrees, says who they are, is confirmed by the secretary, and the first message is then carried out', async () => {
    expect(said(await tell('moi01', 'đk: giúp 1 hộ nghèo, xong trước 30/11'), 'dm:moi01')).toBe(vi.consentAsk(true))
    expect(said(await tell('moi01', 'đồng ý'), 'dm:moi01')).toContain(vi.askName)
    const claimed = await say('demo', 'moi01', '@Bot Nếp tôi là Đặng Văn Sửu')
    expect(said(claimed, 'dm:tv01')).toContain('Đặng Văn Sửu')
    const confirmed = await tell('tv01', 'có')
    expect(said(confirmed, 'dm:moi01')).toContain(vi.linked('Đặng Văn Sửu', cell))
    await tell('moi01', 'đk: giúp 1 hộ nghèo, xong trước 30/11')
    expect(said(await tell('moi01', '1'), 'dm:moi01')).toBe(`${vi.submitted(1, false)}\n${vi.detailsOffer(1)}`)
  })
})

describe('the secretary', () => {
  test('is told in one message, sees the list, approves one, returns one with a reason, approves the rest', async () => {
    const told = await advance(local('01-05', '10:00'))
    expect(said(told, 'dm:tv01')).toBe(vi.reviewWaiting(4, 4))
    expect(said(told, 'demo')).toBe('')
    const list = said(await tell('tv01', 'duyệt'), 'dm:tv01')
    expect(list).toContain('1. Nguyễn Văn Thuận, việc 1: trồng 10 cây xanh')
    const approved = await tell('tv01', '1')
    expect(said(approved, 'dm:tv04')).toContain('trồng 10 cây xanh')
    await tell('tv01', 'trả lại việc 1 của đ/c Lụa')
    const returned = await tell('tv01', 'nội dung còn chung chung')
    expect(said(returned, 'dm:tv05')).toContain('nội dung còn chung chung')
    expect(said(await tell('tv01', 'duyệt tất cả'), 'dm:tv01')).toBe(vi.approved(2, 0))
  })

  test('alone may: a member is refused with the reason', async () => {
    expect(said(await tell('tv04', 'duyệt tất cả'), 'dm:tv04')).toBe(vi.refusals.notSecretary)
    expect(said(await tell('tv04', 'còn ai chưa đk'), 'dm:tv04')).toBe(vi.refusals.namesNotAllowed)
  })

  test('asks for the summary: counts in the group, names in private only', async () => {
    const messages = await say('demo', 'tv01', '/tonghop')
    expect(said(messages, 'demo')).toContain('3/11 (27,3%)')
    for (const name of await names()) expect(said(messages, 'demo')).not.toContain(name)
    const missing = await say('demo', 'tv01', '@Bot Nếp còn ai chưa đk')
    expect(said(missing, 'demo')).toBe(vi.sentPrivately)
    expect(said(missing, 'dm:tv01')).toContain('Hoàng Thị Lụa')
  })

  test('reminds the silent: privately, and one line without names in the group', async () => {
    const messages = await tell('tv01', 'nhắc mọi người đăng ký')
    expect(said(messages, 'dm:tv05')).toContain(cell)
    expect(said(messages, 'dm:tv04')).toBe('')
    for (const name of await names()) expect(said(messages, 'demo')).not.toContain(name)
  })
})

describe('the monthly meeting', () => {
  test('is scheduled, asked about, and has its theme', async () => {
    expect(said(await tell('tv04', 'chi bộ họp mùng 3 hằng tháng lúc 19h30'), 'dm:tv04')).toBe(vi.refusals.notSecretary)
    expect(said(await tell('tv01', 'chi bộ họp ngày 20 hằng tháng lúc 19h30'), 'dm:tv01')).toContain(
      when('01-20', '19:30'),
    )
    expect(said(await tell('tv01', 'chuyên đề tháng 1: nêu gương'), 'dm:tv01')).toBe(
      vi.themeSet(`${year}-01`, 'nêu gương'),
    )
    expect(said(await say('demo', 'tv04', '@Bot Nep bao gio hop'), 'demo')).toContain('nêu gương')
  })

  test('is reminded of when the clock comes there; members answer, and answers change', async () => {
    const early = await advance(local('01-15', '19:30'))
    expect(said(early, 'demo')).toContain(when('01-20', '19:30'))
    const reminder = early.find(({ chat }) => chat === 'demo')
    expect(said(await say('demo', 'tv04', 'có mặt', { replyTo: reminder?.id }), 'demo')).toBe(
      vi.attendNoted(when('01-20', '19:30')),
    )
    const excused = said(await say('demo', 'tv05', '@Bot Nếp xin phép vắng, em ốm'), 'demo')
    expect(excused).toBe(vi.excuseNoted(when('01-20', '19:30')))
    const proxy = await say('demo', 'tv07', '@Bot Nếp bác Chắt ốm nhờ báo vắng hộ')
    expect(said(proxy, 'dm:tv01')).toContain('Vũ Đình Chắt')
    expect(said(await tell('tv01', 'có'), 'dm:tv01')).toContain(vi.excuseForNoted('Vũ Đình Chắt'))
    await say('demo', 'tv04', '@Bot Nếp xin vắng, đi công tác')
    await say('demo', 'tv04', '@Bot Nếp có mặt')
  })

  test('shows its secretary who comes before it starts, and the group no names', async () => {
    const messages = await advance(local('01-20', '17:30'))
    const before = said(messages, 'dm:tv01')
    expect(before).toContain('1/11')
    expect(before).toContain(`Hoàng Thị Lụa (${vi.reasonNames.sick})`)
    for (const name of await names()) expect(said(messages, 'demo')).not.toContain(name)
  })

  test('is moved and called off with the reason, which the group hears', async () => {
    const moved = await tell('tv01', `dời họp ngày 20/2 sang 19h30 ngày 22/2/${year} vì bão`)
    expect(said(moved, 'demo') || said(moved, 'dm:tv01')).not.toBe('')
    await advance(local('01-21', '09:00'))
    const cancelled = await tell('tv01', 'hoãn họp vì bão')
    expect(said(cancelled, 'demo')).toContain('bão')
    // Nothing more of it; the next month's meeting is announced meanwhile.
    expect(said(await advance(local('02-28', '09:00')), 'demo')).not.toContain('/02/')
  })
})

describe('own data', () => {
  test('are shown, exported, and erased; the figures stay', async () => {
    expect(said(await tell('tv06', 'dữ liệu của tôi có gì'), 'dm:tv06')).toContain('sửa 1 đoạn đường')
    expect(said(await tell('tv06', 'xuất dữ liệu của tôi'), 'dm:tv06')).toContain('"content":"sửa 1 đoạn đường"')
    await tell('tv06', 'xoá dữ liệu của tôi')
    expect(said(await tell('tv06', 'có'), 'dm:tv06')).toBe(vi.erased)
    const { body } = await ask('GET', `${program.url}/local/chats/dm:tv01/messages`)
    expect(JSON.stringify(body)).not.toContain('Vũ Đình Chắt')
    expect(said(await say('demo', 'tv04', '/tonghop'), 'demo')).toContain('3/11')
  })

  test('of a member who withdraws consent are no longer processed', async () => {
    await tell('tv08', 'rút đồng ý')
    expect(said(await tell('tv08', 'có'), 'dm:tv08')).toBe(vi.withdrawn)
    expect(said(await tell('tv08', 'việc của tôi'), 'dm:tv08')).toBe(vi.consentAsk(true))
  })
})

test('all of it still stands after another restart', async () => {
  expect(await program.end()).toBe(0)
  program = await start()
  expect(said(await say('demo', 'tv04', '/tonghop'), 'demo')).toContain('3/11')
  expect(said(await tell('tv04', 'việc của tôi'), 'dm:tv04')).toContain('1. trồng 10 cây xanh')
})
