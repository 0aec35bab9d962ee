/** The registration is opened in conversation, by the committee above; the cell puts off its own last day. */
import { expectHeard, type Scene, vn } from './cast.ts'

export const campaign: Scene = ({ stage, people, secretary, dm }) => {
  const above = (text: string, days?: readonly string[]) => stage.tell('tren', text, days ? { days } : {})
  stage.at(vn('2026-01-19', '09:30'), async () => {
    expectHeard(await dm(people[4]!, 'mở đợt đăng ký năm nay đến 31/3'), 'bí thư')
    expectHeard(await above('mở đợt đăng ký năm nay đến 10/1'), 'phải từ hôm nay trở đi')
    const days = ['2026-01-26', '2026-03-31']
    expectHeard(await above('mở đợt đăng ký năm 2026 từ 26/1 đến 31/3', days), 'Mở đợt đăng ký năm 2026')
    expectHeard(await above('để xem đã', days), 'có')
    expectHeard(await above('có'), 'Đã mở đợt đăng ký')
  })
  stage.at(vn('2026-03-20', '09:30'), async () => {
    const asked = await dm(secretary, 'mở đợt đăng ký năm nay đến 20/4', { days: ['2026-01-26', '2026-04-20'] })
    expectHeard(asked, 'Chi bộ thôn Đông')
    expectHeard(await dm(secretary, 'có'), 'Đã mở đợt đăng ký')
  })
}
