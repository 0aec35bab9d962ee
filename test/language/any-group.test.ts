/**
 * Members of groups that are no chi bộ: a club, a team, a parish, a union branch. What a chi bộ's member says with its
 * own words, they say with theirs; talk about the club is none of it.
 */
import { describe, expect, test } from 'vitest'
import { withExtras } from '../../src/language/extras.ts'
import type { Intent } from '../../src/language/intents.ts'
import { understand } from '../../src/language/understand.ts'

const context = {
  now: new Date('2026-10-05T09:00:00+07:00'),
  timeZone: 'Asia/Ho_Chi_Minh',
  botNames: ['Bot Nếp', 'Nếp'],
  addressed: 'private' as const,
}
const read = (text: string): Intent => withExtras(understand(text, context), text, context)

const groups = ['chi bộ', 'nhóm', 'câu lạc bộ', 'clb', 'đội', 'giáo xứ', 'họ đạo', 'chi đoàn', 'công đoàn']

describe.each(groups)('a member of a group called "%s"', (group) => {
  test.each<[string, Intent['intent'], object?]>([
    [`${group} đk: trồng 100 cây xanh, hạn 30/11`, 'pledge.registerCollective', { deeds: [{ due: '2026-11-30' }] }],
    [`${group} đăng ký: sửa mái nhà văn hoá, hạn 30/11`, 'pledge.registerCollective', { deeds: [{}] }],
    [`sửa việc 1 của ${group}: trồng 200 cây`, 'pledge.edit', { deed: 1, content: 'trồng 200 cây' }],
    [`rút việc 1 của ${group}`, 'pledge.withdraw', { deed: 1 }],
    [`việc của ${group}`, 'pledge.mine'],
    [`việc 1 của ${group} xong 70%`, 'progress.report', { deed: 1, percent: 70 }],
    [`${group} họp mùng 3 hằng tháng lúc 19h30 tại nhà văn hoá`, 'meeting.schedule', { cron: '30 19 3 * *' }],
    [`bao giờ ${group} họp`, 'meeting.when'],
    [`lịch họp ${group}`, 'meeting.when'],
    [`tổng hợp của ${group}`, 'summary'],
    [`hoãn buổi họp ${group}`, 'meeting.move'],
    [`biểu dương ${group}`, 'commend'],
  ])('is understood: %s', (text, intent, slots = {}) => {
    expect(read(text)).toMatchObject({ intent, slots })
  })

  test.each([
    `${group} mình hôm nay vui quá`,
    `${group} thắng rồi`,
    `hôm qua ${group} đi thăm trại trẻ`,
    `ảnh của ${group} đẹp quá`,
  ])('may talk of it: %s', (text) => {
    expect(read(text).intent).toBe('none')
  })
})

test.each<[string, Intent['intent'], object?]>([
  ['thành viên nào chưa đăng ký', 'summary.missing', { about: 'pledge' }],
  ['còn tình nguyện viên nào chưa đk', 'summary.missing', { about: 'pledge' }],
  ['nhắc các anh chị chưa đăng ký', 'remind.now', { about: 'pledge' }],
  ['nhắc các thành viên đăng ký', 'remind.now', { about: 'pledge' }],
  ['duyệt việc 1 của chị Hoa', 'pledge.approve', { name: 'Hoa', deed: 1 }],
  ['trả lại việc 2 của chị Bình vì chưa rõ hạn', 'pledge.return', { name: 'Bình', deed: 2 }],
  ['gương tháng 10: chị Lan', 'exemplar.name', { name: 'Lan' }],
  ['trưởng nhóm ơi em xin vắng, đi công tác', 'meeting.excuse', { reasonKind: 'work' }],
  ['việc 1: nhóm nếp sống', 'deed.describe', { deed: 1, category: 'style' }],
  ['việc 1: nhóm làm gương', 'deed.describe', { deed: 1, category: 'exampleSetting' }],
  ['register: help one poor family, by 30 November', 'pledge.register', { deeds: [{ due: '2026-11-30' }] }],
  ['the club registers: plant 100 trees, by 30 November', 'pledge.registerCollective', { deeds: [{}] }],
  ['edit deed 1 of our group: plant 200 trees', 'pledge.edit', { deed: 1 }],
  ['summary', 'summary'],
  ['I will come', 'meeting.attend'],
  ["I can't come, travelling", 'meeting.excuse'],
  ["sorry, I can't come, my child is ill", 'meeting.excuse', { reasonKind: 'family' }],
  ['when do we meet', 'meeting.when'],
  ['the club had a great day', 'none'],
  ['we won, what a team', 'none'],
])('also: %s', (text, intent, slots = {}) => {
  expect(read(text)).toMatchObject({ intent, slots })
})
