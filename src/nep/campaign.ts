/** `nep campaign set|show`: the yearly campaign of an organisation and everything below it. */
import { type Command, InvalidArgumentError } from 'commander'
import { leadDaysOf } from '../domain/campaign.ts'
import type { CampaignChange, CampaignView } from '../store/admin-campaign.ts'
import { calendarDate, columns, print, subcommand, title, WrongUse, wholeNumber, withDatabase } from './command-line.ts'

interface SetOptions {
  org: number
  year: number
  title?: string
  basis?: string[]
  theme?: string
  opens?: string
  closes?: string
  min?: number
  max?: number
  collectiveMin?: number
  collectiveMax?: number
  leads?: number[]
}

const help = `
What is not given keeps its value. Organisations below inherit the campaign unless they have one of their own.

Examples:
  nep campaign set --org 1 --year 2026 --closes 2026-03-31 --theme "Tự lực, tự chủ"
  nep campaign set --org 1 --year 2026 --min 1 --max 3
  nep campaign open --org 1 --year 2026 --opens 2026-01-05 --closes 2026-03-31
`

/** More deeds than this are not a pledge but a list of duties. */
const deedCount = wholeNumber(0, 50)
const year = wholeNumber(2000, 2200)

function changeOf(options: SetOptions): CampaignChange {
  const change: CampaignChange = {
    title: options.title,
    legalBasis: options.basis?.map(title),
    theme: options.theme === undefined ? undefined : options.theme.trim() === '' ? null : title(options.theme),
    opensOn: options.opens,
    closesOn: options.closes,
    minIndividual: options.min,
    maxIndividual: options.max,
    minCollective: options.collectiveMin,
    maxCollective: options.collectiveMax,
    leadDays: options.leads,
  }
  return Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
}

/** '14,7,3,1,0': days before the end. */
function leads(text: string): number[] {
  const days = text.split(',').map((each) => each.trim())
  if (!days.every((each) => /^\d{1,3}$/.test(each)))
    throw new InvalidArgumentError('It must be days before the end, such as 14,7,3,1,0.')
  return days.map(Number)
}

function viewOf(campaign: CampaignView) {
  const { orgId, setBy, title, legalBasis, theme, opensOn, closesOn } = campaign
  return {
    ...{ orgId, year: campaign.year, setBy, title, legalBasis, theme, opensOn, closesOn },
    individual: { min: campaign.minIndividual, max: campaign.maxIndividual },
    collective: { min: campaign.minCollective, max: campaign.maxCollective },
    leadDays: leadDaysOf(campaign),
    openedAt: campaign.openedAt?.toISOString() ?? null,
  }
}

function linesOf({ orgId, setBy, ...campaign }: ReturnType<typeof viewOf>): string[] {
  const from = setBy === orgId ? 'itself' : setBy === null ? 'the defaults' : `organisation ${setBy}`
  return columns([
    ['title', campaign.title],
    ...campaign.legalBasis.map((each) => ['legal basis', each]),
    ['theme', campaign.theme ?? 'none'],
    ['opens, closes', `${campaign.opensOn}, ${campaign.closesOn}`],
    ['deeds of a member', `${campaign.individual.min} to ${campaign.individual.max}`],
    ['deeds of the organisation', `${campaign.collective.min} to ${campaign.collective.max}`],
    ['reminders', `${campaign.leadDays.join(', ')} days before the end`],
    ['opened', campaign.openedAt ?? 'no: groups hear nothing of it'],
    ['set by', from],
  ])
}

/** Adds `campaign`. */
export function addCampaignCommands(program: Command): void {
  const campaign = program.command('campaign').description('the campaign of a year')
  subcommand(campaign, 'set', "set an organisation's campaign")
    .requiredOption('--org <id>', 'the organisation', wholeNumber())
    .requiredOption('--year <year>', 'the year', year)
    .option('--title <title>', 'what it is called', title)
    .option('--basis <text...>', 'what it is based on, one or several')
    .option('--theme <theme>', 'the theme of the year; "" for none')
    .option('--opens <date>', 'first day of registration, YYYY-MM-DD', calendarDate)
    .option('--closes <date>', 'last day of registration, YYYY-MM-DD', calendarDate)
    .option('--min <n>', 'least deeds of a member', deedCount)
    .option('--max <n>', 'most deeds of a member', deedCount)
    .option('--collective-min <n>', 'least deeds of the organisation itself', deedCount)
    .option('--collective-max <n>', 'most deeds of the organisation itself', deedCount)
    .option('--leads <days>', 'days before the end on which groups are reminded, 0 for the last day: 14,7,3,1,0', leads)
    .addHelpText('after', help)
    .action(async (options: SetOptions, command: Command) => {
      const change = changeOf(options)
      if (Object.keys(change).length === 0) throw new WrongUse('Nothing to set: give at least one of the options.')
      const view = await withDatabase(async ({ pool, now, config }) => {
        const { setCampaign } = await import('../store/admin-campaign.ts')
        return viewOf(await setCampaign(pool, { orgId: options.org, year: options.year }, change, now(), config))
      })
      print(command, view, linesOf(view))
    })
  subcommand(campaign, 'open', 'have groups told that registration begins, and reminded until it ends')
    .requiredOption('--org <id>', 'the organisation; everything below it hears of it', wholeNumber())
    .requiredOption('--year <year>', 'the year', year)
    .option('--opens <date>', 'first day of registration, YYYY-MM-DD', calendarDate)
    .option('--closes <date>', 'last day of registration, YYYY-MM-DD', calendarDate)
    .option('--leads <days>', 'days before the end on which groups are reminded', leads)
    .action(async (options: SetOptions, command: Command) => {
      const view = await withDatabase(async ({ pool, now, config }) => {
        const { setCampaign } = await import('../store/admin-campaign.ts')
        const at = now()
        const change = { ...changeOf(options), openedAt: at }
        return viewOf(await setCampaign(pool, { orgId: options.org, year: options.year }, change, at, config))
      })
      print(command, view, linesOf(view))
    })
  subcommand(campaign, 'show', 'show the campaign in force for an organisation')
    .requiredOption('--org <id>', 'the organisation', wholeNumber())
    .option('--year <year>', 'the year (default: this year)', year)
    .action(async (options: { org: number; year?: number }, command: Command) => {
      const view = await withDatabase(async ({ pool, now, config }) => {
        const { showCampaign } = await import('../store/admin-campaign.ts')
        return viewOf(await showCampaign(pool, options.org, options.year ?? now().getFullYear(), now(), config))
      })
      print(command, view, linesOf(view))
    })
}
