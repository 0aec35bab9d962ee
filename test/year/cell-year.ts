/**
 * One cell of twenty-eight through 2026, by conversation alone. The operator only does what nobody can say to the bot: the roster,
 * codes, and what becomes of a member (exempt, away, transferred, left).
 * One file although long: it is one story.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pool } from 'pg'
import type { MemberStatus } from '../../src/domain/member.ts'
import { addOrganisation, changeMember, makeCode } from '../../src/store/admin.ts'
import { transferMembers } from '../../src/store/admin-tree.ts'
import { addLocalAccount, addLocalChat } from '../../src/store/local.ts'
import { importRoster } from '../../src/store/roster-import.ts'
import type { Heard, Rig } from '../flows/rig.ts'
import { bare, cellOf28, createVoices, type Person } from './crowd.ts'
import type { Meant } from './printed.ts'
import { type Cast, isRefused, vn, zone } from './scenes/cast.ts'
import { scenes } from './scenes/index.ts'
import { Stage } from './stage.ts'

const bot = '@Bot Nếp'

/** Writes a roster file and imports it as the operator does. */
export async function importPeople(
  pool: Pool,
  orgId: number,
  people: readonly Pick<Person, 'name' | 'role' | 'status'>[],
  now: Date,
) {
  const folder = await mkdtemp(join(tmpdir(), 'nep-year-'))
  try {
    const file = join(folder, 'roster.csv')
    await writeFile(
      file,
      ['name,role,status', ...people.map(({ name, role, status }) => [name, role, status].join(','))].join('\n'),
    )
    const result = await importRoster(pool, file, { orgId, apply: true, now })
    if (!result.applied) throw new Error(JSON.stringify(result.faults))
  } finally {
    await rm(folder, { recursive: true })
  }
}

export interface CellYear {
  stage: Stage
  ids: { root: number; cell: number; other: number }
  people: Person[]
  /** What members meant to have finished, whatever was made of their words. */
  finished: Set<string>
  /** The crowd's plans for the year; then `stage.until`. */
  plan(): Promise<void>
}

/** Organisations and accounts, before anybody has said a word. */
export async function seedCell(pool: Pool, people: readonly Person[], at: Date) {
  const add = (name: string, kind: 'cell' | 'committee', parentId: number | null) =>
    addOrganisation(pool, { name, kind, parentId, timeZone: zone }, at).then(({ id }) => id)
  const root = await add('Đảng uỷ xã Tân Hoà', 'committee', null)
  const cell = await add('Chi bộ thôn Đông', 'cell', root)
  const other = await add('Chi bộ thôn Đoài', 'cell', root)
  // Offices come by codes, as everywhere.
  await importPeople(
    pool,
    cell,
    people.map((person) => ({ ...person, role: person.role === 'secretary' ? 'member' : person.role })),
    at,
  )
  await importPeople(pool, other, [{ name: 'Chu Thị Xa', role: 'member', status: 'official' }], at)
  await importPeople(pool, root, [{ name: 'Cao Thị Trên', role: 'member', status: 'official' }], at)
  for (const { key, name } of people) await addLocalAccount(pool, { key, name })
  await addLocalAccount(pool, { key: 'tren', name: 'Cao Thị Trên' })
  await addLocalChat(pool, { key: 'g', title: 'Nhóm chi bộ', kind: 'group', accounts: people.map(({ key }) => key) })
  return { root, cell, other }
}

