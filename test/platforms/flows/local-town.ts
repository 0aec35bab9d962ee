import type { LocalChat } from '../../../src/engine/local-chat.ts'
import type { OpenTown, Town } from './town.ts'

export const LOCAL_GROUP = 'nhom'

/** The local chat: the program's own platform, spoken to as its page does. */
export function localTown(): OpenTown {
  return async ({ people }): Promise<Town> => {
    let chat: LocalChat | null = null
    const keys = Object.keys(people)
    const sent = async () => {
      const all = await Promise.all(
        [LOCAL_GROUP, ...keys.map((key) => `dm:${key}`)].map((each) => chat!.transcript(each)),
      )
      return all
        .flat()
        .filter((message) => message.from === null)
        .sort((a, b) => Number(a.id) - Number(b.id))
    }
    return {
      title: 'local',
      groupId: LOCAL_GROUP,
      personId: (who) => who,
      open(program) {
        chat = program.localChat
      },
      async say(line) {
        const isMentioned = line.in === 'group' && line.manner === 'mention'
        const last = line.manner === 'reply' ? (await sent()).findLast((each) => each.chat === LOCAL_GROUP) : undefined
        await chat!.say({
          chat: line.in === 'group' ? LOCAL_GROUP : `dm:${line.who}`,
          from: line.who,
          text: isMentioned ? `@Bot Nếp ${line.text}` : line.text,
          ...(last ? { replyTo: last.id } : {}),
        })
      },
      shown: async () =>
        (await sent()).map(({ chat: where, text }) => ({
          where: where === LOCAL_GROUP ? 'group' : where.replace(/^dm:/, ''),
          text,
          buttons: [],
        })),
      // There is nothing but text in the local chat.
      async unsupported() {},
      async close() {},
    }
  }
}
