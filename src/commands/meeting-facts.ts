/** The meetings of the organisation spoken of, and how they are named in a text. */

import type { Facts } from '../dialogue/facts.ts'
import { meetingsAround, upcoming } from '../domain/meeting.ts'
import type { Meeting, Organisation } from '../domain/records.ts'

export function meetingsOf(facts: Facts, org: Organisation): Meeting[] {
  return meetingsAround(facts.schedule(org.orgId), facts.meetings(org.orgId), org, facts.holidays(), facts.now)
}

export function nextMeeting(facts: Facts, org: Organisation): Meeting | null {
  return upcoming(meetingsOf(facts, org), facts.now)[0] ?? null
}

/** '19 giờ 30, thứ Bảy, ngày 03/10/2026' in the cell's zone. */
export function whenOf(facts: Facts, meeting: Meeting): string {
  return facts.texts.dateTime(meeting.startsAt, facts.timeZone)
}

/** The theme that applies to a meeting: its month's, else its quarter's. */
export function themeOf(facts: Facts, org: Organisation, month: string): string | null {
  const quarter = `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`
  const themes = facts.themes(org.orgId)
  return (
    themes.find((row) => row.period === month)?.theme ?? themes.find((row) => row.period === quarter)?.theme ?? null
  )
}
