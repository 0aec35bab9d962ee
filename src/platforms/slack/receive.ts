/**
 * Receiving through Bolt with the order turned round: Bolt acknowledges an event before any handler sees it, so it is given an
 * acknowledgement that does nothing, and the real one (HTTP 200, the envelope's answer) is made by the caller of `deliver` once
 * the sink has resolved.
 */
import { App, AuthorizationError, type Receiver } from '@slack/bolt'
import type { Logger } from 'pino'
import type { Sink } from '../../engine/platform.ts'
import type { BoundedMap } from './bounded-map.ts'
import { idField, isSlackId, type JsonObject, objectField } from './json-fields.ts'
import type { Lookups } from './lookups.ts'
import type { BotInWorkspace } from './messages.ts'
import { quietLogger, type Transport } from './transport.ts'
import { endedAt, endsInstallation, installationEndEvent, kindOfUpdate, readUpdate } from './updates.ts'
import { UnknownWorkspace, type Workspaces } from './workspaces.ts'

/**
 * `accepted`: durable, or nothing to keep: acknowledge. `malformed`: none of Slack's forms. `failed`: could not be kept, Slack must
 * send it again. `closed`: nobody is receiving.
 */
export type Delivery = 'accepted' | 'malformed' | 'failed' | 'closed'

/** Takes verified bodies, whichever way they came. */
export interface Inlet {
  /** Never rejects. Bodies of one conversation are handed over in the order in which they came. */
  deliver(body: JsonObject, retryNumber?: number): Promise<Delivery>
  open(sink: Sink): void
  /** Resolves when nothing more will be handed to the sink. */
  close(): Promise<void>
}

export interface InletOptions {
  accountId: string
  botName: string
  commandNames: ReadonlyMap<string, string>
  workspaces: Workspaces
  lookups: Lookups
  privateChannels: BoundedMap<string, string>
  transport: Transport
  log: Logger
  now: () => number
}

/** What became of one body within Bolt, whose errors tell only that something failed. */
interface Course {
  sink: Sink
  notKept: boolean
}

/** Bolt's idea of a receiver: ours feeds it, and is started and stopped elsewhere. */
class FedReceiver implements Receiver {
  #app: App | undefined

  init(app: App): void {
    this.#app = app
  }

  async start(): Promise<void> {}

  async stop(): Promise<void> {}

  async feed(body: JsonObject, course: Course, retryNum: number | undefined): Promise<void> {
    await this.#app!.processEvent({
      body,
      ack: async () => undefined,
      retryNum,
      customProperties: { course },
    })
  }
}

/** Makes the inlet: Bolt finds the workspace's installation, we map and hand over. */
export function createInlet(options: InletOptions): Inlet {
  const { accountId, botName, commandNames, workspaces, lookups, privateChannels, log, now } = options
  const receiver = new FedReceiver()
  const app = new App({
    receiver,
    clientOptions: options.transport.clientOptions,
    logger: quietLogger(log),
    convoStore: false,
    // What the bot itself wrote is marked, not dropped: it tells in which threads the bot takes part.
    ignoreSelf: false,
    authorize: async ({ teamId, enterpriseId }) => {
      const installation =
        (teamId ? await workspaces.find(teamId) : undefined) ??
        (enterpriseId ? await workspaces.find(enterpriseId) : undefined)
      if (!installation) throw new UnknownWorkspace()
      const { botToken, botId, botUserId } = installation
      return { botToken, botId, botUserId, teamId: teamId ?? installation.teamId }
    },
  })
  app.error(async (error) => {
    throw error
  })

  app.use(async ({ body, context }) => {
    const course = context.course as Course
    const update = body as unknown as JsonObject
    const { teamId, botUserId, botId } = context
    // Bolt takes the workspace's id as it comes.
    if (!isSlackId(teamId)) return
    const identity = { accountId, teamId, now }
    if (endsInstallation(update)) {
      await keep(course, async () => {
        await course.sink([installationEndEvent(identity, update)])
        await workspaces.end(teamId, endedAt(update, now))
      })
      log.warn({ event: 'slack.workspaceLeft' }, 'A Slack workspace ended the installation')
      return
    }
    if (!botUserId) return
    const bot: BotInWorkspace = { ...identity, botName, commandNames, botUserId, botId, lookups, privateChannels }
    const events = await readUpdate(bot, update)
    if (events.length > 0) await keep(course, () => course.sink(events))
  })

  async function keep(course: Course, write: () => Promise<void>): Promise<void> {
    try {
      await write()
    } catch (error) {
      course.notKept = true
      throw error
    }
  }

  let open: Sink | undefined
  const underWay = new Map<string, Promise<unknown>>()

  /** One after another within a conversation; conversations side by side. */
  function inOrder<T>(conversation: string, task: () => Promise<T>): Promise<T> {
    const turn = (underWay.get(conversation) ?? Promise.resolve()).then(task)
    const settled = turn.catch(() => undefined)
    underWay.set(conversation, settled)
    void settled.then(() => {
      if (underWay.get(conversation) === settled) underWay.delete(conversation)
    })
    return turn
  }

  async function process(body: JsonObject, retryNumber: number | undefined): Promise<Delivery> {
    if (!open) return 'closed'
    const course: Course = { sink: open, notKept: false }
    try {
      await receiver.feed(body, course, retryNumber)
      return 'accepted'
    } catch (error) {
      const cause = error instanceof AuthorizationError ? error.original : error
      if (cause instanceof UnknownWorkspace) {
        log.info({ event: 'slack.unknownWorkspace' }, 'Slack update of a workspace without an installation')
        return 'accepted'
      }
      const failed = course.notKept || error instanceof AuthorizationError
      const fields = { event: failed ? 'slack.notKept' : 'slack.malformed', code: nameOf(cause) }
      if (failed) log.error(fields, 'Slack update not kept; Slack will send it again')
      else log.warn(fields, 'Slack update of an unknown form')
      return failed ? 'failed' : 'malformed'
    }
  }

  return {
    async deliver(body, retryNumber) {
      if (!open) return 'closed'
      const kind = kindOfUpdate(body)
      if (kind === undefined) return 'malformed'
      if (kind === 'ignored') return 'accepted'
      return inOrder(conversationOf(body), () => process(body, retryNumber))
    },
    open(sink) {
      open = sink
    },
    async close() {
      open = undefined
      while (underWay.size > 0) await Promise.all(underWay.values())
    },
  }
}

function conversationOf(body: JsonObject): string {
  const event = objectField(body, 'event')
  const channel = objectField(body, 'channel')
  return idField(event, 'channel') ?? idField(body, 'channel_id') ?? idField(channel, 'id') ?? ''
}

/** The class of an error: its message may quote the payload. */
function nameOf(error: unknown): string {
  return error instanceof Error ? error.name : typeof error
}
