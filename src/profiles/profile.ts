/**
 * What one kind of group has of its own: its words. The program under it knows members, cells, deeds and meetings, and
 * nothing of whose they are; a further kind of group is one more file beside chi-bo.ts and plain.ts.
 */
import type { FormKind } from '../domain/forms.ts'
import type { MemberStatus } from '../domain/member.ts'
import type { Rating } from '../domain/rating.ts'
import type { DeedCategory, DeedFocus } from '../domain/records.ts'

export interface Profile {
  /** Vietnamese is what groups differ in; English texts are plain for everybody. */
  vi: VietnameseProfile
  /** What members fill in. What is not offered is answered with "not served". */
  forms: readonly FormKind[]
  /** Names of organisations in the operator's examples. */
  examples: { cell: string; committee: string }
}

export interface VietnameseProfile {
  words: VietnameseWords
  names: VietnameseNames
  /** The lines of a regular meeting where nobody set others. */
  agenda: readonly string[]
}

/**
 * Words that stand inside Vietnamese sentences, in lower case; the texts write them with a capital where a sentence begins.
 * A word may be empty where its group says nothing.
 */
export interface VietnameseWords {
  /** To the reader: "Cảm ơn …". */
  you: string
  /** To all of a group: "Kính báo …". */
  everyone: string
  /** Before a name: "… Nguyễn Văn An". */
  titled: string
  /** The same as members type it, in examples: "duyệt việc 1 của … Hoa". It has to be understood. */
  titleInShort: string
  /** After a number: "18 …"; also "… nào", "… khác". */
  people: string
  member: string
  /** The smallest organisation, which meets: "sổ của …", "… thông qua". */
  cell: string
  /** Where all members of a cell write: "nhắn mã này trong …". */
  chatOfCell: string
  /** Those who may see names: secretary, deputies and clerk, as one body. */
  officers: string
  secretary: string
  /** As one speaks of them to others: "hỏi …". */
  theSecretary: string
  deputy: string
  theDeputy: string
  clerk: string
  /** Secretary and deputy of one cell: "Việc này dành cho …". */
  leaders: string
  leadersAndClerk: string
  /** Whoever leads a meeting. */
  theChair: string
  committeeAbove: string
  /** All that lies directly below a committee: "35/35 …". */
  below: string
  /** The same counted: "61 … (42 đảng bộ, 19 chi bộ cơ sở)", and its two kinds. */
  organisationsBelow: string
  committeesBelow: string
  directCells: string
  /** A committee of its own deeds: "… đăng ký 02 việc". */
  committee: string
  committeeMember: string
  /** What members register: "đăng ký …". */
  deedsPledged: string
  /** The register, as one form among others. */
  pledgeForm: string
  commitmentForm: string
  /** "… những gì trong năm?" */
  commitment: string
  /** What a commitment speaks of, in brackets with a space before; or nothing. */
  commitmentParts: string
  regularMeeting: string
  thematicMeeting: string
  /** Of a theme, in an example. */
  themeExample: string
}

export interface VietnameseNames {
  /** Words of the columns of a roster file, as its keeper writes them; each has to be understood (`roster-words.ts`). */
  roster: { roles: string; statuses: string }
  status: Record<MemberStatus, string>
  rating: Record<Rating, string>
  category: Record<DeedCategory, string>
  focus: Record<DeedFocus, string>
}

/** The words of a form kind; both profiles name both, whatever they offer. */
export function formNamesOf(words: VietnameseWords): Record<FormKind, string> {
  return { pledge: words.pledgeForm, commitment: words.commitmentForm }
}
