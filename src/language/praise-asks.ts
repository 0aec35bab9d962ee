/** "Các mô hình hay", "gương tháng này là ai", "ai được khen": what is asked of praise; whole sentences of these shapes only. */
import { withoutMention } from './bot-names.ts'
import { clockAt } from './calendar.ts'
import type { Intent, PraiseKind, UnderstandContext } from './intents.ts'
import { fold } from './normalise.ts'
import { organisationIn } from './organisation-words.ts'
import { periodIn } from './period-slot.ts'
import { read } from './reading.ts'

const show = '(?:(?:cho )?(?:toi |em |minh )?xem (?:lai )?)?'
const listed = '(?:(?:danh sach|ds|cac|nhung) )+'
const when =
  '(?: (?:trong |cua )?(?:nam (?:nay|ngoai|truoc|20\\d{2})|quy (?:nay|truoc|[1-4])(?: nam (?:nay|ngoai|20\\d{2}))?|thang (?:nay|truoc|\\d{1,2})(?:/20\\d{2})?|6 thang(?: dau| cuoi)?(?: nam)?))?'
const whose = '(?: (?:cua|o|trong) (?<whose>\\S.*?))?'
const asked = '(?: (?:la (?:ai|gi)|gi|nao|khong|the|vay|roi))*'
const polite = '(?: (?:a|nhe|nha|voi|the|vay))*'

const shapes: readonly [PraiseKind, RegExp][] = [
  [
    'model',
    new RegExp(
      `^${show}(?:${listed}|co )(?:mo hinh|cach lam)(?: (?:hay|tot|sang tao|moi|tieu bieu)|, cach lam(?: hay)?| nao(?: hay)?)*${when}${whose}${when}${asked}${polite}$`,
    ),
  ],
  [
    'model',
    new RegExp(`^(?:(?:cho )?(?:toi |em )?xem )mo hinh(?: hay|, cach lam hay)?${when}${whose}${when}${polite}$`),
  ],
  ['model', /^(?:show (?:me )?)?(?:the )?(?:list of )?(?:good practices|models)$/],
  [
    'exemplar',
    new RegExp(
      `^(?:ai|dong chi nao|nguoi nao) (?:la|duoc (?:chon |bau |neu )?(?:la |lam )?|lam) ?(?:tam )?guong(?: sang| dien hinh| tot)?${when}${polite}$`,
    ),
  ],
  [
    'exemplar',
    new RegExp(`^(?:tam )?guong(?: sang| dien hinh| tot)?${when}(?: la)? (?:ai|dong chi nao|nguoi nao)${polite}$`),
  ],
  [
    'exemplar',
    new RegExp(
      `^${show}${listed}(?:tam )?guong(?: sang| dien hinh| tot)?(?: cac thang)?${when}${whose}${when}${polite}$`,
    ),
  ],
  ['exemplar', /^(?:who is|show(?: me)?) the (?:example|exemplar)s?(?: of the month)?$/],
  [
    'praise',
    new RegExp(
      `^(?:co )?(?:nhung )?(?:ai|dong chi nao|nguoi nao|tap the nao)${when} (?:da )?(?:duoc|dc) (?:khen|khen thuong|bieu duong|tuyen duong)${when}${whose}${when}(?: chua| roi)?${polite}$`,
    ),
  ],
  [
    'praise',
    new RegExp(
      `^${show}${listed}(?:(?:nguoi|dong chi|tap the) )?(?:duoc )?(?:khen|khen thuong|bieu duong|tuyen duong)${when}${whose}${when}${polite}$`,
    ),
  ],
  ['praise', /^(?:who (?:was|is|has been) commended|show (?:me )?(?:the )?praise)$/],
]

/** The intent that such a question is; null for everything else. */
export function readPraiseAsk(text: string, context: UnderstandContext): Intent<'praise.show'> | null {
  if (context.addressed === 'none' || context.expecting === 'reason' || context.expecting === 'returnReason')
    return null
  const typed = withoutMention(text, context.botNames)
    .normalize('NFC')
    .trim()
    .replace(/[\s?.!]+$/u, '')
    .replace(/\s+/g, ' ')
  if (typed.length > 120) return null
  const folded = fold(typed)
  for (const [about, shape] of shapes) {
    const found = shape.exec(folded)
    if (!found) continue
    const named = found.groups?.whose
    const words = named === undefined ? 0 : folded.slice(0, folded.indexOf(named)).split(' ').filter(Boolean).length
    const at = named === undefined ? null : organisationIn(typed.split(' ').slice(words).join(' '))
    if (named !== undefined && !at) return null
    const { period } = periodIn(read(typed), () => clockAt(context.now, context.timeZone))
    return {
      intent: 'praise.show',
      slots: { about, ...(period ? { period } : {}) },
      ...(at?.name ? { extras: { organisation: at.name } } : {}),
    }
  }
  return null
}
