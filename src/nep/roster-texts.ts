/** What is wrong with a roster file, in words for whoever keeps it. */
import type { Config } from '../config.ts'
import { maxRosterRows, type RosterFault, type RosterProblem } from '../domain/roster-file.ts'
import { profiles } from '../profiles/index.ts'
import type { VietnameseProfile } from '../profiles/profile.ts'

type Words = Record<RosterProblem, (about: string) => string>

/** In the words of the group's profile. */
const viWords = ({ words: { cell, secretary }, names: { roster } }: VietnameseProfile): Words => ({
  wrongType: () => 'Không phải tệp .csv hay .xlsx. Hãy lưu lại dưới dạng "Excel Workbook (.xlsx)", không đặt mật khẩu.',
  tooLarge: () => `Tệp quá lớn (hơn 5 MB) nên không phải danh sách của ${cell}.`,
  brokenFile: () => 'Không mở được tệp .xlsx này: tệp hỏng. Hãy mở bằng Excel rồi lưu lại.',
  notUtf8: () => 'Tệp .csv không ở bảng mã UTF-8. Hãy lưu lại dưới dạng "CSV UTF-8" hoặc .xlsx.',
  badQuotes: () => 'Dấu ngoặc kép không khép kín hoặc đặt sai chỗ.',
  empty: () => 'Danh sách trống, không có dòng nào.',
  noHeader: () => 'Không thấy dòng tiêu đề có cột "Họ và tên" (hoặc "name").',
  doubleColumn: () => 'Có hai cột cùng nghĩa. Hãy bỏ bớt một cột.',
  tooManyRows: (about) => `Có ${about} dòng, nhiều hơn ${maxRosterRows}. Hãy chia tệp theo từng ${cell}.`,
  noName: () => 'Thiếu họ và tên.',
  longName: () => 'Họ và tên quá dài.',
  badName: (about) => `"${about}" không phải họ tên: có ký tự lạ hoặc không có chữ cái.`,
  unknownRole: (about) => `Không hiểu chức vụ "${about}". Dùng: ${roster.roles}, hoặc để trống.`,
  unknownStatus: (about) => `Không hiểu tình trạng "${about}". Dùng: ${roster.statuses}, hoặc để trống.`,
  sameName: (about) =>
    `Trùng họ tên với dòng ${about}. Nếu là hai người, hãy ghi thêm để phân biệt, ví dụ "Nguyễn Văn An (1965)"; nếu là một, hãy bỏ một dòng.`,
  sameNameTwiceOnRoster: (about) =>
    `Trong danh sách đang có nhiều người tên "${about}". Hãy ghi thêm trong tệp để phân biệt, hoặc đổi từng người bằng "nep member set".`,
  nameWithoutMarks: (about) => `Tên viết không dấu, dễ lẫn với "${about}". Hãy viết đủ dấu.`,
  secondSecretary: (about) => `Dòng ${about} đã là ${secretary}. Mỗi ${cell} chỉ có một ${secretary}.`,
  otherSecretary: (about) =>
    `Danh sách đang có ${secretary} là "${about}" mà tệp không nhắc đến. Hãy thêm người đó vào tệp với chức vụ mới.`,
})

const en: Words = {
  wrongType: () => 'This is no .csv or .xlsx file. Save it as "Excel Workbook (.xlsx)", without a password.',
  tooLarge: () => 'The file is larger than 5 MB, which no roster is.',
  brokenFile: () => 'The .xlsx file cannot be read: it is damaged. Open it in Excel and save it again.',
  notUtf8: () => 'The .csv file is not UTF-8. Save it as "CSV UTF-8" or as .xlsx.',
  badQuotes: () => 'A quotation mark is not closed or stands in the wrong place.',
  empty: () => 'The roster is empty: it has no rows.',
  noHeader: () => 'There is no header row with a column "name" (or "Họ và tên").',
  doubleColumn: () => 'Two columns mean the same. Remove one of them.',
  tooManyRows: (about) => `There are ${about} rows, more than ${maxRosterRows}. Split the file by cell.`,
  noName: () => 'The full name is missing.',
  longName: () => 'The name is too long.',
  badName: (about) => `"${about}" is no name: it has strange characters or no letter.`,
  unknownRole: (about) =>
    `The role "${about}" is not known. Use secretary, deputy, clerk, committee, member, or leave it empty.`,
  unknownStatus: (about) =>
    `The status "${about}" is not known. Use official, probationary, exempt, away, temporarilyHere, suspended, left, or leave it empty.`,
  sameName: (about) =>
    `The same full name as in row ${about}. If they are two people, tell them apart in the name, as in "Nguyễn Văn An (1965)"; if they are one, remove a row.`,
  sameNameTwiceOnRoster: (about) =>
    `Several people on the roster are called "${about}". Tell them apart in the file, or change each with "nep member set".`,
  nameWithoutMarks: (about) => `A name without diacritics, easily confused with "${about}". Write it in full.`,
  secondSecretary: (about) => `Row ${about} is the secretary already. A cell has one secretary.`,
  otherSecretary: (about) =>
    `The secretary on the roster is "${about}", whom the file does not name. Add them to the file with their new role.`,
}

/** The problem of one fault in the language of the cell. */
export function rosterProblemText(
  { locale, profile }: Pick<Config, 'locale' | 'profile'>,
  { problem, about }: RosterFault,
): string {
  return (locale === 'vi' ? viWords(profiles[profile].vi) : en)[problem](about ?? '')
}
