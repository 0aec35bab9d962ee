/** `nep meeting list|show|set|score`: meetings with their states and counts, and what an organisation does about them. */
import { type Command, InvalidArgumentError } from 'commander'
import { isLocalTime } from '../domain/calendar.ts'
import type { MeetingChange, MeetingSettings } from '../store/admin-meetings.ts'
import type { ScoreView } from '../store/meeting-score.ts'
import { columns, print, subcommand, title, WrongUse, wholeNumber, withDatabase } from './command-line.ts'

const help = `
What is not given keeps its value. The day of the announcement, the agenda and the thresholds hold for everything below that
has none of its own; leads and quiet hours are the organisation's alone.

Examples:
  nep meeting set --org 1 --notice-day 20 --agenda "Thời sự" "Nhiệm vụ tháng tới"
  nep meeting set --org 2 --leads 7200 1440 120 --quiet-from 21:30 --quiet-to 06:30
  nep meeting set --org 2 --above-percent 80
`

const scoreHelp = `
The form is DATA_DIR/forms/meeting-score.yaml; without one the example that ships with Nếp is taken, which is nobody's rule:
copy it from prisma/data/<profile>/meeting-score.yaml and change it. What records tell is counted (attendance, absences without
leave, whether it was moved); the rest is answered. The score is kept once answers are given and nothing is missing; after
a correction of the roll call --keep keeps it as it is counted now. Without the two nothing is changed.

Examples:
  nep meeting score --org 2 --occurrence 2026-10
  nep meeting score --org 2 --occurrence 2026-10 --answer prepared=15 content=10 duration=10 speakers=7.5 principles=10 carried-out=15
  nep meeting score --org 2 --occurrence 2026-11-T --answer theme=8   (a thematic meeting of its own has "theme" instead of "content")
`

function answer(text: string): [string, number] {
  const [, id, points] = /^([a-z][a-z0-9-]*)=(\d{1,4}(?:[.,]\d)?)$/.exec(text) ?? []
  if (!id || !points) throw new InvalidArgumentError('It must be a criterion and its points, such as prepared=15.')
  return [id, Number(points.replace(',', '.'))]
}

function occurrence(text: string): string {
  if (!/^\d{4}-(0[1-9]|1[0-2])(-T)?$/.test(text))
    throw new InvalidArgumentError(
      'It must be a month such as 2026-10, or 2026-10-T for a thematic meeting of its own.',
    )
  return text
}

function scoreLines(score: ScoreView): string[] {
  const { criteria, missing, total, maximum, grade, gradeLabel, kept } = score
  const [first] = missing
  const isSame = kept?.total === total && kept.maximum === maximum && kept.grade === grade
  return [
    `${score.title}, ${score.occurrence}`,
    `form ${score.form.path} (${score.form.version}): ${score.source}`,
    ...columns(
      criteria.map(({ id, label, maximum, points, origin }) => [
        ...[id, `${points ?? '?'}/${maximum}`, { records: 'counted', answer: 'answered', missing: 'MISSING' }[origin]],
        label,
      ]),
    ),
    `total ${total}/${maximum}${gradeLabel ? `: ${gradeLabel}` : ' so far'}`,
    ...(first ? [`missing: ${missing.join(', ')}; give them as --answer ${first}=POINTS …`] : []),
    ...(kept && isSame ? [`kept ${kept.at.toISOString()}`] : []),
    ...(kept && !isSame
      ? [`kept ${kept.at.toISOString()} by form ${kept.form}: ${kept.total}/${kept.maximum}, ${kept.grade}`]
      : []),
    ...(!kept && !first ? ['not kept: --keep keeps it'] : []),
  ]
}

function localTime(text: string): string {
  if (!isLocalTime(text)) throw new InvalidArgumentError('It must be an hour such as 21:30.')
  return text
}

const many =
  <T>(read: (text: string) => T) =>
  (text: string, before: T[] | undefined): T[] => [...(before ?? []), read(text)]

function settingLines(settings: MeetingSettings): string[] {
  const { noticeDay, agenda, leadMinutes, quietFrom, quietTo, abovePercent, mostExcusedInRow, monthsAbsent } = settings
  return columns([
    ['announced on day', noticeDay === 0 ? 'never' : `${noticeDay} of the month before`],
    ['reminders, minutes before', leadMinutes.join(', ')],
    ['quiet hours', `${quietFrom} to ${quietTo}`],
    ['attendance above', abovePercent === null ? 'as the rule says' : `${abovePercent} %`],
    ['most excused in a row', mostExcusedInRow === null ? 'as the rule says' : String(mostExcusedInRow)],
    ['months absent', monthsAbsent === null ? 'as the rule says' : String(monthsAbsent)],
    ...(agenda ?? ["the profile's"]).map((line, at) => [at === 0 ? 'agenda' : '', line]),
  ])
}

