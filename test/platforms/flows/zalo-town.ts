import { expect } from 'vitest'
import { createZalo } from '../../../src/platforms/zalo/index.ts'
import { until } from '../contract/bench.ts'
import { apiFault, SECRET, serveWebhooks, TEST_TIMINGS } from '../zalo/driver.ts'
import { type SimulatorOptions, startSimulator, type Update, type ZaloSimulator } from '../zalo/simulator.ts'
import type { Line, OpenTown, Shown, Town } from './town.ts'

export interface ZaloTown extends Town {
  simulator: ZaloSimulator
  /** A picture with a caption, in the group. */
  picture(who: string, caption: string): Promise<void>
}

/** Zalo by long polling or by webhook. Without buttons, edits, memberships; everything else as on the others. */
export function zaloTown(way: 'polling' | 'webhook', simulated: SimulatorOptions = {}): OpenTown {
  return async ({ log, people }): Promise<ZaloTown> => {
    const simulator = await startSimulator(simulated)
    const platform = await createZalo({
      token: simulator.token,
      apiRoot: simulator.apiRoot,
      webhookSecret: SECRET,
      botNames: [simulator.botName],
      ...(way === 'webhook' ? { publicUrl: 'https://nep.example' } : {}),
      log,
      timings: TEST_TIMINGS,
    })
    const web = way === 'webhook' ? await serveWebhooks(platform) : undefined
    if (web) simulator.webhook = { url: `${web.url}/webhooks/zalo`, secret: SECRET, updatedAt: Date.now() }
    const users = new Map(Object.entries(people).map(([who, name]) => [who, simulator.say.user(name)]))
    const group = simulator.say.group()
    const user = (who: string) => users.get(who)!
    const chatOf = (who: string, where: 'group' | 'private') =>
      where === 'group' ? group : simulator.say.privateChat(user(who))

    let given = 0
    /** Until Zalo has seen it acknowledged; it delivers one after another. */
    async function delivered(act: () => void): Promise<void> {
      const mine = ++given
      act()
      await until(() => expect(simulator.acknowledgedAt.length).toBeGreaterThanOrEqual(mine))
    }

    function updateOf(line: Line): Update {
      const isMentioned = line.in === 'group' && (line.manner === 'mention' || line.manner === 'command')
      const text = isMentioned ? `@${simulator.botName} ${line.text}` : line.text
      const content = { text, message_type: 'CHAT_TEXT' }
      return simulator.say.compose('message.text.received', user(line.who), chatOf(line.who, line.in), content)
    }

    return {
      title: `Zalo by ${way}`,
      simulator,
      platform,
      unreadable: true,
      groupId: group.id,
      personId: (who) => user(who).id,
      // Zalo tells the bot nothing of what is said to nobody in particular.
      say: async (line) => {
        if (line.in === 'group' && line.manner === 'plain') return
        await delivered(() => simulator.deliver(updateOf(line)))
      },
      updatesOf(line) {
        const update = updateOf(line)
        return [() => delivered(() => simulator.deliver(update))]
      },
      disturb(fault, chance = 1) {
        simulator.heal()
        if (fault) simulator.fail('sendMessage', apiFault(fault), { times: Number.POSITIVE_INFINITY, chance })
      },
      shown: () =>
        simulator.sent.map(({ chatId, text }): Shown => {
          const who = [...users].find(([, each]) => each.id === chatId)?.[0]
          return { where: chatId === group.id ? 'group' : (who ?? chatId), text, buttons: [] }
        }),
      repeat: () => delivered(() => simulator.redeliver()),
      unsupported: (who, where) => delivered(() => simulator.say.unsupported(user(who), chatOf(who, where))),
      picture: (who, caption) =>
        delivered(() => simulator.say.image(user(who), group, `@${simulator.botName} ${caption}`)),
      async close() {
        await simulator.close()
        await web?.close()
      },
    }
  }
}
