/** People who write while the program is being killed: one message at a time each, said again until it is answered. */
import type { Random } from './random.ts'

export interface SaidMessage {
  id: string
  chat: string
  text: string
  kind: 'progress' | 'edit' | 'attend' | 'summary' | 'register' | 'confirm' | 'withdraw' | 'confirmWithdraw'
}

export interface Answered extends SaidMessage {
  from: string
  /** The program's id of it, and its answers' ids and texts. */
  messageId: string
  replies: { id: string; chat: string; text: string }[]
  tries: number
}

export interface Person {
  key: string
  random: Random
  /** How many messages they have left to say. */
  left: number
}

/** Longest that one message may take, over any number of deaths of the program. */
const answerDeadlineMs = 180_000

interface Answer {
  id: string
  messages: { id: string; chat: string; text: string }[]
}

/** Where the program can be reached now; waits while there is none. */
export interface Line {
  url(): Promise<string>
  /** Told of each message on its way, so that a kill can be timed by it. */
  onSay(): void
}

async function post(url: string, body: unknown): Promise<Answer | null> {
  const response = await fetch(`${url}/local/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(90_000),
  }).catch(() => null)
  if (response?.status === 200) return (await response.json().catch(() => null)) as Answer | null
  if (response && response.status < 500) throw new Error(`refused with ${response.status}: ${await response.text()}`)
  return null
}

/** Says one message until it is acknowledged with its answer; some are said twice at once, some again afterwards. */
export async function say(line: Line, person: Person, message: SaidMessage): Promise<Answered> {
  const { random } = person
  const body = { chat: message.chat, from: person.key, text: message.text, id: message.id }
  const deadline = performance.now() + answerDeadlineMs
  for (let tries = 1; performance.now() < deadline; tries += 1) {
    const url = await line.url()
    const isTwice = random.isLucky(0.1)
    line.onSay()
    const answers = await Promise.all(isTwice ? [post(url, body), post(url, body)] : [post(url, body)])
    const answer = answers.find((each) => each !== null)
    if (!answer) continue
    if (random.isLucky(0.1)) {
      const again = await post(await line.url(), body)
      if (again && again.id !== answer.id) throw new Error(`${message.id} was stored twice: ${answer.id}, ${again.id}`)
    }
    return { ...message, from: person.key, messageId: answer.id, replies: answer.messages, tries }
  }
  throw new Error(`${message.id} was never answered`)
}

/** What a person says next. A registration is four messages: the deed, yes, withdraw it, yes. */
export function nextMessages(person: Person, serial: number): SaidMessage[] {
  const { key, random } = person
  const dm = `dm:${key}`
  const id = (part: string) => `${key}-${serial}-${part}`
  const dice = random.next()
  if (dice < 0.45) {
    return [{ id: id('p'), chat: dm, kind: 'progress', text: `việc 1 được ${random.between(1, 99)}%` }]
  }
  if (dice < 0.6) {
    return [{ id: id('e'), chat: dm, kind: 'edit', text: `sửa việc 1: trồng 12 cây xanh ở đường thôn số ${serial}` }]
  }
  if (dice < 0.75) return [{ id: id('a'), chat: 'demo', kind: 'attend', text: '@Bot Nếp có mặt' }]
  if (dice < 0.85) return [{ id: id('s'), chat: 'demo', kind: 'summary', text: '/summary' }]
  return [
    {
      id: id('r'),
      chat: dm,
      kind: 'register',
      text: `đk: đọc 3 cuốn sách ở thư viện số ${serial} của ${key}, hạn 20/12`,
    },
    { id: id('c'), chat: dm, kind: 'confirm', text: '1' },
    { id: id('w'), chat: dm, kind: 'withdraw', text: '' },
    { id: id('y'), chat: dm, kind: 'confirmWithdraw', text: '1' },
  ]
}
