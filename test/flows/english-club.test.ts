/**
 * A month of an English club in the everyday words of its members and secretary, from a first pledge to the export of one's data,
 * through the real engine: every message gets the answer it asks for, in English, with no word of another kind of group.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Heard, monday, type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation, type SeedMember } from './seed.ts'

const people: SeedMember[] = [
  { name: 'Mary Green', role: 'secretary', key: 'mary' },
  { name: 'Peter Brown', role: 'deputy', key: 'peter' },
  { name: 'John Baker', key: 'john' },
  { name: 'Amy Hill', key: 'amy' },
  { name: 'Omar Haddad', key: 'omar' },
]

/** Who says it (`@`: in the group, else in private), what, and what the answers, wherever they go, have to hold. */
type Step = string | [who: string, text: string, answer: RegExp]

const month: Step[] = [
  ['john', 'hi, I would like to pledge something', /^What will you do/m],
  [
    'john',
    'clean the river bank, by 15 November',
    /You register 1 deed:\n- Deed 1: clean the river bank – by 15 November 2026/m,
  ],
  ['john', 'looks good', /^Noted: 1 deed, waiting/m],
  [
    '@amy',
    'I pledge to teach two children to swim by the end of December',
    /Deed 1: teach two children to swim – by 31 December 2026/m,
  ],
  ['@amy', '1', /^Noted: 1 deed/m],
  [
    'omar',
    "I'd like to register: 1. visit three elderly neighbours 2. give blood before 20 December",
    /By when will "visit three elderly neighbours"/m,
  ],
  ['omar', '1', /Deed 2: give blood – by 20 December 2026/m],
  ['omar', '1', /^Noted: 2 deeds/m],
  ['mary', 'our club registers: plant 100 trees, by 30 November', /The group registers 1 deed/m],
  ['mary', '1', /1 deed of the group/m],
  ['john', 'my pledges', /^Your deeds for 2026:\n1\. clean the river bank/m],
  ['mary', "return Omar Haddad's deed 2 because the date is too late", /the date is too late/m],
  ['omar', 'change my pledge 2 to: give blood in November', /give blood in November/m],
  ['mary', 'approve everything', /deeds approved/m],
  ['mary', 'we meet on the 20th of every month at 7:30 pm at the library', /day 20 of the month, 19:30, the library/m],
  ['mary', 'theme of October: saving water', /Theme for October 2026 noted: saving water/m],
  ['@john', "when's the next meeting", /19:30, Tuesday, 20 October 2026, the library/m],
  ['@john', "what's the theme of this month", /saving water/m],
  ['mary', 'who still has to register', /Not yet registered: 2 of 5 members/m],
  ['mary', 'remind everyone about the meeting', /Reminded 5 members in private/m],
  ['@john', "I'll be there", /you will attend/m],
  ['amy', "sorry, I can't make it, my daughter is ill", /you cannot attend/m],
  ['peter', "Omar Haddad can't come, he is travelling for work", /^Noted: Omar Haddad is excused/m],
  ['john', "I'm halfway through deed 1", /deed 1 is 50% done/m],
  ['@mary', 'how many have registered?', /3\/5 \(60%\)/m],
  '2026-10-20T19:35:00+07:00',
  ['@mary', 'take attendance', /^Roll call of the meeting/m],
  ['@mary', 'absent: Amy (family), Omar (work); the rest present', /3\/5/m],
  ['john', 'deed 1 is done', /deed 1 is done/m],
  ['mary', 'rate deed 1 of John Baker as good', /deed 1 of John Baker is rated good/m],
  ['mary', 'commend John for deed 1', /thanks and praise to John Baker/m],
  ['mary', 'exemplar of October: John Baker', /Example of October 2026: John Baker/m],
  ['@mary', 'give me the summary for this year', /done 1\/4/m],
  '2026-11-10T09:00:00+07:00',
  ['amy', 'what do you know about me?', /^This is what I keep about you/m],
  ['amy', 'send me a copy of my data', /teach two children to swim/m],
  ['omar', 'erase everything about me', /^I will erase/m],
  ['omar', 'yes', /^Your data is erased/m],
  ['john', 'what can you do?', /^I am Nếp/m],
]

let rig: Rig
const heard: Heard[] = []

beforeAll(async () => {
  rig = await startRig({
    kind: { profile: 'plain', locale: 'en' },
    async seed(pool) {
      const club = await addOrganisation(pool, 'River Club', 'cell')
      await addMembers(pool, club, people, monday)
      await addLocalChat(pool, {
        key: 'g',
        title: 'River Club',
        kind: 'group',
        accounts: people.map(({ key }) => key!),
      })
      await addGroup(pool, 'local', 'g', club)
    },
  })
})
afterAll(() => rig.stop())

test('a month of the club', async () => {
  for (const step of month) {
    const said = typeof step === 'string' ? step : step[1]
    const answers =
      typeof step === 'string'
        ? await rig.advance(step)
        : step[0].startsWith('@')
          ? await rig.say('g', step[0].slice(1), `@Bot Nếp ${said}`)
          : await rig.tell(step[0], said)
    heard.push(...answers)
    if (typeof step !== 'string') expect(textOf(answers), `${step[0]}: ${said}`).toMatch(step[2])
  }
  expect(heard.length).toBeGreaterThan(60)
  const foreign = heard.filter(({ text }) => /[^\x20-\x7e\n–’“”…]/u.test(text.replaceAll('Nếp', '')))
  expect(foreign).toEqual([])
  expect(heard.filter(({ text }) => /comrade|\bparty\b|\bcell\b|chi bo|dang vien/i.test(text))).toEqual([])
}, 120_000)
