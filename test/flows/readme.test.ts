/**
 * The first conversation of README.md, replayed from the file itself: what its people say is said to the real engine at the time
 * that stands in it, and what the bot answers is compared word for word and message for message. Whoever changes a text, a
 * recipient or the demo's people changes README too.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDemo } from '../../src/store/data-files.ts'
import { type Rig, startRig } from './rig.ts'

/** "[…]": anything may stand there, or nothing. */
const leftOut = '[…]'
const group = 'demo'
const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8')

interface Turn {
  /** 'Nếp' or a person. */
  who: string
  where: string
  text: string
}

/** The turns of the one block that has the bot speaking in a column of its own; throws at a line that is neither. */
function conversation(): Turn[] {
  const blocks = readme
    .split(/^```.*\n/mu)
    .filter((_, at) => at % 2 === 1)
    .filter((each) => /^Nếp, /mu.test(each))
  if (blocks.length !== 1) throw new Error(`README.md holds ${blocks.length} conversations`)
  const lines = blocks[0]!.trimEnd().split('\n')
  const width = /^.+?, .+? {2,}/u.exec(lines[0]!)![0].length
  const turns: Turn[] = []
  for (const line of lines) {
    const [head, text] = [line.slice(0, width), line.slice(width)]
    const speaker = /^(\S.*), ((?:in|to) .*\S) +$/u.exec(head)
    if (speaker) turns.push({ who: speaker[1]!, where: speaker[2]!, text })
    else if (head.trim() === '' && turns.length > 0) turns.at(-1)!.text += `\n${text}`
    else throw new Error(`README.md, neither a speaker nor a text: ${line}`)
  }
  return turns
}

/** The instant printed under the figures: 'giờ phút, thứ, ngày'. */
function instantPrinted(): Date {
  const [, hour, minute, day, month, year] = /, (\d{2}) giờ (\d{2}), [^,]+, ngày (\d{2})\/(\d{2})\/(\d{4})\./u.exec(
    readme,
  )!
  return new Date(`${year}-${month}-${day}T${hour}:${minute}:00+07:00`)
}

const quoted = (text: string) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
/** The code differs with each run; all the rest must be the same. */
const code = /(Mã kiểm chứng )[0-9a-f]{8}(?=, )/u
const shape = (text: string) =>
  new RegExp(`^${text.replace(code, '$1~').split(leftOut).map(quoted).join('[^]*')}$`, 'u')

const people = new Map<string, string>()
let rig: Rig

/** 'in the group', 'to the secretary and deputy' → the chats meant. */
function chatsOf({ who, where }: Turn): string[] {
  if (where === 'in the group') return [group]
  if (where === 'in private') return [`dm:${keyOf(who)}`]
  return where
    .replace('to the ', '')
    .split(' and ')
    .map((role) => `dm:${keyOf(`The ${role}`)}`)
}
function keyOf(who: string): string {
  const key = people.get(who)
  if (!key) throw new Error(`README.md: nobody of the demo is ${who}`)
  return key
}

beforeAll(async () => {
  const [cell] = (await readDemo('chi-bo', 'vi')).cells
  for (const { name, role, key } of cell!.members) {
    if (!key) continue
    people.set(name, key)
    if (role) people.set(`The ${role}`, key)
  }
  rig = await startRig({ at: instantPrinted() })
})
afterAll(() => rig.stop())

test('goes as README.md tells it: every message of the bot, in order, in its chat', async () => {
  const turns = conversation()
  const said = turns.filter(({ who }) => who !== 'Nếp')
  expect(said.map(({ text }) => text).slice(-1)).toEqual(['@Nếp tổng hợp'])
  expect(said.length).toBeGreaterThan(6)
  for (const [at, turn] of turns.entries()) {
    if (turn.who === 'Nếp') continue
    const next = turns.findIndex(({ who }, later) => later > at && who !== 'Nếp')
    const told = turns.slice(at + 1, next < 0 ? undefined : next)
    const expected = told.flatMap((each) => chatsOf(each).map((chat) => ({ chat, text: each.text })))
    const { messages } = await rig.program.localChat!.say({
      chat: chatsOf(turn)[0]!,
      from: keyOf(turn.who),
      text: turn.text,
    })
    for (const chat of new Set([...messages, ...expected].map((each) => each.chat))) {
      const heard = messages.filter((each) => each.chat === chat).map(({ text }) => text.replace(code, '$1~'))
      const printed = expected.filter((each) => each.chat === chat).map(({ text }) => text)
      const differs = heard.length !== printed.length || printed.some((text, which) => !shape(text).test(heard[which]!))
      expect(differs ? heard : printed, `README.md after "${turn.text}", in ${chat}`).toEqual(printed)
    }
  }
})

test('has as many people as README.md says: on the roster, and with a chat of their own', async () => {
  const words = ['eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen']
  const [, members, chats] =
    /cell of (\w+) invented members, its group, and a private chat for each of the (\w+) who/u.exec(readme)!
  const [cell] = (await readDemo('chi-bo', 'vi')).cells
  expect(members).toBe(words[cell!.members.length - 11])
  expect(chats).toBe(words[cell!.members.filter(({ key }) => key !== undefined).length - 11])
})
