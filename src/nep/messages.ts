/** `nep chat …`, `nep outbox …`, `nep inbox …`: groups, and messages that need the operator. No text is ever shown. */
import type { Command } from 'commander'
import { columns, localTime, print, subcommand, wholeNumber, withDatabase } from './command-line.ts'

const largestId = Number.MAX_SAFE_INTEGER

function addChatCommands(program: Command): void {
  const chat = program.command('chat').description('group chats')
  subcommand(chat, 'list', 'list the groups that are or were bound').action(
    async (_options: unknown, command: Command) => {
      const groups = await withDatabase(async ({ pool }) => {
        const { listGroups } = await import('../store/admin-messages.ts')
        return listGroups(pool)
      })
      const rows = groups.map(({ id, platform, externalId, orgId, orgName, isGone }) => [
        ...[String(id), platform, externalId, orgId === null ? 'not bound' : `${orgId} ${orgName}`],
        ...(isGone ? ['gone'] : []),
      ])
      print(command, groups, rows.length === 0 ? ['No group is bound yet.'] : columns(rows))
    },
  )
  subcommand(chat, 'unbind', 'take a group away from its organisation; what waits to be sent there is dropped')
    .requiredOption('--chat <id>', 'the number that "chat list" shows', wholeNumber())
    .action(async (options: { chat: number }, command: Command) => {
      const { orgId, dropped } = await withDatabase(async ({ pool, now }) => {
        const { unbindGroup } = await import('../store/admin-messages.ts')
        return unbindGroup(pool, options.chat, now())
      })
      const result = { id: options.chat, orgId: null, dropped }
      print(command, result, [`Chat ${options.chat} is no longer bound to organisation ${orgId}.`])
    })
}

function addOutboxCommands(program: Command): void {
  const outbox = program.command('outbox').description('messages that could not be delivered')
  subcommand(
    outbox,
    'list',
    'list messages that were set aside: refused for good (parked) or of unknown fate (unknown)',
  ).action(async (_options: unknown, command: Command) => {
    const { parked, zone } = await withDatabase(async ({ pool, config }) => {
      const { listParked } = await import('../store/admin-messages.ts')
      return { parked: await listParked(pool), zone: config.timeZone }
    })
    const rows = parked.map(({ id, platform, state, outcome, createdAt, canRetry }) => [
      ...[String(id), platform, state, outcome ?? '', localTime(createdAt, zone)],
      canRetry ? 'can be sent again' : 'words no longer kept',
    ])
    print(command, parked, rows.length === 0 ? ['No message is set aside.'] : columns(rows))
  })
  subcommand(outbox, 'retry', 'queue a message again')
    .requiredOption('--id <id>', 'the number that "outbox list" shows', wholeNumber(1, largestId))
    .option('--may-repeat', 'also where the message may have been delivered already')
    .action(async (options: { id: number; mayRepeat?: boolean }, command: Command) => {
      const { state } = await withDatabase(async ({ pool, now }) => {
        const { settleParked } = await import('../store/admin-messages.ts')
        return settleParked(pool, options.id, { settle: 'retry', mayRepeat: options.mayRepeat === true }, now())
      })
      print(command, { id: options.id, state }, [`Message ${options.id} is queued again.`])
    })
  subcommand(outbox, 'drop', 'give a message up for good')
    .requiredOption('--id <id>', 'the number that "outbox list" shows', wholeNumber(1, largestId))
    .action(async (options: { id: number }, command: Command) => {
      const { state } = await withDatabase(async ({ pool, now }) => {
        const { settleParked } = await import('../store/admin-messages.ts')
        return settleParked(pool, options.id, { settle: 'drop' }, now())
      })
      print(command, { id: options.id, state }, [`Message ${options.id} is given up.`])
    })
}

function addInboxCommands(program: Command): void {
  const inbox = program.command('inbox').description('events from chats')
  subcommand(inbox, 'failed', 'list events that could not be handled').action(
    async (_options: unknown, command: Command) => {
      const { failed, zone } = await withDatabase(async ({ pool, config }) => {
        const { listFailed } = await import('../store/admin-messages.ts')
        return { failed: await listFailed(pool), zone: config.timeZone }
      })
      const rows = failed.map(({ id, platform, failure, receivedAt }) => [
        ...[String(id), platform, localTime(receivedAt, zone), failure],
      ])
      print(command, failed, rows.length === 0 ? ['Every event was handled.'] : columns(rows))
    },
  )
}

/** Adds `chat`, `outbox` and `inbox`. */
export function addMessageCommands(program: Command): void {
  addChatCommands(program)
  addOutboxCommands(program)
  addInboxCommands(program)
}
