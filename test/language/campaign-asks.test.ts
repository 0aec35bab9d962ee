/** Until when one registers, and how many deeds: everyday questions, with and without marks; other deadlines are none of its business. */
import { expect, test } from 'vitest'
import { withExtras } from '../../src/language/extras.ts'
import type { UnderstandContext } from '../../src/language/intents.ts'
import { fold } from '../../src/language/normalise.ts'
import { understand } from '../../src/language/understand.ts'

const context: UnderstandContext = {
  now: new Date('2026-10-05T09:00:00+07:00'),
  timeZone: 'Asia/Ho_Chi_Minh',
  addressed: 'mention',
  botNames: ['Nếp'],
}
const read = (text: string) => withExtras(understand(text, context), text, context)

test.each([
  '@Nếp cho tôi hỏi hạn đăng ký đến bao giờ',
  'hạn cuối đăng ký là ngày nào ạ?',
  'phải đăng ký bao nhiêu việc',
  'mỗi đảng viên phải đăng ký mấy việc',
  'bao giờ hết hạn đăng ký',
  'đợt đăng ký năm nay thế nào',
  'when is the deadline for registration?',
])('the registration of the year: %s', (text) => {
  for (const typed of [text, fold(text)])
    expect(read(typed)).toMatchObject({ intent: 'summary', extras: { campaign: true } })
})

test.each([
  'nộp tiền đảng phí hạn đến bao giờ',
  'đăng ký kết hôn khi nào',
  'hạn đăng ký xe đến bao giờ',
  'bao giờ thì xong',
])('something else: %s', (text) => expect(read(text).intent).toBe('none'))
