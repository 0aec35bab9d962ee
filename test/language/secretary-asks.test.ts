/** Everyday questions of secretaries about members: each is understood with and without marks, and small talk of the same words is not. */
import { expect, test } from 'vitest'
import { withExtras } from '../../src/language/extras.ts'
import type { UnderstandContext } from '../../src/language/intents.ts'
import { fold } from '../../src/language/normalise.ts'
import { understand } from '../../src/language/understand.ts'

const context: UnderstandContext = {
  now: new Date('2026-10-05T09:00:00+07:00'),
  timeZone: 'Asia/Ho_Chi_Minh',
  addressed: 'private',
  botNames: ['Nếp'],
}
const read = (text: string) => {
  const { intent, slots, extras } = withExtras(understand(text, context), text, context)
  return { intent, ...slots, ...extras }
}

test.each([
  ['danh sách chờ duyệt', { intent: 'pledge.approve' }],
  ['còn việc nào chưa duyệt không', { intent: 'pledge.approve' }],
  ['có việc gì cần tôi duyệt không ạ?', { intent: 'pledge.approve' }],
  ['ai đang chờ duyệt', { intent: 'pledge.approve' }],
  ['việc nào quá hạn', { intent: 'summary', stage: 'overdue' }],
  ['cho xem danh sách việc quá hạn', { intent: 'summary', stage: 'overdue' }],
  ['có việc nào quá hạn không', { intent: 'summary', stage: 'overdue' }],
  ['những đồng chí chưa hoàn thành', { intent: 'summary', stage: 'open' }],
  ['ai đã hoàn thành', { intent: 'summary', stage: 'done' }],
  ['buổi tới ai vắng', { intent: 'summary.missing', about: 'meeting', answers: 'coming' }],
  ['bao nhiêu đ/c báo vắng', { intent: 'summary.missing', about: 'meeting', answers: 'coming' }],
  ['buổi tới ai đi được', { intent: 'summary.missing', about: 'meeting', answers: 'coming' }],
  ['hôm nay ai có mặt', { intent: 'summary.missing', about: 'meeting', answers: 'today' }],
  ['kết quả điểm danh', { intent: 'summary.missing', about: 'meeting', answers: 'last' }],
  ['việc nào chưa được đánh giá', { intent: 'summary.missing', unrated: 'cell' }],
  ['năm ngoái tôi đăng ký những gì', { intent: 'pledge.mine', year: 2025 }],
  ['tôi đăng ký những gì năm ngoái', { intent: 'pledge.mine', year: 2025 }],
  ['năm 2025 tôi có những việc gì', { intent: 'pledge.mine', year: 2025 }],
  ['what is waiting for approval?', { intent: 'pledge.approve' }],
  ['which deeds are overdue', { intent: 'summary', stage: 'overdue' }],
  ['who is not done', { intent: 'summary', stage: 'open' }],
  ['What has Peter Brown registered?', { intent: 'summary', member: 'Peter Brown' }],
  ['deeds of Peter', { intent: 'summary', member: 'Peter' }],
  ['who is coming to the meeting', { intent: 'summary.missing', about: 'meeting', answers: 'coming' }],
  ['who was absent', { intent: 'summary.missing', about: 'meeting', answers: 'last' }],
  ['buổi vừa rồi ai vắng', { intent: 'summary.missing', about: 'meeting', answers: 'last' }],
])('%s', (text, meaning) => {
  expect(read(text)).toEqual(meaning)
  if (!('member' in meaning)) expect(read(fold(text))).toEqual(meaning)
})

test.each([
  'đồng chí Lụa đăng ký gì',
  'Đ/c Lụa đã đăng ký chưa ạ?',
  'việc của bác Lụa đến đâu rồi',
  'tiến độ của Lụa',
  'đồng chí Lụa có việc gì',
  'xem việc của đ/c Lụa',
])("one member's deeds: %s", (text) => {
  expect(read(text)).toEqual({ intent: 'summary', member: 'Lụa' })
})

test.each([
  'bác Lụa đăng ký rồi',
  'đồng chí Lụa nói hay quá',
  'chị Lan có con chưa',
  'bác có việc gì không',
  'việc nhà chưa xong',
  'cả nhà có mặt',
  'ai có mặt ở đám cưới hôm qua',
  'ai vắng mặt thì thôi',
  'ai đi được thì đi',
  'bà con đăng ký gì',
  'việc của ai người nấy làm',
  'ai đã hoàn thành nghĩa vụ quân sự',
  'đơn của tôi đang chờ duyệt',
  'chờ tôi duyệt nhé',
  'kết quả xổ số',
  'chú ý việc gì',
  'bao nhiêu báo vắng',
  'how far is the town hall',
  'what have you registered',
])('no question about members: %s', (text) => {
  expect(read(text)).toEqual({ intent: 'none' })
})
