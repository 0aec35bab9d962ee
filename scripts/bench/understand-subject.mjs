/**
 * Plain JavaScript over dist/, started by `understand.ts`: a loader for TypeScript would slow closures down tenfold.
 *
 * Prints one JSON object a line: speed of `understand` on the labelled corpora, and date phrases side by side with chrono-node's
 * Vietnamese locale. With `--soak`, a million random texts; with `--list`, what each makes of every phrase.
 */
import { readFileSync } from 'node:fs'
import * as chrono from 'chrono-node'
import { resolveDate } from '../../dist/language/dates.js'
import { expectations } from '../../dist/language/intents.js'
import { understand } from '../../dist/language/understand.js'

const now = new Date('2026-10-05T09:00:00+07:00')
const timeZone = 'Asia/Ho_Chi_Minh'
const rounds = 7
/** Long enough that the clock and one collection of garbage do not matter. */
const roundMillis = 500
/** Operations before the clock runs: the compiler is done with code by then, however busy the machine is. */
const warmOperations = 200_000

/** Phrase → local `YYYY-MM-DD` or `YYYY-MM-DDTHH:MM`; null: no date is meant, or it must be asked about. */
const phrases = [
  ['30/11', '2026-11-30'],
  ['3/2', '2027-02-03'],
  ['3.2.2027', '2027-02-03'],
  ['03-02', '2027-02-03'],
  ['30/11/2026', '2026-11-30'],
  ['ngày 03 tháng 02 năm 2027', '2027-02-03'],
  ['ngày 20', '2026-10-20'],
  ['ngày 3', '2026-11-03'],
  ['mùng 3', '2026-11-03'],
  ['mồng 10 tháng 12', '2026-12-10'],
  ['trước 31/3', '2027-03-31'],
  ['hết quý I', '2027-03-31'],
  ['cuối năm', '2026-12-31'],
  ['cuối quý', '2026-12-31'],
  ['cuối tháng', '2026-10-31'],
  ['xong trong tháng 6', '2027-06-30'],
  ['hết tháng 2 năm 2028', '2028-02-29'],
  ['trong tuần này', '2026-10-11'],
  ['29/2', '2028-02-29'],
  ['hôm nay', '2026-10-05'],
  ['ngày mai', '2026-10-06'],
  ['ngày kia', '2026-10-07'],
  ['hôm qua', '2026-10-04'],
  ['3 ngày nữa', '2026-10-08'],
  ['2 tuần nữa', '2026-10-19'],
  ['thứ 6', '2026-10-09'],
  ['thứ sáu', '2026-10-09'],
  ['thứ 6 tuần sau', '2026-10-16'],
  ['chủ nhật', '2026-10-11'],
  ['thứ Hai đầu tháng 11', '2026-11-02'],
  ['thứ 6 cuối tháng', '2026-10-30'],
  ['19h30 ngày 20/10', '2026-10-20T19:30'],
  ['19g30 ngày 20/10', '2026-10-20T19:30'],
  ['19 giờ 30 ngày 20/10', '2026-10-20T19:30'],
  ['7h30 tối thứ 6', '2026-10-09T19:30'],
  ['tối mai 7 rưỡi', '2026-10-06T19:30'],
  ['8h kém 15 sáng mai', '2026-10-06T07:45'],
  ['chiều 2h thứ 4 tuần sau', '2026-10-14T14:00'],
  ['12h trưa mai', '2026-10-06T12:00'],
  ['ngay 20 thang 11', '2026-11-20'],
  ['thu 6 tuan sau', '2026-10-16'],
  ['toi mai 7 ruoi', '2026-10-06T19:30'],
  ['het quy 1', '2027-03-31'],
  ['mùng 3 Tết', null],
  ['20/10 âm lịch', null],
  ['31/11', null],
  ['thứ 6 ngày 10/10', null],
  ['trước tháng 12', null],
  ['T3', null],
  ['trước hạn', null],
  ['mỗi thứ 7', null],
  ['trực 24/7', null],
  ['1/2 số đơn', null],
  ['nhân dịp 3/2', null],
]

/** What ours says: a local day or minute, or null where it asks or finds none. */
function ourDate(phrase) {
  const resolved = resolveDate(phrase, now, timeZone)
  return 'value' in resolved && resolved.value !== null ? resolved.value.replace(/\+07:00$/, '') : null
}

function chronoDate(phrase) {
  const [found] = chrono.vi.parse(phrase, { instant: now, timezone: 420 }, { forwardDate: true })
  if (!found) return null
  const local = new Date(found.start.date().getTime() + 7 * 3_600_000).toISOString()
  return found.start.isCertain('hour') ? local.slice(0, 16) : local.slice(0, 10)
}

