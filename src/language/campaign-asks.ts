/**
 * What is asked of the year's registration itself: until when, how many deeds, what it is about ("hạn đăng ký đến bao giờ", "phải đăng
 * ký mấy việc"). Whole sentences of these shapes only, where no listed intent was understood.
 */
import { withoutMention } from './bot-names.ts'
import type { Intent, UnderstandContext } from './intents.ts'
import { fold } from './normalise.ts'

const beginning = '(?:(?:xin|cho|nho) )*(?:(?:toi|em|minh|chau) )?(?:(?:muon|xin) )?(?:(?:hoi|biet|xem) )*(?:la )?'
const register = '(?:dang ky|dk|nop)(?: (?:viec|lam theo|bac|nam nay|moi nam))*'
const polite = '(?: (?:vay|the|nhi|a|ha|nhe|voi|roi|nua|khong|ko|k))*'
const when = '(?:bao gio|khi nao|ngay nao|ngay may|bao lau|luc nao|hom nao|thang may|may ngay nua)'
const who =
  '(?:(?:moi|mot|1) (?:nguoi|dang vien|dong chi|d/c|ca nhan|thanh vien|chi bo) |(?:ca nhan|toi|em|minh|chau) )?'

const asks = [
  new RegExp(
    `^${beginning}(?:thoi )?han(?: (?:cuoi|chot|cuoi cung))?(?: (?:cua|de|cho))* ${register}(?: (?:la|den|toi|het|con|thi|cua))* ${when}${polite}$`,
  ),
  new RegExp(
    `^${beginning}(?:den |toi )?${when} (?:thi )?(?:la )?(?:het|den|phai|xong|khoa|dong|chot|la)(?: (?:han|han cuoi|han chot|xong))* ${register}${polite}$`,
  ),
  new RegExp(
    `^${beginning}(?:con )?(?:bao lau|may ngay|bao nhieu ngay) (?:nua )?(?:thi )?(?:la )?(?:het|den)(?: han)? ${register}${polite}$`,
  ),
  new RegExp(
    `^${beginning}(?:nam nay )?${who}(?:thi )?(?:phai|can|duoc|nen)(?: duoc| phai)? (?:dang ky|dk)(?: (?:toi da|it nhat|toi thieu|nhieu nhat))* (?:may|bao nhieu)(?: (?:viec|noi dung))?(?: (?:lam theo|moi nam|mot nam|nam nay))*${polite}$`,
  ),
  new RegExp(
    `^${beginning}(?:dang ky|dk) (?:toi da|it nhat|toi thieu|nhieu nhat)(?: (?:la|duoc))* (?:may|bao nhieu)(?: (?:viec|noi dung))?${polite}$`,
  ),
  new RegExp(
    `^${beginning}(?:ke hoach|thong tin|noi dung|dot|chu de)(?: ve)?(?: dot)? (?:dang ky|dk)(?: (?:viec|lam theo|nam nay|nam \\d{4}))*(?: (?:la|thi))?(?: (?:gi|the nao|ra sao|nhu the nao))?${polite}$`,
  ),
  /^(?:please )?(?:when does registration (?:close|end)|until when can (?:i|we) register|how many deeds (?:must|should|can|may) (?:i|we|each member|everybody) register|(?:what|when) is the (?:deadline|campaign)(?: (?:for|of) (?:registration|registering|this year))?)$/,
]

export function readCampaignAsk(text: string, context: UnderstandContext): Intent | null {
  if (context.addressed === 'none' || context.expecting) return null
  const typed = withoutMention(text, context.botNames)
    .replace(/[?.!,:;"“”]+/gu, ' ')
    .trim()
    .replace(/\s+/g, ' ')
  if (typed.length > 120) return null
  const folded = fold(typed)
  return asks.some((shape) => shape.test(folded)) ? { intent: 'summary', slots: {}, extras: { campaign: true } } : null
}
