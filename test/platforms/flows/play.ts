/** Plays the script's steps on a stage and compares every message that appears. */
import { expect } from 'vitest'
import { codeFor } from './cell.ts'
import type { Expected, Step } from './script.ts'
import type { Stage } from './stage.ts'
import type { Shown, Town } from './town.ts'

/** Keeps what a script needs to know from step to step: codes, and the buttons shown last. */
export function createPlayer(stage: Stage, town: Town = stage.towns[0]!) {
  const codes = new Map<string, string>()
  /** Sets of buttons in the order in which they were shown. */
  const questions: Shown['buttons'][] = []

  async function withCodes(text: string): Promise<string> {
    const [mark, name] = /\{(\w+)\}/.exec(text) ?? []
    if (!mark || !name) return text
    if (!codes.has(name))
      codes.set(name, await codeFor(stage.pool, name === 'exposed' ? 'secretary' : (name as 'group')))
    return text.replace(mark, codes.get(name)!)
  }

  async function act(deed: Step['do']): Promise<Shown[]> {
    if ('at' in deed) return await stage.tick(deed.at, town)
    stage.clock.set(new Date(stage.clock.now().getTime() + 1_000))
    if ('repeat' in deed) await town.repeat!()
    else if ('anonymous' in deed) await town.anonymous!(deed.anonymous)
    else if ('bot' in deed) await town.member!(deed.bot)
    else if ('text' in deed) await town.say({ ...deed, text: await withCodes(deed.text) })
    else if ('edit' in deed) await town.edit!({ who: deed.who, in: deed.in, manner: 'mention', text: deed.edit })
    else if ('unsupported' in deed) await town.unsupported(deed.who, deed.in)
    else await choose(deed)
    return await stage.news(town)
  }

  async function choose(deed: Extract<Step['do'], { choose: number } | { press: number } | { pressOld: number }>) {
    const { who, in: where } = deed
    const [number, buttons] =
      'choose' in deed
        ? [deed.choose, questions.at(-1)]
        : 'press' in deed
          ? [deed.press, questions.at(-1)]
          : [deed.pressOld, questions.at(-2)]
    const button = buttons?.[number - 1]
    if (town.press && button) return await town.press(who, where, button.token)
    await town.say({ who, in: where, manner: where === 'group' ? 'reply' : 'plain', text: String(number) })
  }

  return {
    /** Plays one step; fails where more, less or something else is said. */
    async play(step: Step): Promise<void> {
      if (step.needs && town[step.needs] === undefined) return
      const news = await act(step.do)
      for (const { buttons } of news) if (buttons.length > 0) questions.push(buttons)
      const what = `${town.title}: ${JSON.stringify(step.do)}`
      compare(news, step.expect, what)
    },
  }
}

/** Every message is expected and every expectation is met; the order matters within a chat. */
export function compare(news: readonly Shown[], expected: readonly Expected[], what: string): void {
  const inChats = (list: readonly { where: string }[]) => list.map(({ where }) => where).sort()
  expect(inChats(news), `${what}\n${news.map(({ where, text }) => `[${where}] ${text}`).join('\n')}`).toEqual(
    inChats(expected),
  )
  for (const where of new Set(inChats(news))) {
    const texts = news.filter((each) => each.where === where).map(({ text }) => text)
    expected
      .filter((each) => each.where === where)
      .forEach(({ has = [], lacks = [] }, index) => {
        for (const words of has) expect(texts[index], what).toContain(words)
        for (const words of lacks) expect(texts[index], what).not.toContain(words)
      })
  }
}
