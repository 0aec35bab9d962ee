/** Dated data that ships with the program: holidays, defaults of campaigns, rules of rating. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CampaignDefaults } from '../domain/campaign.ts'
import { type HolidayCalendar, readHolidays } from '../domain/holidays.ts'
import type { RatingRule } from '../domain/rating.ts'
import { prismaDirectory } from './migrate.ts'

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(prismaDirectory(), 'data', name), 'utf8'))
}

export async function readDataFiles(): Promise<{
  holidays: HolidayCalendar
  campaignDefaults: CampaignDefaults[]
  ratingRules: RatingRule[]
}> {
  const names = ['holidays-vn.json', 'campaigns-vn.json', 'ratings-vn.json']
  const [holidays, campaigns, ratings] = await Promise.all(names.map(readJson))
  return {
    holidays: readHolidays(holidays),
    campaignDefaults: campaigns as CampaignDefaults[],
    ratingRules: ratings as RatingRule[],
  }
}
