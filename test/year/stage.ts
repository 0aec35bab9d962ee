/** A crowd before the real engine: what is said, what is heard, and that every number heard agrees with the rows. */
import type { Heard, Rig } from '../flows/rig.ts'
import { type Meant, type Occasion, Printed } from './printed.ts'
import { readRows } from './recount.ts'

/** Something that somebody will do. */
interface Plan {
  at: number
  order: number
  act: () => Promise<void>
}

export class Stage {
  readonly printed = new Printed()
  messages = 0
  /** The last message of each kind that holds figures, with the rows it was printed from. */
  readonly kept = new Map<string, { text: string; occasion: Occasion }>()
  said = 0
  private plans: Plan[] = []
  private order = 0
  /** Who answers to what: called with every message, to plan what comes of it. */
  onHeard: (message: Heard) => void = () => {}

  constructor(readonly rig: Rig) {}

  get now(): Date {
    return this.rig.clock.now()
  }

  /** Somebody does something at an instant; what lies in the past is done next. */
  at(when: Date | string, act: () => Promise<unknown>): void {
    this.order += 1
    if (Number.isNaN(new Date(when).getTime())) throw new Error(`no instant: ${when}`)
    const plan = { at: new Date(when).getTime(), order: this.order, act: async () => void (await act()) }
    this.plans.push(plan)
  }
  in(minutes: number, act: () => Promise<unknown>): void {
    this.at(new Date(this.now.getTime() + minutes * 60_000), act)
  }

  /** Lives through every day until an instant: the clock goes by the program's own ticks, and nobody acts out of turn. */
  async until(end: string): Promise<void> {
    const last = Date.parse(end)
    for (let evening = this.nextEvening(); this.now.getTime() < last; evening = this.nextEvening()) {
      const next = this.plans.reduce<Plan | null>(
        (first, plan) =>
          first === null || plan.at < first.at || (plan.at === first.at && plan.order < first.order) ? plan : first,
        null,
      )
      const due = Math.min(next?.at ?? Number.POSITIVE_INFINITY, evening, last)
      if (due > this.now.getTime()) await this.advance(new Date(due))
      if (next && next.at <= due) {
        this.plans.splice(this.plans.indexOf(next), 1)
        await next.act()
      }
    }
  }

  private nextEvening(): number {
    const day = new Date(this.now.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)
    const evening = Date.parse(`${day}T21:00:00+07:00`)
    return evening > this.now.getTime() ? evening : evening + 86_400_000
  }

  private async advance(to: Date): Promise<void> {
    await this.heard(await this.rig.advance(to))
  }

  async tell(key: string, text: string, meant: Meant = {}): Promise<Heard[]> {
    return this.say(`dm:${key}`, key, text, meant)
  }

  async say(chat: string, key: string, text: string, meant: Meant = {}): Promise<Heard[]> {
    this.said += 1
    // Nobody types two messages in one instant.
    this.rig.clock.set(new Date(this.now.getTime() + 7_000))
    const messages = await this.rig.say(chat, key, text)
    await this.heard(messages, meant)
    return messages
  }

  /** Messages that were too long for one are read as one. */
  private whole(messages: readonly Heard[]): Heard[] {
    const joined: Heard[] = []
    for (const message of messages) {
      const before = joined.findLast((each) => each.chat === message.chat)
      if (before && (before.text.length > 1500 || before.text.startsWith('Bản xuất dữ liệu')))
        before.text += `\n${message.text}`
      else joined.push({ ...message })
    }
    return joined
  }

  private async heard(messages: readonly Heard[], meant: Meant = {}): Promise<void> {
    this.messages += messages.length
    const whole = this.whole(messages)
    if (whole.some(({ text }) => /\d/.test(text))) {
      const rows = await readRows(this.rig.pool)
      for (const { chat, text } of whole) {
        const occasion = { rows, now: this.now, chat, ...meant }
        this.printed.check(text, occasion)
        const kind =
          /đến ngày \S+:$|Trước buổi họp|Điểm danh buổi họp|Chưa báo tiến độ|Đã (?:ghi|sửa) điểm danh|Chưa đăng ký:|việc chờ duyệt, do|Đã duyệt|^Số liệu kỳ|^Họp |^Biên bản [^,.]*\d{4}, |^Đã ghi biên bản|^Khoá sổ kỳ|^Đã khoá sổ|^Hạn chế, |^Đã ghi yêu cầu số|có yêu cầu số|^Yêu cầu số/m.exec(
            text,
          )?.[0]
        if (kind) this.kept.set(`${kind.slice(0, 9)} ${chat}`, { text, occasion })
      }
    }
    for (const message of whole) this.onHeard(message)
  }
}
