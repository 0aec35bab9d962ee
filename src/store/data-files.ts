/** Dated data that ships with the program: holidays, defaults of campaigns. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { CampaignDefaults } from '../domain/campaign.ts'
import { type HolidayCalendar, readHolidays } from '../domain/holidays.ts'
import { prismaDirectory } from './migrate.ts'

async function readJson(name: string): Promise<unknown> {
  return JSON.parse(await readFile(join(prismaDirectory(), 'data', name), 'utf8'))
}

export async function readDataFiles(): Promise<{ holidays: HolidayCalendar; campaignDefaults: CampaignDefaults[] }> {
  const [holidays, campaigns] = await Promise.all([readJson('holidays-vn.json'), readJson('campaigns-vn.json')])
  return { holidays: readHolidays(holidays), campaignDefaults: campaigns as CampaignDefaults[] }
}
