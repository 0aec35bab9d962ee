/** Minutes as they are shown, and why words are not fit for them. */
import type { Facts } from '../dialogue/facts.ts'
import { looksClassified } from '../dialogue/guard.ts'
import { attendanceOfCounts } from '../domain/attendance.ts'
import { type Minutes, type MinutesItem, maxMinutesLength, standingItems, votesFault } from '../domain/minutes.ts'
import type { Meeting, Organisation } from '../domain/records.ts'
import { rosterRoleOf, rosterWord } from '../domain/roster-words.ts'
import { type MinutesDraft, titledNamesIn } from '../language/minutes-item-reader.ts'
import { speakerIn } from '../language/minutes-reader.ts'
import { matchName } from '../language/names.ts'
import { fold } from '../language/normalise.ts'
import type { Texts } from '../texts/texts.ts'
import type { MinutesLineText, MinutesText } from '../texts/vi-minutes.ts'
import { tenthsOf } from './figures.ts'
import { themeOf } from './meeting-facts.ts'
import { namesSomebody } from './period-review.ts'

/** What stands before a colon; "Thu: 5 triệu" is money. */
const label = /^([^:]{2,40}):\s*(?!\d)\S/u
const isNameLike = (words: string) => /^\p{Lu}/u.test(words) || words.trim().includes(' ')

function isOffice(words: string): boolean {
  const parts = words.split(/\s+/)
  return [parts.join(' '), parts.slice(0, -1).join(' '), parts.slice(0, 2).join(' ')].some(
    (each) => each !== '' && rosterRoleOf(rosterWord(fold(each)), 'cell') !== undefined,
  )
}

/** What to answer where a draft cannot be noted whatever the meeting; null where it can. */
export function faultOf(facts: Facts, orgId: number, draft: MinutesDraft): string | null {
  const { texts } = facts
  const { content, unclear } = draft
  if (looksClassified(content)) return texts.classified
  const roster = facts
    .roster(orgId)
    .flatMap(({ memberId, displayName }) => (displayName === null ? [] : [{ id: memberId, name: displayName }]))
  // "Bình: nên mua ngay" is what Bình said.
  const before = label.exec(content)?.[1]
  const speakers = [before && isNameLike(before) ? before : null, speakerIn(content)]
  if (speakers.some((name) => name && matchName(name, roster).length > 0)) return texts.minutesNoSpeech
  const names = titledNamesIn(content)
  if (names.some((name) => !isOffice(name)) || namesSomebody(facts, orgId, content)) return texts.minutesNoNames
  if (unclear) return texts.minutesUnclear
  return content.length > maxMinutesLength ? texts.minutesTooLong(maxMinutesLength) : null
}

/** What minutes are made of, wherever it is read. */
export interface MinutesSource {
  organisation: string
  timeZone: string
  meeting: Meeting
  theme: string | null
  head: Minutes | null
  items: readonly MinutesItem[]
  /** Null of whoever was erased. */
  nameOf(memberId: number): string | null
}

/** The minutes of a meeting as a conversation knows them. */
export function minutesView(
  facts: Facts,
  org: Organisation,
  meeting: Meeting,
  head: Minutes | null,
  items: readonly MinutesItem[],
): MinutesText {
  return viewOf(facts.texts, {
    ...{ organisation: org.name, timeZone: facts.timeZone, meeting, head, items },
    theme: themeOf(facts, org, meeting.occurrence),
    nameOf: (memberId) => facts.member(memberId)?.displayName ?? null,
  })
}

/** Counts alone of who was there; nobody by name but who took over a task. */
export function viewOf(texts: Texts, source: MinutesSource): MinutesText {
  const { meeting, head, items } = source
  const roll = meeting.rollCounts ? attendanceOfCounts(meeting.rollCounts, true) : null
  const line = (item: MinutesItem): MinutesLineText => {
    const { votesFor, votesAgainst, votesOther, votesOf } = item
    const rate = votesFor !== null && votesOf !== null ? { numerator: votesFor, denominator: votesOf } : null
    const counts = { for: votesFor, against: votesAgainst, other: votesOther }
    const known = {
      ...(votesFor === null ? {} : { for: votesFor }),
      ...(votesAgainst === null ? {} : { against: votesAgainst }),
      ...(votesOther === null ? {} : { other: votesOther }),
      ...(votesOf === null ? {} : { of: votesOf }),
    }
    return {
      number: item.number,
      content: item.content ?? '',
      votes: Object.keys(known).length > 0 ? { ...counts, rate, tenths: rate ? tenthsOf(rate) : null } : null,
      isDoubtful: votesFault(known, roll?.present ?? null) !== null,
      inCharge: item.inChargeId === null ? item.unit : (source.nameOf(item.inChargeId) ?? texts.erasedName),
      dueOn: item.dueOn,
    }
  }
  return {
    organisation: source.organisation,
    meeting: texts.meetingName(meeting.occurrence),
    isCombined: meeting.kind === 'combined',
    when: texts.dateTime(meeting.startsAt, source.timeZone),
    place: meeting.place,
    theme: source.theme,
    chair: head?.chair ? texts.roleNames[head.chair] : null,
    keeper: head?.keeper ? texts.roleNames[head.keeper] : null,
    speakers: head?.speakers ?? null,
    roll: roll && {
      rate: roll.rate,
      tenths: tenthsOf(roll.rate),
      excused: roll.excused,
      unexcused: roll.unexcused,
    },
    decisions: standingItems(items, 'decision').map(line),
    tasks: standingItems(items, 'task').map(line),
  }
}
