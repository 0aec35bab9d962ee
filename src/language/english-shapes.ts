/**
 * English as it is really typed: what is said politely or at length is said again in the short words that the grammar knows
 * (`I'd like to register: …` → `register: …`). Shapes, never whole sentences; what is free text stays as typed. A text that has none of
 * these shapes is handed back as it is. One table although long: the shapes only mean something together, in this order.
 */
import type { Expecting, Intent, ReasonKind } from './intents.ts'

/** Words with which such a text begins; any other is not looked at further. */
const firstWords: ReadonlySet<string> = new Set(
  (
    "i i'd i'm i'll i've we my our please can could may let put write sign never forget looks sounds that's the when when's what what's " +
    "who who's how do have give send get show list see praise erase delete remove change edit update correct cancel withdraw drop rate " +
    "hi hello ok okay and let's extend bring push put off date time day reject revoke " +
    'approve accept return pledge task deed finished done remind exemplar example sorry no nope not number excuse progress open start complete completed'
  ).split(' '),
)
/** Questions whose answer is free text: nothing in it is a request. */
const freeAnswers: ReadonlySet<Expecting> = new Set(['returnReason', 'reason', 'name', 'code'])

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth']
const ordinal = `(${ordinals.join('|')})`
const number = String.raw`(?:no\.?\s*|number\s+|#\s*)?(\d{1,2})\b`
const person = String.raw`(\p{Lu}[\p{L}.'-]*(?:\s+\p{Lu}[\p{L}.'-]*){0,4}?)`
const end = String.raw`[\s.!?]*$`
const please = String.raw`^(?:(?:please|ok|okay|hi|hello|and|sorry)[\s,]+)*`
const wish = String.raw`(?:I(?:'d| would)? (?:also )?(?:like|want|wish)(?: to)?|let me|(?:can|could|may) I|I(?:'ll| will|'m going to| am going to))`

const numbered = (word: string) => String(ordinals.indexOf(word.toLowerCase()) + 1)

