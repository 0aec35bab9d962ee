/** Everything that can be asked for; a new command is one file and one line here. */
import type { IntentName } from '../language/intents.ts'
import { activate } from './activate.ts'
import { agenda } from './agenda.ts'
import { attend, excuse, excuseFor } from './attend.ts'
import { claim } from './claim.ts'
import type { Command } from './command.ts'
import { commend } from './commend.ts'
import { giveConsent, withdrawConsent } from './consent.ts'
import { copyDeeds } from './copy.ts'
import { eraseData, exportData, showData } from './data.ts'
import { requestRight } from './data-request.ts'
import { describe } from './describe.ts'
import { editDeed } from './edit.ts'
import { evidence } from './evidence.ts'
import { help } from './help.ts'
import { mine } from './mine.ts'
import { minutes } from './minutes.ts'
import { missing } from './missing.ts'
import { moveMeeting } from './move.ts'
import { openCampaign } from './open-campaign.ts'
import { closePeriod, reopenPeriod } from './period.ts'
import { reviewPeriod } from './period-review.ts'
import { addModel, nameExemplar } from './praise.ts'
import { showPraise } from './praise-shown.ts'
import { reportProgress } from './progress.ts'
import { selfRate } from './rate.ts'
import { rateAny } from './rate-above.ts'
import { register } from './register.ts'
import { registerCollective } from './register-collective.ts'
import { remind } from './remind.ts'
import { approveDeeds, returnDeed } from './review.ts'
import { rollCall } from './roll-call.ts'
import { setSchedule } from './schedule.ts'
import { summary } from './summary.ts'
import { theme } from './theme.ts'
import { when } from './when.ts'
import { withdrawDeed } from './withdraw.ts'

const all = [
  activate,
  addModel,
  agenda,
  approveDeeds,
  attend,
  claim,
  closePeriod,
  commend,
  copyDeeds,
  describe,
  editDeed,
  eraseData,
  evidence,
  excuse,
  excuseFor,
  exportData,
  giveConsent,
  help,
  mine,
  minutes,
  missing,
  moveMeeting,
  nameExemplar,
  openCampaign,
  rateAny,
  register,
  registerCollective,
  remind,
  requestRight,
  reopenPeriod,
  reportProgress,
  returnDeed,
  reviewPeriod,
  rollCall,
  selfRate,
  setSchedule,
  showData,
  showPraise,
  summary,
  theme,
  when,
  withdrawConsent,
  withdrawDeed,
] as unknown as readonly Command[]

const byIntent = new Map<IntentName, Command>(all.flatMap((command) => command.intents.map((name) => [name, command])))

/** Everything that somebody may ask for. */
export const servedIntents = (): IntentName[] => [...byIntent.keys()]

export function commandFor(intent: IntentName): Command | null {
  return byIntent.get(intent) ?? null
}
