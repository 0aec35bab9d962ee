/** `npm run understand` end to end: scripts outside the project rely on its lines, their order and the exit codes. */
import { execFile, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { canonical, rowsOf } from './corpus.ts'

const entry = fileURLToPath(new URL('../../src/understand.ts', import.meta.url))
const loader = import.meta.resolve('tsx')

interface Outcome {
  code: number | null
  out: string
  err: string
}

function run(args: string[], input = ''): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      ['--import', loader, entry, ...args],
      { maxBuffer: 50_000_000 },
      (error, out, err) => resolve({ code: error ? (child.exitCode ?? 1) : 0, out, err }),
    )
    child.stdin?.end(input)
  })
}

const context = {
  now: '2026-10-05T09:00:00+07:00',
  timeZone: 'Asia/Ho_Chi_Minh',
  addressed: 'private',
  botNames: ['Bot Nếp'],
}
const line = (text: string, more = {}) => JSON.stringify({ text, context: { ...context, ...more } })

describe('--jsonl', () => {
  it('answers every line of the sample, in order, with intent and slots only', async () => {
    const rows = rowsOf('dev.tsv')
    const input = rows
      .map((row) => JSON.stringify({ text: row.text, context: { ...row.context, now: row.context.now.toISOString() } }))
      .join('\n')
    const { code, out } = await run(['--jsonl'], input)
    expect(code).toBe(0)
    const answers = out
      .trimEnd()
      .split('\n')
      .map((answer) => JSON.parse(answer))
    expect(answers.map(canonical)).toEqual(rows.map(({ intent, slots }) => canonical({ intent, slots })))
  })

  it('takes no offence at the mark that some editors put first', async () => {
    const { code, out } = await run(['--jsonl'], `\uFEFF${line('tổng hợp')}\n`)
    expect([code, JSON.parse(out)]).toEqual([0, { intent: 'summary', slots: {} }])
  })

  it('reports a bad line with its number, keeps the order and ends with 1', async () => {
    const { code, out, err } = await run(
      ['--jsonl'],
      [
        line('lịch họp'),
        '{"text": 1}',
        'no json',
        line('2', { expecting: 'choice' }),
        line('x', { expecting: 'nothing' }),
        line('mai', { timeZone: 'Mars' }),
      ].join('\n'),
    )
    expect(code).toBe(1)
    const lines = out
      .trimEnd()
      .split('\n')
      .map((answer) => JSON.parse(answer))
    expect(lines.map((answer) => answer.intent ?? 'error')).toEqual([
      'meeting.when',
      'error',
      'error',
      'dialogue.choose',
      'error',
      'error',
    ])
    expect(err).toContain('line 2: "text" must be a text')
    expect(err).toContain('line 3: not JSON')
    expect(err).toContain('line 5: "expecting" must be one of')
    expect(err).toContain('line 6: "timeZone"')
  })

  it('answers while lines still come', async () => {
    const child = spawn(process.execPath, ['--import', loader, entry, '--jsonl'])
    const first = new Promise<string>((resolve) =>
      child.stdout.once('data', (data: Buffer) => resolve(data.toString())),
    )
    child.stdin.write(`${line('điểm danh')}\n`)
    expect(JSON.parse(await first)).toEqual({ intent: 'meeting.rollCall', slots: {} })
    const ended = new Promise((resolve) => child.once('close', resolve))
    child.stdin.end()
    expect(await ended).toBe(0)
  })

  it('takes the defaults where the context is missing', async () => {
    const { out } = await run(['--jsonl'], '{"text": "điểm danh"}\n\n{"text": "?", "context": {}}\n')
    expect(
      out
        .trim()
        .split('\n')
        .map((answer) => JSON.parse(answer).intent),
    ).toEqual(['meeting.rollCall', 'help'])
  })
})

it('--dates resolves, asks, or says null', async () => {
  const at = { now: context.now, timeZone: context.timeZone }
  const { code, out } = await run(
    ['--dates'],
    [
      { text: 'hết quý I', ...at },
      { text: 'mùng 3 Tết', ...at },
      { text: 'trước hạn', ...at },
      { text: 'mùng 3 hằng tháng lúc 19h30' },
    ]
      .map((fields) => JSON.stringify(fields))
      .join('\n'),
  )
  expect(code).toBe(0)
  expect(
    out
      .trim()
      .split('\n')
      .map((answer) => JSON.parse(answer)),
  ).toEqual([{ value: '2027-03-31' }, { ask: ['2027-02-08'] }, { value: null }, { value: '30 19 3 * *' }])
})

it('one text is shown readably, with what lies beyond the slots', async () => {
  const { code, out } = await run(['--now', context.now, 'hoãn họp tháng này vì bão'])
  expect(code).toBe(0)
  expect(out).toBe('meeting.move\n  (reason: bão)\n  (cancelled: true)\n')
})

it('--help explains itself and wrong use ends with 2', async () => {
  const help = await run(['--help'])
  expect(help).toMatchObject({ code: 0, err: '' })
  expect(help.out).toContain('--jsonl')
  for (const args of [[], ['--nonsense'], ['--jsonl', 'text'], ['--jsonl', '--dates'], ['--expecting', 'x', 'text']]) {
    const { code, err, out } = await run(args)
    expect({ args, code, out }).toEqual({ args, code: 2, out: '' })
    expect(err).toContain('understand: ')
  }
})

it('the script of package.json starts this file', () => {
  const scripts = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')).scripts
  expect(scripts.understand).toBe('node dist/understand.js')
})
