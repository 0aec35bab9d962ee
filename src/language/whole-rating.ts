/** "Xếp loại chi bộ …", "chi bộ được xếp loại gì": of an organisation as a whole, which the bot does not rate. Whole sentences of these shapes. */
import { withoutMention } from './bot-names.ts'
import type { Intent, UnderstandContext } from './intents.ts'
import { fold } from './normalise.ts'

const org =
  '(?:(?:tap the )?(?:chi bo|dang bo|dang uy|cap uy|to chuc (?:co so )?dang|tcd|chi doan|chi hoi|cau lac bo|clb|nhom|to|don vi)|tap the)'
const grade =
  '(?:(?:khong )?hoan thanh(?: xuat sac| tot)?(?: nhiem vu)?|xuat sac|tot|kha|trung binh|yeu|kem|trong sach vung manh|hoan thanh)'
const beginning =
  '(?:(?:xin|cho|de nghi|nho|nep|bot|toi|em|minh|muon|can|xem|hoi|biet|giup|hay|da|thua|nam nay|nam ngoai|nam qua|nam \\d{4})[ ,]+)*(?:ket qua |muc |ve |viec )*'
const rating = '(?:tu )?(?:danh gia[ ,]+(?:va )?)?(?:xep loai|phan loai|cham diem|xep hang)'
const few = '(?:[ :,-]+[^ ]+){0,10}'

const shapes = [
  new RegExp(`^${beginning}${rating}(?: chat luong)?(?: cua| cho)? ${org}(?![a-z])${few}$`),
  // "Đánh giá" is said of much else: only with a grade behind the name.
  new RegExp(`^${beginning}danh gia (?:cho )?${org}(?![a-z])(?: [^ :,]+){0,5}[ :,-]+(?:la |loai |muc )?${grade}$`),
  new RegExp(
    `^${beginning}${org}(?: [^ :,]+){0,5} (?:da |duoc |bi |tu )*(?:danh gia[ ,]+)?(?:xep loai|phan loai|xep hang) ?(?:(?:o )?(?:muc |loai )?(?:gi|nao|the nao|ra sao|sao|may|bao nhieu|chua|${grade}))?(?: (?:vay|the|a|nhi|roi|nam [^ ]+|nam nay|nam ngoai))*$`,
  ),
  /^(?:rate|grade|classify) (?:the |our )?(?:whole |entire )(?:cell|group|team|club|committee)\b.{0,40}$/,
  /^(?:how|what) (?:is|was) (?:the |our )?(?:cell|group|team|club|committee) (?:rated|graded)$/,
]
/** Of one deed or one person, which are rated. */
const ofOne = /\b(?:viec|dong chi|d\/c|deed|dang vien)\b/

/** The summary with the mark that the whole is meant; null for everything else. */
export function readWholeRating(text: string, context: UnderstandContext): Intent<'summary'> | null {
  if (context.addressed === 'none' || context.expecting !== undefined) return null
  const folded = fold(withoutMention(text.normalize('NFC'), context.botNames))
    .trim()
    .replace(/[\s.!?]+$/u, '')
    .replace(/\s+/g, ' ')
  if (folded.length > 160 || !/(?:xep|phan) loai|cham diem|xep hang|danh gia|rate|grade|classify/.test(folded))
    return null
  if (ofOne.test(folded) || !shapes.some((shape) => shape.test(folded))) return null
  return { intent: 'summary', slots: {}, extras: { wholeRating: true } }
}
