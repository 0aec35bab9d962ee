import { randomUUID } from 'node:crypto'
import { expect } from 'vitest'
import { createSlack, type SlackInstallationStore, SlackNotReady } from '../../../src/platforms/slack/index.ts'
import { until } from '../contract/bench.ts'
import { seededRandom } from '../contract/mutations.ts'
import { APP_TOKEN, action, BOT_TOKEN, command, event, serveWebhooks } from '../slack/contract-driver.ts'
import * as payloads from '../slack/payloads.ts'
import { BOT_USER, CHANNEL, type Post, SlackServer, TEAM } from '../slack/slack-server.ts'
import type { Line, OpenTown, Shown, Town } from './town.ts'

type Update = ReturnType<typeof event>

export interface SlackTown extends Town {
  server: SlackServer
  deliver(update: Update): Promise<void>
  /** A person's post as one event or as the two that Slack makes of it. */
  post(line: Line): Update[]
}

/** Slack over HTTP or Socket Mode. */
export function slackTown(way: 'http' | 'socket', installations?: SlackInstallationStore): OpenTown {
  return async ({ log, people }): Promise<SlackTown> => {
    const server = await new SlackServer().listen()
    const users = new Map(Object.entries(people).map(([who, name]) => [who, { id: `U0${who.toUpperCase()}`, name }]))
    const user = (who: string) => users.get(who)!
    const channelOf = (who: string, where: 'group' | 'private') =>
      where === 'group' ? CHANNEL : `D0${who.toUpperCase()}`
    server.answers.set('users.info', ({ user: id }) => {
      const found = [...users.values()].find((each) => each.id === id)
      return found && { ok: true, user: { id, profile: { display_name: found.name } } }
    })
    server.answers.set('conversations.open', ({ users: id }) => ({ ok: true, channel: { id: `D0${id?.slice(2)}` } }))
    const secrets = way === 'http' ? { signingSecret: payloads.SIGNING_SECRET } : { appToken: APP_TOKEN }
    const platform = await patiently(() =>
      createSlack({
        ...{ botToken: BOT_TOKEN, ...secrets, apiRoot: server.apiRoot, log, timeoutMs: 2_000 },
        ...(installations ? { installations } : {}),
        socketPauses: { firstMs: 10, longestMs: 100, helloMs: 500, closeMs: 200 },
      }),
    )
    const hooks = way === 'http' ? await serveWebhooks(platform) : undefined
    let last: Update | undefined

    async function deliver(update: Update): Promise<void> {
      last = update
      if (hooks) return overHttp(update)
      await until(() => expect(server.peers.length).toBeGreaterThan(0))
      const id = randomUUID()
      server.peers
        .at(-1)!
        .send(JSON.stringify({ ...update.envelope, envelope_id: id, accepts_response_payload: false }))
      await until(() => expect(server.acknowledged.has(id)).toBe(true))
    }

    async function overHttp({ path, body }: Update): Promise<void> {
      const signed = payloads.signedRequest(body, { path })
      const request = { method: 'POST', headers: signed.headers, body: await signed.arrayBuffer() }
      const { status } = await fetch(`${hooks!.url}/webhooks/${path}`, request)
      expect(status).toBe(200)
    }

    /** The thread that a reply to the bot's last word in the channel goes to. */
    function threadOfLast(): Record<string, unknown> {
      const thread = server.posts.findLast((each) => each.channel === CHANNEL)?.thread_ts
      // The bot's own post began the thread: Slack says so. Else somebody's post did, and the adapter must remember.
      return thread ? { thread_ts: thread } : { thread_ts: '1700000000.000001', parent_user_id: BOT_USER }
    }

    function post(line: Line): Update[] {
      const by = { user: user(line.who).id, channel: channelOf(line.who, line.in) }
      if (line.in === 'private') return [event(payloads.privateMessage(line.text, by))]
      if (line.manner === 'mention') {
        const mention = payloads.appMention(line.text, by)
        const twin = { ...mention, type: 'message', channel_type: 'channel' }
        return [event(mention), event(twin)]
      }
      const thread = line.manner === 'reply' ? threadOfLast() : {}
      return [event(payloads.groupMessage(line.text, { ...by, ...thread }))]
    }

    function slash(line: Line): Update {
      const [name = '', ...rest] = line.text.split(' ')
      const place: Record<string, string> = line.in === 'private' ? { channel_name: 'directmessage' } : {}
      const by = { user_id: user(line.who).id, channel_id: channelOf(line.who, line.in), ...place }
      return command(payloads.slashCommand(name, payloads.escaped(rest.join(' ')), by))
    }

    function shownAs(each: Post): Shown {
      const who = [...users.keys()].find((key) => channelOf(key, 'private') === each.channel)
      const unescaped = (each.text ?? '').replace(
        /&(amp|lt|gt);/g,
        (_, name) => ({ amp: '&', lt: '<', gt: '>' })[name as 'amp'],
      )
      const blocks = each.blocks
        ? (JSON.parse(each.blocks) as { type: string; elements?: { text: { text: string }; value: string }[] }[])
        : []
      const buttons = blocks.flatMap((block) => (block.type === 'actions' ? (block.elements ?? []) : []))
      return {
        where: each.channel === CHANNEL ? 'group' : (who ?? each.channel ?? ''),
        text: unescaped,
        buttons: buttons.map((button) => ({ label: button.text.text, token: button.value })),
      }
    }

    return {
      title: `Slack by ${way}`,
      server,
      platform,
      unreadable: true,
      saysWhen: true,
      deliver,
      post,
      groupId: `${TEAM}:${CHANNEL}`,
      personId: (who) => `${TEAM}:${user(who).id}`,
      async say(line) {
        // Slack knows no slash command of another app's name: it would never reach us.
        const isSlash = line.text.startsWith('/') && !line.text.includes('@') && line.manner !== 'mention'
        if (isSlash) return deliver(slash(line))
        for (const update of post(line)) await deliver(update)
      },
      updatesOf: (line) => post(line).map((update) => () => deliver(update)),
      disturb(fault, chance = 1) {
        const random = seededRandom(7)
        server.faults.length = 0
        // Faults are taken one for each post; what is no fault lets its post through.
        if (fault)
          for (let index = 0; index < 2_000; index++) server.faults.push((random() < chance ? fault : undefined)!)
      },
      shown: () => server.posts.map(shownAs),
      repeat: () => deliver(last!),
      press: (who, where, token) => {
        const channel = channelOf(who, where)
        return deliver(
          action(
            payloads.buttonPress(token, {
              user: { id: user(who).id, username: who, name: who, team_id: TEAM },
              container: { type: 'message', message_ts: payloads.nextTs(), channel_id: channel, is_ephemeral: false },
              channel: { id: channel, name: 'chi-bo-1' },
              response_url: `http://127.0.0.1:${server.port}/api/response`,
            }),
          ),
        )
      },
      edit: (line) => {
        const by = {
          user: user(line.who).id,
          text: `<@${BOT_USER}> ${payloads.escaped(line.text)}`,
          ts: payloads.nextTs(),
          type: 'message',
        }
        const change = {
          type: 'message',
          subtype: 'message_changed',
          hidden: true,
          channel: channelOf(line.who, line.in),
          channel_type: line.in === 'group' ? 'channel' : 'im',
          ts: payloads.nextTs(),
          event_ts: payloads.nextTs(),
        }
        return deliver(event({ ...change, message: by, previous_message: { ...by, text: 'khác' } }))
      },
      unsupported: (who, where) => {
        const by = {
          user: user(who).id,
          channel: channelOf(who, where),
          subtype: 'file_share',
          files: [{ id: 'F0VOICE', mimetype: 'audio/mp4' }],
        }
        return deliver(event(where === 'private' ? payloads.privateMessage('', by) : payloads.groupMessage('', by)))
      },
      member: (membership) =>
        deliver(
          event({
            type: membership === 'left' ? 'member_left_channel' : 'member_joined_channel',
            user: BOT_USER,
            channel: CHANNEL,
            team: TEAM,
            event_ts: payloads.nextTs(),
          }),
        ),
      async close() {
        await hooks?.close()
        await server.close()
      },
    }
  }
}

/** The time-outs are short for the suite's sake: on a busy machine the first call of all may not make it. */
async function patiently<T>(make: () => Promise<T>, attempts = 10): Promise<T> {
  try {
    return await make()
  } catch (error) {
    if (attempts === 1 || !(error instanceof SlackNotReady && error.retryable)) throw error
    return patiently(make, attempts - 1)
  }
}
