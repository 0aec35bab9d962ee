/** Dated data that ships with the program: holidays of the country, and what a profile's groups go by. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AttendanceRule } from '../domain/attendance-alerts.ts'
import type { CampaignDefaults } from '../domain/campaign.ts'
import type { PrivacyRule } from '../domain/data-request.ts'
import { type HolidayCalendar, readHolidays } from '../domain/holidays.ts'
import type { RatingRule } from '../domain/rating.ts'
import type { ProfileName } from '../profiles/index.ts'
import type { Demo } from './demo.ts'
import { prismaDirectory } from './migrate.ts'

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(prismaDirectory(), 'data', name), 'utf8'))
}

/** Each entry of a profile's data says from when it holds and where it stands. */
export async function readDataFiles(
  profile: ProfileName = 'chi-bo',
  locale: 'vi' | 'en' = 'vi',
): Promise<{
  holidays: HolidayCalendar
  campaignDefaults: CampaignDefaults[]
  ratingRules: RatingRule[]
  attendanceRules: AttendanceRule[]
  privacyRules: PrivacyRule[]
}> {
  const own = ['campaigns', 'ratings', 'attendance'].map((name) => join(profile, `${name}.json`))
  const [holidays, privacy, campaigns, ratings, attendance] = await Promise.all(
    ['holidays-vn.json', 'privacy-vn.json', ...own].map(readJson),
  )
  return {
    holidays: readHolidays(holidays),
    campaignDefaults: (campaigns as CampaignDefaults[]).map((entry) =>
      locale === 'en' && entry.titleEn ? { ...entry, title: entry.titleEn } : entry,
    ),
    ratingRules: ratings as RatingRule[],
    attendanceRules: attendance as AttendanceRule[],
    privacyRules: privacy as PrivacyRule[],
  }
}

/** The people of the demo; in English they are those of a plain group, whatever the profile. */
export async function readDemo(profile: ProfileName, locale: 'vi' | 'en'): Promise<Demo> {
  return (await readJson(locale === 'en' ? join('plain', 'demo-en.json') : join(profile, 'demo.json'))) as Demo
}
