/** Commitments in members' own words: "tôi đăng ký bản cam kết: …", "xem bản cam kết", "sửa cam kết 1: …", "ai chưa nộp bản cam kết". */
import type { Intent } from './intents.ts'
import { fold } from './normalise.ts'

/** As a form calls it: "bản cam kết tu dưỡng, rèn luyện". */
const commitment = String.raw`(?:ban\s+)?cam ket(?:\s+tu duong)?(?:,?\s+ren luyen)?`
const striving = String.raw`(?:,?\s+phan dau)?`
const mine = String.raw`cua (?:toi|em|minh)`
const me = String.raw`(?:(?:toi|em|minh|chau|cho toi|cho em)\s+)?`
const who = String.raw`(?:ai|(?:dong chi|d\/c|dang vien|nguoi|thanh vien|chi bo|don vi)\s+nao|(?:bao nhieu|may)\s+(?:nguoi|dong chi|d\/c|dang vien|chi bo)|(?:danh sach|ds)(?:\s+(?:nguoi|dong chi|d\/c|dang vien|chi bo))?)`
const end = (particles: string) => String.raw`(?:\s+(?:${particles}))*\s*[.!?]?$`

const shapes = {
  headed: new RegExp(String.raw`^(?:${commitment}|commitment)${striving}\s*:\s*(?=\S)`),
  said: new RegExp(
    String.raw`^${me}(?:xin\s+)?(?:dang ky|dk|nop|viet|lap|gui)\s+${commitment}${striving}(?:\s+(?:cua\s+)?(?:toi|em|minh))?(?:\s*:\s*(?=\S)|${end('a|nhe')})`,
  ),
  seen: new RegExp(
    String.raw`^${me}(?:(?:muon|xin)\s+)?(?:xem\s+(?:lai\s+)?${commitment}(?:\s+${mine})?|${commitment}\s+${mine})${end('a|nhe|voi')}`,
  ),
  edited: new RegExp(
    String.raw`^${me}(?:xin\s+)?sua\s+(?:ban\s+)?cam ket\s+(?:so\s+)?(\d{1,2})\s*(?::|thanh)\s*(?=\S)`,
  ),
  dropped: new RegExp(
    String.raw`^${me}(?:xin\s+)?(?:rut|huy)\s+(?:lai\s+)?${commitment}(?:\s+(?:so\s+)?(\d{1,2}))?(?:\s+${mine})?${end('a|nhe|nua')}`,
  ),
  missing: new RegExp(
    String.raw`^(?:con\s+|co\s+)*(?:nhung\s+)?${who}\s+(?:van\s+|con\s+)*chua\s+(?:nop|viet|lam|lap|dang ky|gui|co|ky)\s+${commitment}${end('a|vay|nhi')}`,
  ),
  ofDeed: /^(?:viec|deed|v)\s*(?:so\s*)?(\d{1,2})\s*[.!]?$/,
}

type Words = (text: string) => Intent | null

/** A whole message of one of these shapes, or null; `key` is `typed` folded, letter for letter. `words` reads a text as elsewhere. */
export function readCommitment({ typed, key }: { typed: string; key: string }, words: Words): Intent | null {
  if (!key.includes('cam ket') && !key.startsWith('commitment')) return null
  const headed = shapes.headed.exec(key)
  if (headed) return commitmentOf(typed.slice(headed[0].length), words)
  const said = shapes.said.exec(key)
  if (said) {
    const rest = typed.slice(said[0].length)
    const isBare = rest.trim() === ''
    return isBare
      ? { intent: 'pledge.register', slots: { deeds: [] }, extras: { form: 'commitment' } }
      : commitmentOf(rest, words)
  }
  if (shapes.seen.test(key)) return { intent: 'pledge.mine', slots: {} }
  const edited = shapes.edited.exec(key)
  if (edited) return words(`sửa việc ${edited[1]}: ${typed.slice(edited[0].length)}`)
  const dropped = shapes.dropped.exec(key)
  if (dropped) {
    const slots = dropped[1] ? { deed: Number(dropped[1]) } : {}
    return { intent: 'pledge.withdraw', slots, extras: { form: 'commitment' } }
  }
  if (!shapes.missing.test(key)) return null
  return { intent: 'summary.missing', slots: { about: 'pledge' }, extras: { form: 'commitment' } }
}

/** What is committed to: words of its own, or a deed that stands on the other form already. */
export function commitmentOf(rest: string, words: Words): Intent | null {
  const also = shapes.ofDeed.exec(fold(rest.trim()))
  if (also)
    return {
      intent: 'pledge.register',
      slots: { deeds: [] },
      extras: { form: 'commitment', alsoDeed: Number(also[1]) },
    }
  const read = words(`đk: ${rest}`)
  if (read?.intent !== 'pledge.register') return null
  return { ...read, extras: { ...read.extras, form: 'commitment' } }
}
