/** What is said of a deed besides its words and its date. */
import type { Facts } from '../dialogue/facts.ts'
import { isOfForm } from '../domain/forms.ts'
import type { Deed } from '../domain/records.ts'

/** One short phrase for each thing that was told; none where nothing was. */
export function detailsOf(facts: Facts, deed: Deed): string[] {
  const { texts } = facts
  const say = texts.deedDetail
  const inCharge = deed.inChargeId === null ? null : (facts.member(deed.inChargeId)?.displayName ?? texts.erasedName)
  return [
    ...(isOfForm(deed, 'commitment') ? [say.forms(deed.forms.map((form) => texts.formNames[form]).join(', '))] : []),
    ...(deed.focus ? [texts.focusNames[deed.focus]] : []),
    ...(deed.category ? [say.category(texts.categoryNames[deed.category])] : []),
    ...(deed.weakness ? [say.weakness(deed.weakness)] : []),
    ...(deed.measure ? [say.measure(deed.measure)] : []),
    ...(deed.target ? [say.target(deed.target)] : []),
    ...(inCharge ? [say.inCharge(inCharge)] : []),
    ...(deed.evidence ? [say.evidence] : []),
  ]
}
