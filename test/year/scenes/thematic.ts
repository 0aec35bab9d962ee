/**
 * Thematic meetings, one a quarter: of their own, as part of a regular one, refused until the words are clear, put elsewhere, and
 * called off; and a regular meeting that nobody came to because of the weather.
 */
import { expectHeard, type Scene, vn } from './cast.ts'

export const thematic: Scene = ({ stage, people, secretary, clerk, notHeld, dm }) => {
  stage.at(vn('2026-03-09', '14:00'), async () => {
    expectHeard(
      await dm(clerk, 'chuyên đề quý 1: học tập Di chúc của Bác, 19h30 ngày 20/3 tại nhà văn hoá'),
      'sinh hoạt chuyên đề lúc',
    )
    expectHeard(await dm(people[4]!, 'bao giờ họp'), 'Sinh hoạt chuyên đề lúc')
    expectHeard(await dm(people[5]!, 'chuyên đề quý 1 là gì'), 'Chuyên đề quý I')
  })
  stage.at(vn('2026-05-18', '14:00'), async () => {
    expectHeard(
      await dm(secretary, 'chuyên đề quý 2: nêu gương trong công việc, gộp vào kỳ sinh hoạt tháng 6'),
      'kết hợp sinh hoạt chuyên đề',
    )
  })
  stage.at(vn('2026-08-06', '14:00'), async () => {
    const without = 'chuyên đề quý 3: ôn lại lời thề, ngày 15/8 tại hội trường'
    expectHeard(await dm(secretary, without), 'cần cả ngày và giờ')
    const whole = 'chuyên đề quý 3: ôn lại lời thề, 19h30 ngày 15/8 tại hội trường'
    expectHeard(await dm(people[4]!, whole), 'bí thư')
    expectHeard(await dm(secretary, whole), 'sinh hoạt chuyên đề lúc')
  })
  stage.at(vn('2026-08-10', '14:00'), async () => {
    expectHeard(await dm(secretary, 'chuyên đề quý 3: ôn lại lời thề, 19h ngày 20/8'), 'dời sang')
  })
  stage.at(vn('2026-08-21', '14:00'), async () => {
    expectHeard(await dm(secretary, 'chuyên đề quý 3: ôn lại lời thề, 19h ngày 28/8'), 'đã tổ chức')
  })
  // The evening passes without a roll call; what the bot asks three days later is answered the day after.
  notHeld.add('2026-10')
  stage.at(vn('2026-10-09', '15:00'), async () => {
    expectHeard(await dm(people[4]!, 'buổi họp tháng 10 không tổ chức, lý do mưa bão'), 'bí thư')
    expectHeard(await dm(secretary, 'buổi họp tháng 9 không tổ chức, lý do mưa bão'), 'đã có kết quả điểm danh')
    expectHeard(await dm(secretary, 'buổi họp tháng 10 không tổ chức, lý do mưa bão'), 'thời tiết, thiên tai')
  })
  stage.at(vn('2026-11-09', '14:00'), async () => {
    expectHeard(
      await dm(clerk, 'chuyên đề quý 4: người tốt, việc tốt, 19h30 ngày 20/11 tại nhà văn hoá'),
      'sinh hoạt chuyên đề lúc',
    )
  })
  stage.at(vn('2026-11-18', '14:00'), async () => {
    expectHeard(await dm(secretary, 'hoãn buổi sinh hoạt chuyên đề vì mưa lũ'), 'tạm hoãn')
    expectHeard(await dm(secretary, 'chuyên đề quý 4: người tốt, việc tốt, gộp vào kỳ sinh hoạt tháng 12'), 'kết hợp')
  })
}
