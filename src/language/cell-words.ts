/** What members call the organisation they belong to: of the Party, a club, a union branch, a parish, volunteers. */

/** Names of an organisation of any kind, as typed. */
export const ownGroups = [
  ...['chi bộ', 'nhóm', 'câu lạc bộ', 'clb', 'đội', 'đội tình nguyện', 'giáo xứ', 'họ đạo', 'giáo họ'],
  ...['chi đoàn', 'chi hội', 'tổ công đoàn', 'công đoàn'],
  ...['cấp uỷ', 'cấp ủy', 'chi uỷ', 'chi ủy', 'ban chi uỷ', 'ban chi ủy', 'đảng uỷ', 'đảng ủy', 'đảng bộ'],
]

const folded = (word: string) => word.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd')

/** The same without marks. */
export const ownGroupsFolded = ownGroups.map(folded)

/** The English ones, behind `of the` or `of our`. */
export const ownGroupsEnglish = ['group', 'cell', 'club', 'team', 'parish', 'branch']