/** The minutes as members read them, in the program's language. */
async function showMinutes(org: number, occurrence: string, command: Command): Promise<void> {
  const shown = await withDatabase(async ({ pool, config }) => {
    const [{ minutesSource }, { viewOf }, { textsOf }] = await Promise.all([
      import('../store/admin-minutes.ts'),
      import('../commands/minutes-view.ts'),
      import('../texts/index.ts'),
    ])
    const texts = textsOf(config.locale, config.profile)
    const view = viewOf(texts, await minutesSource(pool, org, occurrence))
    return { view, text: texts.minutesText(view) }
  })
  print(command, shown.view, shown.text.split('\n'))
}

/** Adds `meeting`. */
export function addMeetingCommands(program: Command): void {
  const meeting = program.command('meeting').description('meetings, and what is done about them')
  subcommand(meeting, 'list', 'the meetings of an organisation and of everything below it, with states and counts')
    .requiredOption('--org <id>', 'the organisation', wholeNumber())
    .action(async (options: { org: number }, command: Command) => {
      const meetings = await withDatabase(async ({ pool }) => {
        const { listMeetings } = await import('../store/admin-meetings.ts')
        return listMeetings(pool, options.org)
      })
      const rows = meetings.map(({ orgId, occurrence, kind, startsAt, state, reasonKind, attendance }) => [
        ...[String(orgId), occurrence, kind, startsAt.toISOString(), reasonKind ? `${state} (${reasonKind})` : state],
        attendance ? `${attendance.present}/${attendance.expected} present` : '',
      ])
      print(command, meetings, rows.length > 0 ? columns(rows) : ['No meeting yet.'])
    })
  subcommand(meeting, 'show', 'what holds for the meetings of an organisation, or the minutes of one of them')
    .requiredOption('--org <id>', 'the organisation', wholeNumber())
    .option('--occurrence <month>', 'the meeting whose minutes are shown: 2026-10, or 2026-10-T', occurrence)
    .action(async (options: { org: number; occurrence?: string }, command: Command) => {
      if (options.occurrence !== undefined) return showMinutes(options.org, options.occurrence, command)
      const settings = await withDatabase(async ({ pool }) => {
        const { meetingSettings } = await import('../store/admin-meetings.ts')
        return meetingSettings(pool, options.org)
      })
      print(command, settings, settingLines(settings))
    })
  subcommand(meeting, 'set', 'set what holds for the meetings of an organisation')
    .requiredOption('--org <id>', 'the organisation', wholeNumber())
    .option(
      '--notice-day <n>',
      'day of the month before on which meetings are announced; 0 for never',
      wholeNumber(0, 31),
    )
    .option('--agenda <line...>', 'the lines of a meeting, each in quotes', many(title))
    .option(
      '--leads <minutes...>',
      'how long before a meeting its group is reminded',
      many(wholeNumber(1, 60 * 24 * 60)),
    )
    .option('--quiet-from <hh:mm>', 'nothing is sent from then …', localTime)
    .option('--quiet-to <hh:mm>', '… until then', localTime)
    .option('--above-percent <n>', 'attendance that secretaries are told of when it is not above', wholeNumber(0, 99))
    .option('--most-excused <n>', 'excused absences in a row, more of which they are told of', wholeNumber(1, 12))
    .option('--months-absent <n>', 'months of a year without good reason that they are told of', wholeNumber(1, 12))
    .addHelpText('after', help)
    .action(async ({ org, leads, mostExcused, json: _, ...rest }: SetOptions, command: Command) => {
      const given = { ...rest, leadMinutes: leads, mostExcusedInRow: mostExcused }
      const change: MeetingChange = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
      if (Object.keys(change).length === 0) throw new WrongUse('Nothing to set: give at least one of the options.')
      const settings = await withDatabase(async ({ pool, now }) => {
        const { setMeetings } = await import('../store/admin-meetings.ts')
        return setMeetings(pool, org, change, now())
      })
      print(command, settings, settingLines(settings))
    })
  subcommand(meeting, 'score', 'judge how good a meeting was, by a form that can be edited')
    .requiredOption('--org <id>', 'the cell', wholeNumber())
    .requiredOption('--occurrence <month>', 'the meeting: 2026-10, or 2026-10-T', occurrence)
    .option('--answer <id=points...>', 'points of what is not counted', many(answer))
    .option('--keep', 'keep the score as it is counted now')
    .addHelpText('after', scoreHelp)
    .action(async ({ org: orgId, occurrence, answer, keep }: ScoreOptions, command: Command) => {
      const score = await withDatabase(async ({ pool, config, now }) => {
        const [{ loadMeetingForm }, { scoreOf }] = await Promise.all([
          import('../store/meeting-form.ts'),
          import('../store/meeting-score.ts'),
        ])
        const form = await loadMeetingForm(config)
        return scoreOf(pool, { orgId, occurrence }, form, { given: new Map(answer), keep: keep === true }, now())
      })
      print(command, score, scoreLines(score))
    })
}

interface ScoreOptions {
  org: number
  occurrence: string
  answer?: [string, number][]
  keep?: true
}

interface SetOptions extends Omit<MeetingChange, 'leadMinutes' | 'mostExcusedInRow'> {
  org: number
  leads?: number[]
  mostExcused?: number
  json?: boolean
}