export function createCellYear(rig: Rig, ids: CellYear['ids'], people: Person[], seed: number): CellYear {
  const stage = new Stage(rig)
  const voices = createVoices(seed)
  const { random, pick, typed } = voices
  const { pool } = rig
  const [secretary, deputy, clerk] = people as [Person, Person, Person]
  const finished = new Set<string>()
  const gone = new Set<string>()
  const answering = new Set<string>()
  /** Who has a private chat with the bot. */
  const linked = new Set<string>()
  /** Meetings that nobody comes to. */
  const notHeld = new Set<string>()

  const dm = (person: Person, text: string, meant?: Meant) => stage.tell(person.key, typed(person, text), meant)
  const group = (person: Person, text: string, meant?: Meant) =>
    stage.say('g', person.key, `${bot} ${typed(person, text)}`, meant)
  const cast: Cast = { rig, stage, ids, people, secretary, deputy, clerk, gone, linked, notHeld, dm, group }
  const minutes = (from: number, to: number) => random.between(from, to)
  const memberId = (person: Person) =>
    rig.value<number>('SELECT member_id FROM member WHERE display_name = $1', [person.name])

  // ── January: codes, consent, names ──

  async function activate(): Promise<void> {
    const code = async (orgId: number, purpose: 'secretary' | 'group') =>
      (await makeCode(pool, { orgId, purpose, memberId: null }, stage.now)).code
    const office = async (key: string, name: string, orgId: number) => {
      await stage.tell(key, `/kichhoat ${await code(orgId, 'secretary')}`)
      await stage.tell(key, 'đồng ý')
      await stage.tell(key, `tôi là ${name}`)
    }
    await office('tren', 'Cao Thị Trên', ids.root)
    await office(secretary.key, secretary.name, ids.cell)
    linked.add(secretary.key)
    await group(secretary, `/kichhoat ${await code(ids.cell, 'group')}`)
    await dm(
      secretary,
      'chi bộ họp mùng 3 hằng tháng lúc 19h30 tại nhà văn hoá, trùng ngày nghỉ thì lùi sang ngày làm việc tiếp theo',
    )
    await holdMeetings()
  }

  async function join_(person: Person): Promise<void> {
    await group(person, `tôi là ${person.name}`)
    if (person.habit === 'refuses') return void (await group(person, 'không'))
    await group(person, person.habit === 'wrong' ? 'để hỏi lại đã' : 'đồng ý')
    if (person.habit === 'wrong') await group(person, 'đồng ý')
    await dm(secretary, 'có')
    linked.add(person.key)
    await dm(person, 'giúp')
  }

  // ── Registering ──

  async function register(person: Person): Promise<void> {
    if (gone.has(person.key)) return
    const [one, two] = [voices.deed(), voices.deed()]
    for (const words of [one, two, bare(one), bare(two)]) stage.printed.words.add(words)
    const style = person.habit === 'wrong' ? 3 : random.between(0, 2)
    if (style === 0) await dm(person, `đk: ${one}, ${voices.end()}`)
    else if (style === 1 && one !== two)
      await dm(person, `đk 2 việc: 1. ${one}, ${voices.end()} 2. ${two}, ${voices.end()}`)
    else if (style === 3) {
      // More than are allowed, then one left out.
      stage.printed.words.add('học Di chúc của Bác 4 buổi').add('hoc Di chuc cua Bac 4 buoi')
      stage.printed.words.add(`${two} lần nữa`).add(bare(`${two} lần nữa`))
      await dm(
        person,
        `đk 3 việc: 1. ${one}, hạn 30/9 2. ${two} lần nữa, hạn 30/11 3. học Di chúc của Bác 4 buổi, hạn 30/11`,
      )
      await dm(person, voices.nonsense())
      await dm(person, '3')
    } else {
      await dm(person, 'đk')
      await dm(person, one)
      await dm(person, pick(['30/11', '1', 'hết quý 3']))
    }
    if (person.habit === 'twice') {
      await dm(person, '2')
      await dm(person, `${one}, hạn 30/10`)
    }
    await dm(person, '1')
    if (person.habit === 'twice') await dm(person, '1')
    stage.in(minutes(1, 30), () => dm(person, 'việc của tôi'))
  }

  async function review(): Promise<void> {
    const [list] = await dm(secretary, 'duyệt')
    const vague = /^\d+\. (.+), việc (\d): .*(tin|sách)/m.exec(list?.text ?? '')
    if (vague && random.isLucky(0.3)) {
      await dm(secretary, `trả lại việc ${vague[2]} của đ/c ${vague[1]} vì chưa rõ làm khi nào`)
      const owner = people.find(({ name }) => name === vague[1])
      const content = voices.deed()
      stage.printed.words.add(content).add(bare(content))
      if (owner) stage.in(minutes(60, 3000), () => dm(owner, `sửa việc ${vague[2]}: ${content}, hạn 30/11`))
    }
    await dm(secretary, random.isLucky(0.4) ? '1' : 'duyệt hết')
    await dm(secretary, 'duyệt hết')
  }

  // ── What comes of what the bot says ──

  function answerProgress(person: Person, text: string): void {
    if (person.habit === 'never' || gone.has(person.key) || (person.habit === 'half' && random.isLucky(0.5))) return
    const numbers = [...text.matchAll(/^- Việc (\d+): /gm)].map((found) => Number(found[1]))
    const month = Number(rig.clock.now().toISOString().slice(5, 7))
    // The second question of a month finds the same answer on its way.
    if (answering.has(`${person.key}:${month}`)) return
    answering.add(`${person.key}:${month}`)
    const delay = person.habit === 'late' ? minutes(2 * 1440, 6 * 1440) : minutes(20, 600)
    stage.in(delay, async () => {
      if (gone.has(person.key)) return
      if (person.habit === 'wrong') await dm(person, voices.nonsense())
      if (random.isLucky(0.1)) return void (await dm(person, 'chưa làm gì'))
      for (const number of numbers) {
        if (month >= 6 && random.isLucky(0.3)) {
          if (!isRefused(await dm(person, voices.done(number)))) finished.add(`${person.key}:${number}`)
        } else await dm(person, voices.progress(number, Math.min(95, month * 7 + random.between(0, 10))))
        if (person.habit !== 'twice') continue
        const again = await dm(person, voices.progress(number, Math.min(96, month * 7 + 10)))
        if (!isRefused(again)) finished.delete(`${person.key}:${number}`)
      }
    })
  }

  function answerMeeting(person: Person): void {
    if (!linked.has(person.key) || gone.has(person.key) || person.habit === 'never') return
    if (person.habit === 'half' && random.isLucky(0.5)) return
    stage.in(minutes(5, 1000), async () => {
      if (gone.has(person.key)) return
      const words = () => (random.isLucky(0.82) ? voices.coming() : voices.excuse())
      const speak = (text: string) => (random.isLucky(0.3) ? group(person, text) : dm(person, text))
      await speak(words())
      if (person.habit === 'twice' || random.isLucky(0.05)) await speak(words())
    })
  }

  let asked = ''
  stage.onHeard = ({ chat, text }: Heard) => {
    const person = people.find(({ key }) => chat === `dm:${key}`)
    if (person && text.includes('việc đã đăng ký đến đâu')) answerProgress(person, text)
    const reminded = /sinh hoạt (?:định kỳ|chuyên đề) tháng \d+\/\d{4}/.exec(text)
    if (chat === 'g' && reminded) {
      const [month] = reminded
      // Most answer to the first reminder, some to the second.
      for (const each of people) if (month !== asked || random.isLucky(0.15)) answerMeeting(each)
      asked = month
    }
    if (person === secretary && /việc chờ duyệt, do/.test(text)) stage.in(minutes(30, 900), review)
    if (chat === 'dm:tren' && /việc chờ duyệt, do/.test(text))
      stage.in(minutes(30, 900), () => stage.tell('tren', 'duyệt hết'))
  }

  // ── The evening of a meeting ──

  async function meeting(occurrence: string): Promise<void> {
    await group(secretary, 'điểm danh')
    const there = people.filter(({ key, habit }) => linked.has(key) && !gone.has(key) && habit !== 'never')
    for (const person of there) if (random.isLucky(0.3)) await group(person, 'có mặt')
    const roster = await rig.rows<{ name: string; status: string; answer: string | null }>(
      `SELECT m.display_name AS name, m.status, a.answer FROM member m LEFT JOIN attendance a ON a.member_id = m.member_id
         AND a.occurrence = $2 AND a.org_id = m.org_id
       WHERE m.org_id = $1 AND m.display_name IS NOT NULL AND m.status IN ('official', 'probationary', 'temporarilyHere')`,
      [ids.cell, occurrence],
    )
    const absent = roster.filter(({ answer }) => answer === 'excused' || (answer === null && random.isLucky(0.35)))
    stage.in(50, async () => {
      const named = absent.map(({ name, answer }) => (answer === 'excused' ? name : `${name} không phép`))
      if (absent.length === 0) await group(secretary, 'đủ cả')
      else if (random.isLucky(0.25)) {
        await dm(secretary, `điểm danh: vắng ${absent.map(({ name }) => name).join(', ')}`, {
          namedAbsent: absent.length,
        })
        await dm(secretary, 'có')
      } else await group(secretary, `vắng: ${named.join(', ')}; còn lại có mặt`)
      const late = people.find(({ habit, key }) => habit === 'late' && linked.has(key) && !gone.has(key))
      if (late) stage.in(30, () => group(late, 'có mặt'))
      const wrongly = absent.find(({ answer }) => answer === null)
      if (wrongly) stage.in(minutes(700, 3000), () => dm(clerk, `sửa điểm danh: ${wrongly.name} có mặt`))
      stage.in(minutes(60, 90), () => group(pick(there), 'tổng hợp'))
    })
  }

  async function holdMeetings(): Promise<void> {
    // Looked up on the day, since a meeting may have been moved.
    const [row] = await rig.rows<{ at: Date; occurrence: string }>(
      `SELECT starts_at AS at, occurrence FROM meeting WHERE org_id = $1 AND state = 'planned' AND starts_at > $2 ORDER BY starts_at LIMIT 1`,
      [ids.cell, stage.now],
    )
    if (row && !notHeld.has(row.occurrence) && row.at.getTime() - stage.now.getTime() < 86_400_000)
      stage.at(new Date(row.at.getTime() + 10 * 60_000), () => meeting(row.occurrence))
  }

  // ── Quarters, and the end of the year ──

  const owners = () =>
    rig.rows<{ name: string; number: number }>(
      `SELECT m.display_name AS name, d.number FROM deed d JOIN member m ON m.member_id = d.subject_id
     WHERE d.subject_kind = 'individual' AND d.state = 'approved' AND d.year = $1 AND m.org_id = $2 AND m.display_name IS NOT NULL
     ORDER BY m.member_id, d.number`,
      [Number(stage.now.toISOString().slice(0, 4)), ids.cell],
    )

  async function rate(words: string, share: number): Promise<void> {
    for (const { name, number } of await owners()) {
      if (!random.isLucky(share)) continue
      const person = people.find((each) => each.name === name)!
      const level = pick(['tốt', 'tốt', 'tốt', 'hoàn thành', 'xuất sắc', 'không hoàn thành'])
      if (linked.has(person.key) && !gone.has(person.key) && random.isLucky(0.6))
        await dm(person, `tự đánh giá việc ${number}${words}: ${level}`)
      if (person !== secretary) await dm(secretary, `đánh giá việc ${number} của đ/c ${name}${words}: ${level}`)
    }
  }

  async function status(person: Person, to: MemberStatus): Promise<void> {
    await changeMember(pool, await memberId(person), { status: to }, stage.now)
    if (to === 'left') gone.add(person.key)
  }

  async function plan(): Promise<void> {
    stage.at(vn('2026-01-05', '09:10'), activate)
    people.forEach((person, at) => {
      if (person === secretary || person.habit === 'never') return
      const day = person.habit === 'late' ? 25 + (at % 5) : 6 + (at % 12)
      stage.at(vn(`2026-01-${String(day).padStart(2, '0')}`, `${10 + (at % 8)}:${10 + at}`), () => join_(person))
    })
    people.forEach((person, at) => {
      // Of the two who need not, one registers all the same.
      if (person.habit === 'never' || person.habit === 'refuses' || at === 8) return
      const [month, day] =
        person.habit === 'late' ? [4, 2 + (at % 9)] : person.habit === 'half' ? [3, 3 + (at % 20)] : [2, 2 + (at % 24)]
      stage.at(vn(`2026-0${month}-${String(day).padStart(2, '0')}`, `${9 + (at % 10)}:${10 + at}`), () =>
        register(person),
      )
    })
    for (let month = 1; month <= 12; month += 1) {
      const of = `2026-${String(month).padStart(2, '0')}`
      stage.at(vn(`${of}-01`, '08:05'), async () => {
        if (month === 1) return
        await dm(secretary, `chuyên đề tháng ${month}: học tập Di chúc của Bác, bài ${month}`)
        await dm(secretary, 'tổng hợp danh sách')
        await dm(secretary, 'tổng hợp')
        await dm(secretary, 'ai chưa đk')
        await stage.tell('tren', 'tổng hợp')
      })
      stage.at(vn(`${of}-15`, '10:00'), async () => {
        if (month === 2 || month === 3) await dm(secretary, 'nhắc mọi người đăng ký')
        await group(people[4]!, 'tổng hợp')
        if (month > 3) await dm(secretary, 'ai chưa báo tiến độ')
      })
      if (month > 1)
        stage.at(vn(`${of}-28`, '16:00'), async () => {
          const [owner] = [pick(await owners())]
          if (owner && owner.name !== secretary.name) await group(secretary, `gương tháng ${month}: đ/c ${owner.name}`)
          if (owner && owner.name !== secretary.name && month % 2 === 0)
            await group(secretary, `biểu dương đ/c ${owner.name} việc ${owner.number}`)
        })
      for (let day = 1; day <= 28; day += 1)
        stage.at(vn(`${of}-${String(day).padStart(2, '0')}`, '09:00'), holdMeetings)
    }
    stage.at(vn('2026-02-20', '15:00'), async () => {
      await dm(secretary, 'chi bộ đk khâu đột phá: chuyển đổi số, hạn 30/11')
      await dm(secretary, '1')
      await dm(secretary, 'chi bộ đk: xây dựng tuyến đường hoa 500m, hạn 30/9')
      stage.printed.words.add('xây dựng tuyến đường hoa 500m')
      await dm(secretary, '1')
      await dm(people[4]!, 'bản cam kết: 1. giữ gìn đoàn kết 2. nêu gương trong gia đình')
      await dm(people[4]!, '1')
    })
    stage.at(vn('2026-06-10', '15:00'), async () => {
      await dm(secretary, 'việc 1 của chi bộ xong 60%')
      await dm(secretary, 'phụ trách việc 1 của chi bộ: đ/c ' + people[4]!.name)
      await dm(secretary, 'mô hình hay: Ngày không hẹn, kết quả: trả hồ sơ trong ngày')
    })
    stage.at(vn('2026-11-20', '15:00'), async () => {
      await dm(secretary, 'việc 1 của chi bộ xong rồi')
      await stage.tell('tren', 'biểu dương tập thể Chi bộ thôn Đông')
      await dm(people[3]!, 'dữ liệu của tôi')
      await dm(people[3]!, 'xuất dữ liệu của tôi')
    })
    // Moved once, called off and held later once.
    stage.at(vn('2026-07-31', '10:00'), () => dm(secretary, 'dời họp sang 5/8 19h30 vì trùng lịch xã'))
    stage.at(vn('2026-09-01', '10:00'), () => dm(secretary, 'hoãn buổi họp tới vì bão'))
    stage.at(vn('2026-09-08', '10:00'), () => dm(secretary, 'dời họp tháng 9 sang 20/9 19h30'))
    for (const [day, words] of [
      ['2026-03-30', ' quý 1'],
      ['2026-06-29', ' quý 2'],
      ['2026-09-29', ' quý 3'],
      ['2026-12-28', ' quý 4'],
    ] as const)
      stage.at(vn(day, '14:00'), () => rate(words, 0.25))
    stage.at(vn('2026-06-30', '14:00'), () => rate(' 6 tháng đầu năm', 0.3))
    stage.at(vn('2026-12-29', '14:00'), () => rate('', 1))
    planChanges()
    for (const scene of scenes) scene(cast)
    stage.at(vn('2027-01-05', '09:00'), newYear)
  }

  /** What becomes of members in a year. */
  function planChanges(): void {
    const [withdraws, erases, moves, leaves, goesAway, exempt, back] = [13, 16, 14, 17, 18, 24, 11].map(
      (at) => people[at]!,
    ) as [Person, Person, Person, Person, Person, Person, Person]
    stage.at(vn('2026-04-20', '10:00'), () => status(back, 'official'))
    stage.at(vn('2026-05-11', '10:00'), async () => {
      await dm(withdraws, 'rút đồng ý')
      await dm(withdraws, 'có')
      linked.delete(withdraws.key)
      gone.add(withdraws.key)
    })
    stage.at(vn('2026-05-25', '08:00'), () => status(goesAway, 'away'))
    stage.at(vn('2026-06-15', '10:00'), () => status(exempt, 'exempt'))
    stage.at(vn('2026-07-14', '10:00'), () => status(leaves, 'left'))
    stage.at(vn('2026-08-17', '10:00'), async () => {
      await transferMembers(
        pool,
        { memberIds: [await memberId(moves)], to: ids.other },
        { on: null, isLate: false, now: stage.now },
      )
      gone.add(moves.key)
    })
    stage.at(vn('2026-08-25', '10:00'), () => status(goesAway, 'official'))
    stage.at(vn('2026-09-14', '10:00'), async () => {
      const newcomer: Person = {
        key: 'k29',
        name: 'Mai Thị Mới',
        role: 'member',
        status: 'official',
        habit: 'prompt',
        isBare: true,
      }
      await importPeople(pool, ids.cell, [newcomer], stage.now)
      await addLocalAccount(pool, { key: newcomer.key, name: newcomer.name })
      await pool.query(`UPDATE local_chat SET accounts = array_append(accounts, 'k29') WHERE key = 'g'`)
      people.push(newcomer)
      await join_(newcomer)
      await register(newcomer)
    })
    stage.at(vn('2026-10-12', '10:00'), async () => {
      await dm(erases, 'xoá dữ liệu của tôi')
      await dm(erases, 'có')
      gone.add(erases.key)
      linked.delete(erases.key)
    })
  }

  /** January again: what was left undone is offered, and last year's figures are asked for. */
  async function newYear(): Promise<void> {
    await dm(secretary, 'tổng hợp năm ngoái')
    await dm(secretary, 'tổng hợp danh sách năm 2026')
    await stage.tell('tren', 'tổng hợp năm 2026')
    for (const person of people.filter(({ key, habit }) => linked.has(key) && !gone.has(key) && habit !== 'never')) {
      if (random.isLucky(0.4)) await dm(person, 'đk')
      const [answer] = await dm(person, 'tôi đăng ký như năm ngoái')
      if (/^1\. Chỉ/m.test(answer?.text ?? '')) await dm(person, pick(['1', '2']))
      else await dm(person, 'có')
      await dm(person, '1')
    }
    await group(deputy, 'tổng hợp')
    await dm(secretary, 'tổng hợp năm 2026')
  }

  return { stage, ids, people, finished, plan }
}

export { cellOf28, zone }