/** Median of the rounds; `pass` does `count` operations. */
function measure(pass, count) {
  for (let done = 0; done < warmOperations; done += count) pass()
  const speeds = []
  for (let round = 0; round < rounds; round++) {
    const cpu = process.cpuUsage()
    const from = performance.now()
    let passes = 0
    while (performance.now() - from < roundMillis) {
      pass()
      passes++
    }
    const millis = performance.now() - from
    const { user, system } = process.cpuUsage(cpu)
    speeds.push({ perSecond: (passes * count * 1000) / millis, cpuMicrosPerOp: (user + system) / (passes * count) })
  }
  speeds.sort((a, b) => a.perSecond - b.perSecond)
  return speeds[Math.floor(rounds / 2)]
}

const corpus = ['dev.tsv', 'voices.tsv', 'heldout.tsv', 'blind.tsv'].flatMap((file) =>
  readFileSync(new URL(`../../test/language/${file}`, import.meta.url), 'utf8')
    .split('\n')
    .slice(1)
    .filter((line) => line !== '')
    .map((line) => {
      const [where, text] = line.split('\t')
      const [addressed, asked] = where.split(';')
      return {
        text: text.replaceAll('\\n', '\n'),
        context: {
          now,
          timeZone,
          addressed,
          botNames: ['Bot Nếp', 'Nếp'],
          expecting: asked?.replace('expecting=', ''),
        },
      }
    }),
)

const rounded = (value) => Math.round(value * 100) / 100
const count = (readPhrase, keep) => phrases.filter(([phrase, want]) => keep(readPhrase(phrase), want)).length
const isRight = (got, want) => got === want
const isSilentlyWrong = (got, want) => got !== null && got !== want

function benchmark() {
  const texts = measure(() => {
    for (const row of corpus) understand(row.text, row.context)
  }, corpus.length)
  const ours = measure(() => {
    for (const [phrase] of phrases) ourDate(phrase)
  }, phrases.length)
  const theirs = measure(() => {
    for (const [phrase] of phrases) chronoDate(phrase)
  }, phrases.length)
  const peer = (value) => ({ 'chrono-node vi': value })
  const unit = `of ${phrases.length} phrases`
  const cpuMicrosPerOp = rounded(ours.cpuMicrosPerOp)
  return [
    {
      name: 'understand',
      unit: 'utterances/s',
      ours: Math.round(texts.perSecond),
      peers: {},
      rounds,
      cpuMicrosPerOp: rounded(texts.cpuMicrosPerOp),
    },
    {
      name: 'understand dates',
      unit: 'phrases/s',
      ours: Math.round(ours.perSecond),
      peers: peer(Math.round(theirs.perSecond)),
      rounds,
      cpuMicrosPerOp,
    },
    {
      name: 'understand dates right',
      unit,
      ours: count(ourDate, isRight),
      peers: peer(count(chronoDate, isRight)),
      rounds: 1,
      cpuMicrosPerOp,
    },
    {
      name: 'understand dates silently wrong',
      unit,
      ours: count(ourDate, isSilentlyWrong),
      peers: peer(count(chronoDate, isSilentlyWrong)),
      rounds: 1,
      cpuMicrosPerOp,
    },
  ]
}

/** Random texts, half of words of the corpora in any order, half of letters and marks: none may throw, none may take long. */
function soak(size) {
  let state = 20261005
  const next = (below) => {
    // Xorshift: the same texts on every run.
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) % below
  }
  const words = [...new Set(corpus.flatMap((row) => row.text.split(/\s+/)))]
  const letters = 'aăâbcdđeêghiklmnoôơpqrstuưvxyáàảãạếềểễệốồổỗộứừửữựýỳ0123456789 \n.,:;-/%()@?!+*\u0300\u0301\u200b🎂'
  const kinds = ['command', 'mention', 'reply', 'private']
  let answered = 0
  let slowestMillis = 0
  for (let index = 0; index < size; index++) {
    const parts = []
    for (let left = 1 + next(16); left > 0; left--)
      parts.push(index % 2 === 0 ? words[next(words.length)] : letters.charAt(next(letters.length)))
    const context = { now, timeZone, addressed: kinds[next(4)], botNames: ['Bot Nếp'] }
    if (next(3) === 0) context.expecting = expectations[next(expectations.length)]
    const from = performance.now()
    if (understand(parts.join(index % 2 === 0 ? ' ' : ''), context).intent !== 'none') answered++
    slowestMillis = Math.max(slowestMillis, performance.now() - from)
  }
  return { soak: size, answered, slowestMillis: rounded(slowestMillis) }
}

const write = (line) => process.stdout.write(`${JSON.stringify(line)}\n`)
if (process.argv.includes('--soak')) write(soak(1_000_000))
else if (process.argv.includes('--list'))
  for (const [phrase, want] of phrases) write({ phrase, want, ours: ourDate(phrase), chrono: chronoDate(phrase) })
else for (const line of benchmark()) write(line)
