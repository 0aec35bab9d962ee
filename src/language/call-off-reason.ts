/** What answers "why is the meeting called off?": a reason, that there is none, or words that may be one. */
import { withoutMention } from './bot-names.ts'
import type { Intent, UnderstandContext } from './intents.ts'
import { fold } from './normalise.ts'
import { notHeldKindOf } from './not-held-reasons.ts'

const none =
  /^(?:da |thua )?(?:(?:khong|ko|k|chang) (?:co |can |neu |ghi |phai neu )*(?:ly|li) do(?: gi)?|(?:khong|ko) (?:can )?(?:neu|ghi)|no reason|without (?:a )?reason)(?: ca| dau| a| nhe| nha)*$/
const because =
  /^(?:(?:dạ|da|thưa|thua)\s+)?(?:(?:với\s+|voi\s+)?(?:lý do|lí do|ly do|li do|reason)\s*:?\s*(?:là\s+|la\s+|vì\s+|vi\s+|do\s+)?|(?:vì|vi|do|bởi|boi|tại vì|tai vi|because(?:\s+of)?)\s+(?:là\s+)?)(\S.*)$/isu
/** As many words name a reason and hold nothing else. */
const fewWords = 4
/** What was not said as a reason and is longer is no line of an announcement. */
const maxLength = 300

/** Null where nothing in it can be a reason; to be asked only while that question is open. */
export function readWhyCalledOff(text: string, context: UnderstandContext): Intent<'meeting.move'> | null {
  if (context.addressed === 'none') return null
  const typed = withoutMention(text.normalize('NFC'), context.botNames)
    .trim()
    .replace(/[\s.,;:!–-]+$/u, '')
  const key = fold(typed)
  const answer = (extras: Intent['extras']): Intent<'meeting.move'> => ({
    intent: 'meeting.move',
    slots: {},
    extras: { cancelled: true, ...extras },
  })
  if (none.test(key)) return answer({ noReason: true })
  const said = because.exec(typed)?.[1]
  if (said && !typed.endsWith('?')) return answer({ reason: said })
  const isKnown = notHeldKindOf(typed) !== 'other' && typed.split(/\s+/).length <= fewWords
  return isKnown && !typed.endsWith('?') ? answer({ reason: typed }) : null
}

/** Words that were understood as nothing else: the reason, perhaps. */
export function mayBeReason(text: string, context: UnderstandContext): Intent<'meeting.move'> | null {
  const typed = withoutMention(text.normalize('NFC'), context.botNames)
    .trim()
    .replace(/[\s.,;:!–-]+$/u, '')
  const isOne = /\p{L}{2}/u.test(typed) && typed.length <= maxLength && !/[?\n]/.test(typed)
  return isOne
    ? { intent: 'meeting.move', slots: {}, extras: { cancelled: true, reason: typed, isReasonUnsure: true } }
    : null
}
