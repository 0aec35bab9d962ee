/**
 * Intents whose meaning lies in which words come together, whatever their order. A row names the tags that must be
 * there (`a b` both, `a|b` either), those that may be there as well, and those that must not. Polite words, pronouns,
 * titles and the bot's name are always allowed; any other word counts against the row: an unknown one 1, one that means
 * something else 2. A row holds only while that sum stays within `spare` (0): what is not understood is not acted on.
 * One table although long: the rows only mean something together, in this order.
 * Rows are tried from top to bottom; the first that holds wins.
 */
import type { IntentName } from './intents.ts'

export type SlotReader = 'period' | 'deed' | 'about' | 'format' | 'none'

export interface RuleRow {
  intent: IntentName
  need: string
  also?: string
  not?: string
  spare?: number
  slots?: SlotReader
  /** Only where this stands first, after polite words. */
  head?: string
  /** May hold although the text begins like a pledge (`đk …`). */
  isOfRegister?: true
  names?: true
  /** Only of what is the speaker's own. */
  isOwn?: true
  /** A year before this one is named. */
  when?: 'pastYear'
}

const asked = 'what when where have already notYet neg show yes'
const meeting = 'meet session sched cell time number'

export const ruleRows: readonly RuleRow[] = [
  // Consent and personal data
  {
    intent: 'consent.withdraw',
    need: 'withdraw|stop|drop agree',
    also: 'deed data process personal anymore permission number',
  },
  {
    intent: 'consent.withdraw',
    need: 'neg agree data|process',
    also: 'deed data process personal anymore can permission time answer no where',
  },
  { intent: 'consent.withdraw', need: 'neg|stop process data', also: 'deed agree personal anymore permission can' },
  {
    intent: 'consent.give',
    need: 'agree data',
    not: 'neg stop withdraw drop notYet',
    also: 'deed data process personal permission yes time can approve',
  },
  {
    intent: 'data.erase',
    isOwn: true,
    need: 'erase data',
    not: 'neg',
    also: 'me personal everything stored people time have number deed',
  },
  {
    intent: 'data.export',
    isOwn: true,
    need: 'export data me|personal',
    also: 'personal show everything people stored have time number xlsx docx csv into',
  },
  {
    intent: 'data.show',
    isOwn: true,
    need: 'data me|personal',
    not: 'erase neg export',
    also: 'data personal show what stored have where everything howMany people time already',
  },
  {
    intent: 'data.show',
    isOwn: true,
    need: 'bot stored what personal|me',
    not: 'help register deed',
    also: 'data stored have show already people',
  },
  {
    intent: 'data.show',
    isOwn: true,
    need: 'stored what personal',
    also: 'data bot have show already people everything',
  },

  // Who is missing
  {
    intent: 'summary.missing',
    need: 'notYet|missing who|people|show|howMany',
    not: 'remind me data export help',
    also: 'register deed answer submit attend meet session progress summary time number cell have missing willAttend present canAttend done people who show howMany followUncle yes rollCall neg rate self untilNow',
    slots: 'about',
  },
  {
    // "Chi bộ nào đăng ký chậm": whose, and so no deed of one's own cell.
    intent: 'summary.missing',
    need: 'notYet|missing cell what register|answer|submit|progress|deed|done',
    head: 'cell show have',
    not: 'remind me data export help theme',
    also: 'register deed answer submit progress summary time number cell have missing done what show notYet followUncle untilNow meet',
    slots: 'about',
  },
  {
    intent: 'summary.missing',
    need: 'notYet register|answer|submit|progress|willAttend',
    head: 'who people show have',
    not: 'remind me data export',
    also: 'deed answer submit attend meet progress summary time number cell have missing people done',
    slots: 'about',
  },

  // Own deeds
  {
    intent: 'pledge.copy',
    need: 'same oldYear',
    also: 'submit register deed people everything time number have followUncle cell already yes into show anymore rate',
    not: 'edit when summary theme',
    isOfRegister: true,
  },
  {
    intent: 'pledge.copy',
    need: 'same time number',
    also: 'register deed people everything followUncle cell already yes into show anymore rate',
    not: 'edit when summary theme',
    isOfRegister: true,
    when: 'pastYear',
  },
  {
    intent: 'pledge.withdraw',
    isOwn: true,
    need: 'drop register|deed',
    head: 'drop register deed neg cancel',
    also: 'anymore deed register number everything time already into',
    not: 'what when data who howMany approve collective',
    slots: 'deed',
  },
  {
    intent: 'pledge.withdraw',
    isOwn: true,
    need: 'neg register|deed anymore',
    also: 'deed number drop can done',
    not: 'what when who',
    slots: 'deed',
  },
  {
    intent: 'pledge.mine',
    isOwn: true,
    need: 'me register|deed notYet|approve',
    not: 'people who summary done drop edit rate',
    also: 'register deed already have notYet approve number can time yes',
    isOfRegister: true,
  },
  {
    intent: 'pledge.mine',
    isOwn: true,
    need: 'me register|deed what|where|howMany|show',
    not: 'oldYear edit drop people collective theme docx xlsx csv',
    also: 'register deed show already have notYet approve number time what where howMany done followUncle untilNow progress have personal stored data',
    isOfRegister: true,
  },
  {
    intent: 'pledge.mine',
    isOwn: true,
    need: 'show register|deed',
    not: 'people who howMany notYet oldYear summary missing',
    also: 'me register deed already have number time followUncle personal progress',
    isOfRegister: true,
  },
  {
    intent: 'pledge.mine',
    isOwn: true,
    need: 'me deed',
    not: 'number done what notYet rate approve',
    also: 'register deed followUncle time where personal',
  },
  {
    // "Việc số 2 của tôi hạn bao giờ"
    intent: 'pledge.mine',
    isOwn: true,
    need: 'me deed dueWord when|what|howMany',
    not: 'people who edit drop',
    also: 'register number time already have',
  },
  {
    intent: 'pledge.mine',
    isOwn: true,
    need: 'me register already what|howMany|where',
    also: 'deed have',
    isOfRegister: true,
  },
  {
    intent: 'pledge.mine',
    isOwn: true,
    need: 'register|deed howMany deed',
    not: 'people who cell',
    also: 'already have time',
    isOfRegister: true,
  },
  {
    intent: 'pledge.mine',
    isOwn: true,
    need: 'deed|register where|what',
    head: 'deed register me',
    not: 'who people meet help howMany notYet data',
    also: 'me register already followUncle have',
    isOfRegister: true,
  },

  // Files, reminders, who is missing, summaries
  {
    intent: 'report.export',
    need: 'export|summary|show xlsx|docx|csv',
    not: 'neg offTopic',
    also: 'summary progress register deed meet attend ratio time number cell people me have what collective followUncle theme missing into present percent set edit data done',
    slots: 'format',
  },
  {
    intent: 'report.export',
    need: 'export summary|register|progress',
    not: 'neg who data',
    also: 'time number cell people register deed ratio meet attend progress have collective followUncle',
    slots: 'format',
  },
  {
    intent: 'report.export',
    need: 'export file',
    not: 'neg who data what where',
    also: 'time number cell people set',
    slots: 'format',
  },
  { intent: 'report.export', need: 'xlsx|docx|csv', also: 'time number export', slots: 'format' },
  {
    intent: 'remind.now',
    need: 'remind people|notYet|who|register|meet|answer|submit|progress|attend|sched|deed',
    head: 'remind',
    not: 'me',
    also: 'people notYet register deed answer submit attend meet session progress summary time number cell who have missing willAttend present neg when canAttend done followUncle rollCall sched cell yes set already rate self what',
    slots: 'about',
  },
  {
    intent: 'remind.now',
    need: 'remind people|notYet|who',
    head: 'remind',
    also: 'me people notYet register deed answer submit attend meet session progress summary time number cell who have missing willAttend present neg when canAttend done followUncle rollCall sched yes set already rate self what',
    slots: 'about',
  },
  {
    intent: 'meeting.rollCall',
    need: 'rollCall',
    not: 'neg notYet who when what me present howMany register',
    also: 'polite open meet session time number cell already yes set have',
  },
  {
    intent: 'meeting.rollCall',
    need: 'rollCall me proxy',
    not: 'neg notYet who when what present howMany register',
    also: 'open meet session time number cell already yes set',
  },
  {
    intent: 'meeting.theme',
    need: 'theme',
    not: 'remind move register neg edit deed set who',
    also: `time number what show cell meet sched session have already when yes progress followUncle`,
    slots: 'period',
  },
  {
    intent: 'meeting.theme',
    need: 'meet what',
    not: 'summary when where howMany register who help notYet move edit sched neg callOff',
    also: 'time number cell session theme deed have show',
    slots: 'period',
    spare: 0,
  },

  // Meetings asked about
  {
    intent: 'meeting.when',
    need: 'sched|meet move|edit what|neg|notYet|where',
    head: 'sched meet have time',
    not: 'summary into remind register deed set me',
    also: `${asked} ${meeting} move edit people`,
    slots: 'period',
  },
  {
    intent: 'meeting.when',
    need: 'meet|sched when|where',
    not: 'summary move callOff remind register who howMany set theme rollCall',
    also: `${asked} ${meeting} attend recurring people have cell onTime`,
    slots: 'period',
    spare: 1,
  },
  {
    intent: 'meeting.when',
    need: 'sched meet',
    not: 'summary move callOff remind register who set edit recurring absent leave kin',
    also: `${asked} ${meeting} attend people cell have rate howMany`,
    slots: 'period',
    spare: 1,
  },
  {
    intent: 'meeting.when',
    need: 'sched',
    not: 'summary move callOff remind register who set edit recurring absent leave',
    also: `${asked} ${meeting} attend people cell have rate howMany`,
    slots: 'period',
    spare: 0,
  },
  {
    intent: 'meeting.when',
    need: 'meet have|when|where|notYet|already neg|notYet|when|where|what|have',
    not: 'summary move callOff remind register who set absent leave done progress me',
    also: `${asked} ${meeting} people cell attend willAttend`,
    slots: 'period',
  },
  {
    intent: 'meeting.when',
    need: 'meet time when|where',
    not: 'summary move callOff remind register who set',
    also: `${asked} ${meeting} attend people`,
    slots: 'period',
    spare: 1,
  },

  {
    intent: 'summary',
    need: 'who already register',
    not: 'remind me notYet',
    also: 'people deed have show time number show cell',
    isOfRegister: true,
    slots: 'period',
    names: true,
  },
  {
    // "Ai đăng ký rồi, cho tôi xem danh sách"
    intent: 'summary',
    need: 'who already register show',
    not: 'remind notYet',
    also: 'me people deed have time number cell',
    isOfRegister: true,
    slots: 'period',
    names: true,
  },
  {
    intent: 'summary',
    need: 'show people|who register|attend|answer',
    not: 'notYet missing me remind',
    also: 'already deed have time number cell meet',
    slots: 'period',
    names: true,
    isOfRegister: true,
  },
  {
    intent: 'summary',
    need: 'summary',
    not: 'neg export xlsx docx csv who theme edit',
    also: 'time number cell show register deed meet attend people what where howMany have already untilNow progress collective ratio answer summary percent followUncle present rate missing done me yes rollCall half personal recurring',
    slots: 'period',
  },
  {
    intent: 'summary',
    need: 'ratio register|attend|meet|answer|people|done|deed|show|untilNow|time|cell|progress|present',
    not: 'who me deed',
    also: 'register deed attend meet answer people what where howMany have already untilNow show time number cell progress done percent followUncle present',
    slots: 'period',
    isOfRegister: true,
  },
  {
    intent: 'summary',
    need: 'howMany people|cell|percent|title register|answer|attend|done|present|willAttend|submit',
    not: 'who me notYet neg',
    spare: 1,
    also: 'already have time number deed untilNow meet what show attend register',
    slots: 'period',
    isOfRegister: true,
  },
  {
    intent: 'summary',
    need: 'register untilNow|cell what|howMany|ratio',
    not: 'who me notYet neg',
    also: 'have time number deed people already untilNow where',
    slots: 'period',
    isOfRegister: true,
  },
  {
    // The cell leads: `dk 50 to roi` may be fifty leaflets (`tờ rơi`) as well as a group (`tổ rồi`).
    intent: 'summary',
    need: 'register untilNow|cell already',
    head: 'cell untilNow',
    not: 'who me notYet neg',
    also: 'have time number deed people untilNow where',
    slots: 'period',
    isOfRegister: true,
  },
  {
    intent: 'summary',
    need: 'register ratio',
    not: 'who me notYet neg',
    also: 'have time number deed people already untilNow what howMany',
    slots: 'period',
    isOfRegister: true,
  },
  {
    intent: 'summary',
    need: 'progress cell|people|collective|register|untilNow',
    not: 'who me notYet neg remind',
    also: 'register have time number deed already untilNow what show where',
    slots: 'period',
  },

  {
    intent: 'help',
    need: 'howTo',
    head: 'howTo help',
    not: 'where when thanks',
    also: 'register deed edit drop progress summary submit data meet sched attend absent leave move set approve xlsx docx csv file export theme rollCall number time cell collective can into everything help withdraw agree process answer people remind commend rate self done dueWord extend',
    isOfRegister: true,
  },
  {
    // "Muốn báo vắng thì nhắn thế nào": what is to be done stands first.
    intent: 'help',
    need: 'howTo register|edit|drop|progress|absent|leave|attend|move|approve|rate|commend|rollCall|theme|self|extend',
    not: 'where when thanks neg notYet data who number',
    also: 'deed submit meet sched set time cell collective can into people dueWord done help file export already present',
    isOfRegister: true,
  },
  {
    intent: 'help',
    need: 'help',
    not: 'register meet sched data drop thanks notYet neg',
    also: 'cell people what have deed number show register can time where',
    spare: 1,
  },
]