/** Inside a text, wherever they stand. */
const inner: readonly (readonly [RegExp, (...found: string[]) => string])[] = [
  [
    new RegExp(String.raw`\b(?:my|the|our)\s+${ordinal}\s+(?:pledge|deed|task)\b`, 'gi'),
    (_, word) => `deed ${numbered(word!)}`,
  ],
  [new RegExp(String.raw`\bmy\s+(?:pledge|deed|task)\s+${number}`, 'gi'), (_, n) => `deed ${n}`],
  [/\bdeed\s+(?:no\.?|number|#)\s*(\d{1,2})\b/gi, (_, n) => `deed ${n}`],
  [
    new RegExp(
      String.raw`\b(?:pledge|task)\s+${number}(?=\s*(?:$|[.!?]|is\b|was\b|has\b|done\b|completed?\b|finished\b|of\b|to\b|into\b|because\b|as\b|:?\s*\d{1,3}\s*%))`,
      'gi',
    ),
    (_, n) => `deed ${n}`,
  ],
  [
    new RegExp(String.raw`${person}'s\s+(?:deed|pledge|task)\s+${number}`, 'gu'),
    (_, name, n) => `deed ${n} of ${name}`,
  ],
]

/** The head of a text, or all of it; the first that holds says it in short words. */
const heads: readonly (readonly [RegExp, string])[] = [
  // One's own deeds
  [
    new RegExp(
      String.raw`${please}(?:(?:show|list|see|view|give)\s+(?:me\s+)?)?(?:all\s+)?my\s+(?:own\s+)?(?:pledges|deeds|tasks)${end}`,
      'i',
    ),
    'my deeds',
  ],
  [
    new RegExp(
      String.raw`${please}${wish}\s+(?:register|pledge|sign up)(?:\s+(?:something|(?:a|one|two|three|four|five|some|a few|several|\d+|another)\s+(?:(?:new|more)\s+)?(?:things?|deeds?|pledges?|tasks?)))?${end}`,
      'i',
    ),
    'register',
  ],
  [new RegExp(String.raw`${please}${wish}\s+(?:register|pledge)\s*(?:to\s+|:\s*|-\s+)?(?=\S)`, 'i'), 'register: '],
  [
    new RegExp(String.raw`${please}(?:I|we)\s+(?:hereby\s+)?(?:pledge|commit|register)\s+to\s+(?=\S)`, 'i'),
    'register: ',
  ],
  [new RegExp(String.raw`${please}(?:put|write|sign)\s+me\s+(?:down|up)\s+for\s*:?\s*(?=\S)`, 'i'), 'register: '],
  [
    new RegExp(String.raw`${please}(?:change|edit|update|correct)\s+deed\s+(\d{1,2})\s*(?:to|into)\s*:\s*(?=\S)`, 'i'),
    'edit deed $1: ',
  ],
  [
    new RegExp(String.raw`${please}${wish}\s+(?:withdraw|drop|cancel|take back)\s+deed\s+(\d{1,2})${end}`, 'i'),
    'withdraw deed $1',
  ],
  [
    new RegExp(String.raw`${please}(?:withdraw|drop|cancel|take back)\s+deed\s+(\d{1,2})${end}`, 'i'),
    'withdraw deed $1',
  ],
  // Progress and ratings
  [
    new RegExp(
      String.raw`${please}I(?:'m| am)\s+(?:about\s+)?half\s?-?way\s+(?:there\s+)?(?:through|with|on)\s+deed\s+(\d{1,2})${end}`,
      'i',
    ),
    'deed $1 50%',
  ],
  [
    new RegExp(
      String.raw`${please}I(?:'m| am)\s+(\d{1,3}\s?%)\s+(?:done\s+|there\s+|through\s+)?(?:with\s+|on\s+|through\s+)?deed\s+(\d{1,2})${end}`,
      'i',
    ),
    'deed $2 $1',
  ],
  [
    new RegExp(
      String.raw`${please}I(?:'m| am|'ve| have)?\s*(?:just\s+)?(?:done|finished|completed)\s+(?:with\s+)?deed\s+(\d{1,2})${end}`,
      'i',
    ),
    'deed $1 done',
  ],
  [
    new RegExp(
      String.raw`${please}(?:(?:${wish}|I)\s+)?rate\s+(?:my\s+deed|myself(?:\s+(?:on|for))?(?:\s+deed)?)\s+(\d{1,2})\s*(?::|as\b)?\s*(?=\S)`,
      'i',
    ),
    'self-rate deed $1 as ',
  ],
  [
    new RegExp(
      String.raw`${please}rate\s+${person}\s+(?:as\s+)?(excellent|good|completed|not\s+completed)\s+(?:on|for|in)\s+deed\s+(\d{1,2})${end}`,
      'u',
    ),
    'rate deed $3 of $1 as $2',
  ],
  [
    new RegExp(String.raw`${please}extend\s+deed\s+(\d{1,2})\s+(?:until|till|to|by)\s+(?=\S)`, 'i'),
    'change the deadline of deed $1 to ',
  ],
  // Meetings
  [
    new RegExp(
      String.raw`${please}(?:the\s+)?(?:date|time|day)\s+(?:and\s+time\s+)?of\s+(?:the|our)\s+(?:next\s+)?meeting${end}`,
      'i',
    ),
    'when is the next meeting',
  ],
  [
    new RegExp(
      String.raw`${please}(?:bring|push|put)\s+(?:the|our)\s+meeting\s+(?:forward|back|off)\s+(?:to|until)\s+(?=\S)`,
      'i',
    ),
    'move the meeting to ',
  ],
  [new RegExp(String.raw`${please}let's\s+(?=(?:start|open|take|do)\b)`, 'i'), ''],
  [
    new RegExp(
      String.raw`${please}(?:do|have)\s+we\s+(?:have\s+|meet\s*|got\s+)?(?:(?:a|any|the)\s+meeting\s*)?(?=(?:this|next|in)\s)`,
      'i',
    ),
    'when is the meeting ',
  ],
  [new RegExp(String.raw`${please}(when|what|who)'s\s+`, 'i'), '$1 is '],
  // Figures, who is missing, reminding
  [
    new RegExp(
      String.raw`${please}(?:(?:can|could)\s+(?:you|I)\s+)?(?:give|send|show|get|have)\s+(?:(?:me|us)\s+)?(?:the|a)\s+summary\b\s*(?:for|of|on)?\s*`,
      'i',
    ),
    'summary ',
  ],
  [
    new RegExp(
      String.raw`${please}how\s+many\s+(?:(?:people|members|of\s+us)\s+)?(?:have|are)?\s*(?:already\s+)?(?:registered|pledged|signed up)(?:\s+(?:so far|yet|already|now))*${end}`,
      'i',
    ),
    'summary',
  ],
  [
    new RegExp(
      String.raw`${please}(?:(?:can|could)\s+you\s+)?(?:give|send|get|show|export|make)\s+(?:(?:me|us)\s+)?(?:the|a)\s+report\s+(?:as|in)\s+(?:an?\s+)?(?=excel|word|csv|xlsx|docx)`,
      'i',
    ),
    'export report ',
  ],
  [
    new RegExp(
      String.raw`${please}who\s+(?:still\s+)?(?:has|have|needs|need)\s+(?:still\s+)?to\s+(register|answer|reply)${end}`,
      'i',
    ),
    'who has not $1ed',
  ],
  [
    new RegExp(
      String.raw`${please}who\s+(?:hasn't|has\s+not|haven't|have\s+not|didn't)\s+(?:yet\s+)?(?:answered|replied|responded|answer|reply)\s+(?:about|to|for)\s+(?:the\s+)?(?:next\s+)?meeting(?:\s+yet)?${end}`,
      'i',
    ),
    'who has not answered meeting',
  ],
  [
    new RegExp(
      String.raw`${please}remind\s+(?:everyone|everybody|people|all|them|members|the\s+(?:others|members|group))\s+(?:about|of)\s+(?:the\s+)?(?:next\s+)?meeting${end}`,
      'i',
    ),
    'remind everyone meeting',
  ],
  [
    new RegExp(
      String.raw`${please}remind\s+(?:everyone|everybody|people|all|them|members|the\s+(?:others|members|group))\s+to\s+(register|pledge|answer|reply)(?:\s+(?:on|about))?(?:\s+(?:their|the))?(?:\s+(?:progress|pledges|deeds))?${end}`,
      'i',
    ),
    'remind everyone to $1',
  ],
  [
    new RegExp(
      String.raw`${please}remind\s+(?:everyone|everybody|people|all|them|members|the\s+(?:others|members|group))\s+to\s+(?:report|update|tell)(?:\s+(?:on|about))?(?:\s+(?:their|the))?(?:\s+(?:progress|pledges|deeds))?${end}`,
      'i',
    ),
    'remind everyone to report progress',
  ],
  [new RegExp(String.raw`${please}praise\s+(?=\p{Lu})`, 'u'), 'commend '],
  [
    new RegExp(
      String.raw`${please}remind\s+(?:all|those|everyone|everybody|people|anyone)\s+who\s+(?:haven't|have\s+not|hasn't|has\s+not|didn't)\s+(?:yet\s+)?(?:answer|answered|reply|replied|responded)\s+(?:about|to|for)\s+(?:the\s+)?(?:next\s+)?meeting(?:\s+yet)?${end}`,
      'i',
    ),
    "remind those who haven't answered meeting",
  ],
  [new RegExp(String.raw`${please}my\s+name's\s+(?=\p{Lu})`, 'u'), 'my name is '],
  // Personal data
  [
    new RegExp(
      String.raw`${please}(?:I\s+)?(?:withdraw|revoke|take\s+back)\s+my\s+(?:agreement|permission|consent)${end}`,
      'i',
    ),
    'I withdraw my consent',
  ],
  [
    new RegExp(
      String.raw`${please}what\s+(?:data\s+)?do\s+you\s+(?:know|have|store|keep)\s+(?:stored\s+)?(?:about|on)\s+me${end}`,
      'i',
    ),
    'show my data',
  ],
  [
    new RegExp(
      String.raw`${please}(?:(?:can|could)\s+(?:you|I)\s+)?(?:send|give|get|have)\s+(?:me\s+)?a\s+copy\s+of\s+(?:all\s+)?my\s+(?:personal\s+)?data${end}`,
      'i',
    ),
    'export my data',
  ],
  [
    new RegExp(
      String.raw`${please}(?:erase|delete|remove)\s+(?:everything|all|all\s+(?:the\s+)?data|what)\s+(?:you\s+(?:know|have|store|keep)\s+)?(?:about|on)\s+me${end}`,
      'i',
    ),
    'delete my data',
  ],
  [new RegExp(String.raw`${please}(?:never\s?mind|forget\s+(?:it|that))${end}`, 'i'), 'cancel'],
]

const choices = new RegExp(String.raw`^(?:the\s+)?${ordinal}(?:\s+(?:one|option|choice))?${end}`, 'i')
const assent = new RegExp(
  String.raw`^(?:(?:that|it)(?:'s|\s+is)?\s+)?(?:looks?|sounds?|(?:all\s+)?(?:is\s+)?)\s*(?:good|right|correct|fine)(?:\s+to\s+me)?${end}`,
  'i',
)

const cannot = String.raw`(?:can't|cannot|can\s+not|won't|will\s+not|couldn't|isn't able to|is not able to|is unable to|won't be able to)\s+(?:be\s+able\s+to\s+)?(?:come|attend|make\s+it|be\s+there|join)`
const other = new RegExp(
  String.raw`${please}${person}\s+${cannot}(?:\s+(?:today|tonight|tomorrow|to\s+the\s+meeting|the\s+meeting))?(?:$|[\s,.;:]+(.*)$)`,
  'su',
)
const excused = new RegExp(
  String.raw`^(?:[Pp]lease\s+)?[Ee]xcuse\s+${person}(?:\s+(?:from|for)\s+(?:the\s+)?meeting)?(?:$|[\s.]*$|\s*[,.;:]\s*(.*)$|\s+(?:because|as|who)\s+(.*)$)`,
  'su',
)
/** Said of somebody named, in texts that begin with the name. */
const marksOfOthers = ["n't", 'n’t', ' not ', 'nnot ', ' unable ', "'s ", '’s ']
const because = new RegExp(
  String.raw`${please}${person}\s+((?:is|has|'s)\s+[^.;]*?)[\s,;.]+(?:and|so|he|she|they|\s)+\s${cannot}`,
  'su',
)
const isSpeaker = /^(?:I|We|My|Our|You|Your|The|This|That|He|She|It|They|Sorry|Who|Some|Nobody)\b/
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const exemplar = new RegExp(
  String.raw`${please}(?:the\s+)?(?:exemplar|example)\s+of\s+(?:the\s+month\s+of\s+)?((?:${months.join('|')})[a-z]*|this\s+month)(?:\s+(20\d{2}))?\s*:\s*(?=\S)`,
  'i',
)
const nothing = new RegExp(String.raw`${please}(?:${wish}|I)\s+(?:register|pledge)\s+(?:nothing|anything)\b`, 'i')
/** Of one's kin, of whom the roster knows nothing: no excuse of the speaker. */
const kin = new RegExp(
  String.raw`${please}(?:my\s+\w+\s+${cannot}|excuse\s+my\s+\w+)(?:\s+(?:today|tonight|tomorrow))?${end}`,
  'i',
)
/** "No meeting this month" may call off, ask or tell: no excuse of the speaker. */
const noMeeting = new RegExp(String.raw`${please}no\s+meetings?\b`, 'i')
const unsure = new RegExp(
  String.raw`${please}(?:I(?:'m|\s+am)\s+not\s+sure|I\s+(?:do\s+not|don't)\s+know|not\s+sure)\b`,
  'i',
)

/** What an English text says in short words, or what it means where no short words say it. */
export type EnglishReading = { said: string } | { intent: Intent }

/**
 * @param reasonOf the kind of a reason in free words, as the grammar reads it
 */
export function readEnglishShape(
  typed: string,
  expecting: Expecting | undefined,
  reasonOf: (words: string) => ReasonKind | undefined,
): EnglishReading {
  if (expecting && freeAnswers.has(expecting)) return { said: typed }
  const word = /^\s*([A-Za-z]+(?:['’][a-z]+)?)/.exec(typed)?.[1]
  if (word === undefined) return { said: typed }
  if (
    !firstWords.has(word.toLowerCase().replace('’', "'")) &&
    !(word < 'a' && marksOfOthers.some((mark) => typed.includes(mark)))
  ) {
    return expecting === 'choice' || expecting === 'confirm' ? answered(typed.trim(), expecting) : { said: typed }
  }
  const text = typed.trim().replaceAll('’', "'")
  if ([unsure, nothing, kin, noMeeting].some((shape) => shape.test(text)))
    return { intent: { intent: 'none', slots: {} } }
  const of = excused.exec(text) ?? other.exec(text) ?? because.exec(text)
  if (of && !isSpeaker.test(of[1]!)) {
    const reasonKind = reasonOf(of[2] ?? of[3] ?? '')
    const name = of[1]!
    return { intent: { intent: 'meeting.excuseFor', slots: reasonKind ? { name, reasonKind } : { name } } }
  }
  if (expecting === 'attendance') {
    if (/^sorry[\s,.]+no[\s.!]*$/i.test(text)) return { said: 'no' }
    if (/^see\s+you\s+(?:there|then)[\s.!]*$/i.test(text)) return { said: 'I will come' }
    const why = /^(?:no|nope|sorry)[\s,.]+(?:but\s+)?(?=I(?:'m|\s+am|\s+have|'ve)\s)(.*)$/is.exec(text)?.[1]
    if (why !== undefined) {
      const reasonKind = reasonOf(why) ?? 'other'
      return { intent: { intent: 'meeting.excuse', slots: { reasonKind } } }
    }
  }
  if (expecting === 'choice' || expecting === 'confirm') {
    const answer = answered(text, expecting)
    if (answer.said !== text) return answer
  }
  const ofMonth = exemplar.exec(text)
  if (ofMonth) {
    const [all, month, year] = ofMonth
    const at = months.indexOf(month!.slice(0, 3).toLowerCase())
    const spoken = at < 0 ? 'nay' : `${at + 1}${year ? `/${year}` : ''}`
    return { said: `gương tháng ${spoken}: ${text.slice(all.length)}` }
  }
  const rated = heads.find(([shape, short]) => short.startsWith('self-rate') && shape.test(text))
  if (rated) return { said: text.replace(rated[0], rated[1]) }
  let said = text
  for (const [shape, short] of inner) said = said.replace(shape, short)
  for (const [shape, short] of heads) {
    if (!shape.test(said)) continue
    said = said.replace(shape, short)
    break
  }
  return { said: said === text ? typed : said }
}

function answered(text: string, expecting: 'choice' | 'confirm'): { said: string } {
  const chosen = expecting === 'choice' ? choices.exec(text)?.[1] : undefined
  if (chosen !== undefined) return { said: numbered(chosen) }
  return { said: expecting === 'confirm' && assent.test(text) ? 'yes' : text }
}
