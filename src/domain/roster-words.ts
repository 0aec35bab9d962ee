/** How roles and statuses are written in the rosters that cells keep: the words of each, folded (see `rosterWord`). */
import type { MemberStatus, Role } from './member.ts'

/** Words as `rosterWord` leaves them: folded, only letters and digits, one space between. */
const roleWords: Record<Role, string> = {
  secretary:
    'bi thu | bt | bi thu chi bo | bi thu chi uy | bi thu dang uy | bi thu dang bo | bi thu cap uy | truong nhom | nhom truong | chu nhiem | chu nhiem clb | chu nhiem cau lac bo | doi truong | truong ban | truong ho | chu tich | secretary | cell secretary | party secretary | leader',
  deputy:
    'pho bi thu | pbt | pho bt | pho bi thu chi bo | pho bi thu chi uy | pho bi thu dang uy | pho bi thu dang bo | pho bi thu thuong truc | pho nhom | nhom pho | pho chu nhiem | doi pho | pho ban | pho chu tich | deputy | deputy secretary | vice secretary',
  clerk: 'thu ky | thu ki | thu ky chi bo | thu ki chi bo | thu ky nhom | clerk | minute taker',
  committee:
    'cap uy | cap uy vien | cap uy cap tren | ban dieu phoi | thanh vien ban dieu phoi | committee | committee member',
  member:
    'dang vien | dv | thanh vien | doan vien | hoi vien | doi vien | cong doan vien | tinh nguyen vien | member | party member | to truong | to truong dang | to truong to dang | to pho | to pho to dang | khong | khong co',
}

/**
 * Members of the board of the organisation itself. In a committee they are its members; a cell's board has no rights of
 * its own in `access.ts`, and a seat on the committee above is not a role in the cell.
 */
const boardWords =
  'chi uy | chi uy vien | uy vien chi uy | uv chi uy | cuv | dang uy vien | dang uy | uy vien | uy vien ban chap hanh | uy vien bch | uv bch | bch | uy vien ban thuong vu | uv btv | uy vien dang uy | board member'

const statusWords: Record<MemberStatus, string> = {
  official:
    'chinh thuc | ct | dvct | dang vien chinh thuc | dang sinh hoat | sinh hoat | binh thuong | official | official member | full | full member | active',
  probationary:
    'du bi | db | moi | moi tham gia | thu thach | dvdb | dang vien du bi | probationary | probationary member | probation | candidate',
  exempt:
    'mien | mien hop | duoc mien hop | mien sinh hoat | duoc mien | duoc mien sinh hoat | mien sinh hoat dang | mien cong tac | mien cong tac va sinh hoat | mien cong tac va sinh hoat dang | mien cong tac sinh hoat dang | exempt | exempted',
  away: 'tam vang | vang | vang mat | tam vang mat | di vang | di xa | cong tac xa | di cong tac | di cong tac xa | di lam an xa | di lam xa | di hoc | di hoc xa | o nuoc ngoai | di nuoc ngoai | di sinh hoat tam thoi | sinh hoat tam thoi noi khac | chuyen sinh hoat tam thoi | chuyen di tam thoi | tam chuyen di | away | temporarily away | absent',
  temporarilyHere:
    'sinh hoat tam thoi | tham gia tam thoi | tam thoi | den sinh hoat tam thoi | sinh hoat tam thoi tai day | sinh hoat tam thoi tai chi bo | chuyen den tam thoi | tam chuyen den | temporarilyhere | temporarily here | temporary | visiting',
  suspended:
    'dinh chi | tam ngung | tam ngung tham gia | dinh chi sinh hoat | dinh chi sinh hoat dang | bi dinh chi | bi dinh chi sinh hoat | dang bi dinh chi | suspended',
  left: 'da chuyen | da roi nhom | roi nhom | da chuyen di | chuyen di | chuyen sinh hoat | da chuyen sinh hoat | da chuyen sinh hoat dang | chuyen sinh hoat chinh thuc | chuyen di chinh thuc | da chuyen noi khac | da roi | da roi di | da ra khoi dang | ra khoi dang | xoa ten | khai tru | bi khai tru | tu tran | da mat | qua doi | da qua doi | left | moved | moved away | transferred | deceased',
}

/** Headers by column; anything else in the header row is left alone. */
const headerWords = {
  name: 'ho va ten | ho ten | ho va ten dang vien | ho ten dang vien | ten dang vien | name | full name',
  role: 'chuc vu | chuc vu dang | chuc vu trong dang | role',
  status: 'tinh trang | trang thai | tinh trang sinh hoat | status',
}
export type RosterColumn = keyof typeof headerWords

function index<T extends string>(words: Record<T, string>): Map<string, T> {
  const found = new Map<string, T>()
  for (const [meaning, list] of Object.entries<string>(words))
    for (const word of list.split(' | ')) found.set(word, meaning as T)
  return found
}

const roleOf = index(roleWords)
const boardOf = new Set(boardWords.split(' | '))
const statusOf = index(statusWords)
const columnOf = index(headerWords)

/** The form in which words of a roster are compared, given their folded text: no punctuation, single spaces. */
export function rosterWord(folded: string): string {
  return folded.replace(/[^\p{L}\d]+/gu, ' ').trim()
}

/** The column a header stands for, or null where it is one of those that are left alone. */
export function rosterColumnOf(word: string): RosterColumn | null {
  return columnOf.get(word) ?? null
}

/** The role a cell of the column says; `undefined` where it says nothing known. */
export function rosterRoleOf(word: string, kind: 'cell' | 'committee'): Role | undefined {
  if (boardOf.has(word)) return kind === 'committee' ? 'committee' : 'member'
  return roleOf.get(word)
}

/** The status a cell of the column says; `undefined` where it says nothing known. */
export function rosterStatusOf(word: string): MemberStatus | undefined {
  return statusOf.get(word)
}
