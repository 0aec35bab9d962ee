/** What is printed of opening a campaign, held to what was meant and then to the rows. */
import type { Reader } from './printed.ts'
import { vnDate } from './recount.ts'

const D = String.raw`\d{2}/\d{2}/\d{4}`

/** The days before the end on which a group is reminded, where nobody set others (the guide, part two, 8). */
const usualLeadDays = [14, 7, 3, 1, 0]

export function takeCampaign(reader: Reader): void {
  if (!/đợt đăng ký|trước hạn/.test(reader.text)) return
  const { rows, orgId, occasion } = reader
  const inForce = (year: string | undefined) => {
    const path = rows.organisation.find((row) => row.org_id === orgId)?.path ?? ''
    return rows.campaign
      .filter((row) => String(row.year) === year && path.includes(`/${row.org_id}/`))
      .sort((one, other) => path.indexOf(`/${other.org_id}/`) - path.indexOf(`/${one.org_id}/`))[0]
  }
  reader.take(String.raw`^Mở đợt đăng ký năm (\d{4}) của (.+): từ (${D}) đến hết (${D})\.$`, (year, name, from, to) => {
    const days = (occasion.days ?? []).map(vnDate)
    reader.same('campaign asked from', from, days[0] ?? 'not said')
    reader.same('campaign asked until', to, days[1] ?? 'not said')
    reader.same('year of the campaign', year, occasion.days?.[1]?.slice(0, 4) ?? 'not said')
    reader.same('whose campaign', name, rows.organisation.find((row) => row.org_id === orgId)?.name ?? 'nobody')
  })
  reader.take(
    String.raw`^Nhóm được nhắc trước hạn ([\d, ]+) ngày( và trong ngày cuối)?, chỉ nêu số lượng`,
    (days, last) => {
      const year = occasion.days?.[1]?.slice(0, 4)
      const planned = [...(inForce(year)?.lead_days ?? usualLeadDays)].sort((one, other) => other - one)
      reader.same('days of reminders', days, planned.filter((day) => day > 0).join(', '))
      reader.holds('reminder on the last day', (last !== undefined) === planned.includes(0), `planned: ${planned}`)
    },
  )
  reader.take(String.raw`^Đã mở đợt đăng ký năm (\d{4}), từ (${D}) đến hết (${D})`, (year, from, to) => {
    const own = rows.campaign.find((row) => row.org_id === orgId && String(row.year) === year)
    reader.same('campaign opens', from, own ? vnDate(own.opens_on) : 'not opened')
    reader.same('campaign closes', to, own ? vnDate(own.closes_on) : 'not opened')
    reader.holds('campaign opened now', Date.parse(own?.opened_at ?? '') === occasion.now.getTime(), 'at another time')
  })
}
