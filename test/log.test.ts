import { Writable } from 'node:stream'
import pg from 'pg'
import { expect, test } from 'vitest'
import { createLog, logError, scrub } from '../src/log.ts'

function capture(): { lines: () => Record<string, unknown>[]; text: () => string; log: ReturnType<typeof createLog> } {
  let text = ''
  const destination = new Writable({
    write(chunk, _encoding, done) {
      text += chunk
      done()
    },
  })
  const lines = () =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
  return { log: createLog({ destination }), lines, text: () => text }
}

test.each([
  ['a Telegram token', 'https://api.telegram.org/bot123456789:AAabcdefghijklmnopqrstuvwxyz-0123/sendMessage', 'AAabc'],
  ['a bare token', 'token 123456789:AAabcdefghijklmnopqrstuvwxyz-0123 refused', 'AAabc'],
  ['a Slack token', 'xoxb-123-456-abcDEF and xapp-1-A0-9-zzz', /abcDEF|zzz/],
  ['a database password', 'connect postgres://nep:hunter2@db/nep', 'hunter2'],
  ['a secret in a query', 'GET /x?access_token=hunter2&a=1', 'hunter2'],
])('scrub removes %s', (_what, text, secret) => {
  expect(scrub(text)).not.toMatch(secret)
})

test('the log hides strings in fields it does not know, at any depth', () => {
  const { log, lines, text } = capture()
  log.info(
    {
      event: 'handled',
      chatId: 'tg:-100',
      displayName: 'Nguyễn Văn An',
      update: { message: { text: 'xin vắng' } },
      n: 3,
    },
    'handled',
  )
  expect(lines()[0]).toMatchObject({
    event: 'handled',
    chatId: 'tg:-100',
    displayName: '[hidden]',
    n: 3,
    msg: 'handled',
  })
  expect(text()).not.toMatch(/Nguyễn|vắng/)
})

test('the log keeps of an error what finds the fault, and nothing that a person wrote', () => {
  const { log, lines, text } = capture()
  const refused = new pg.DatabaseError('invalid input syntax for type integer: "Nguyễn Văn An"', 1, 'error')
  Object.assign(refused, {
    code: '22P02',
    detail: 'Key (name)=(Trần Thị Bình) exists',
    constraint: 'member_pkey',
    severity: 'ERROR',
  })
  logError(log, 'handle.failed', new Error('batch', { cause: refused }), { chatId: 'c1', text: 'đk: trồng cây' })
  expect(lines()[0]).toMatchObject({
    level: 'error',
    event: 'handle.failed',
    chatId: 'c1',
    text: '[hidden]',
    err: { class: 'Error', message: 'batch', cause: { code: '22P02', constraint: 'member_pkey' } },
  })
  expect(text()).not.toMatch(/Nguyễn|Trần|trồng/)
})

test('the log hides what JSON.parse quotes', () => {
  const { log, text } = capture()
  try {
    JSON.parse('Xin chào đồng chí')
  } catch (err) {
    logError(log, 'parse', err)
  }
  expect(text()).toMatch(/SyntaxError/)
  expect(text()).not.toMatch(/chào|đồng/)
})

test('the log takes anything thrown', () => {
  const { log, lines } = capture()
  logError(log, 'odd', 'a string with a name')
  logError(log, 'odd', undefined)
  log.error(new TypeError("Cannot read properties of undefined (reading 'orgId')"))
  expect(lines().map((line) => (line.err as { class: string }).class)).toEqual(['string', 'undefined', 'TypeError'])
  expect(JSON.stringify(lines()[2])).toContain("reading 'orgId'")
})
