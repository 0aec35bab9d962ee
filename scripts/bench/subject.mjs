/**
 * Plain JavaScript over dist/: what is measured is the program as it runs, not as a loader for TypeScript makes it.
 *
 * One contender as a process of its own, started by `contender.ts`: takes webhook requests over HTTP, works on its own
 * database, sends to the Bot API server it is told of. `ours` is the whole program without the embedded database.
 */
import { createServer } from 'node:http'
import { conversations, createConversation } from '@grammyjs/conversations'
import { Bot, webhookCallback } from 'grammy'
import pg from 'pg'
import { loadConfig } from '../../dist/config.js'
import { createLog } from '../../dist/log.js'
import { createTelegram } from '../../dist/platforms/telegram/index.js'
import { startProgram } from '../../dist/program.js'
import { createWeb, startWeb } from '../../dist/web/server.js'

const botToken = '1:bench'

async function startOurs({ databaseUrl, apiRoot, secret }) {
  const log = createLog({ level: 'warn' })
  const telegram = await createTelegram({
    token: botToken,
    apiRoot,
    webhookSecret: secret,
    publicUrl: 'http://127.0.0.1',
    log,
    commandMenu: [],
  })
  // Telegram's own limits would be all that is measured.
  const rate = { perSecond: Number.POSITIVE_INFINITY, perChatPerSecond: Number.POSITIVE_INFINITY }
  const unlimited = Object.create(telegram, {
    capabilities: { value: { ...telegram.capabilities, rate } },
  })
  const config = loadConfig({ DATABASE_URL: databaseUrl, LOCAL_CHAT: 'off' })
  const program = await startProgram(config, log, { platforms: [unlimited] })
  const app = createWeb({
    isAlive: () => true,
    ready: async () => ({ ok: true, checks: [] }),
    metrics: program.metrics,
    webhooks: program.webhooks,
    log,
    clock: program.clock,
    timeZone: config.timeZone,
  })
  const web = await startWeb(app, { host: '127.0.0.1', port: 0 })
  const isQuiet = async (delivered) => {
    const { rows } = await program.pool.query(
      `SELECT NOT EXISTS (SELECT FROM inbox WHERE handled_at IS NULL)
        AND (NOT $1 OR NOT EXISTS (SELECT FROM outbox WHERE state IN ('queued', 'sending'))) AS quiet`,
      [delivered],
    )
    return rows[0].quiet
  }
  return {
    url: `${web.url}/webhooks/telegram`,
    async settle(delivered) {
      for (;;) {
        let progressed = () => {}
        const progress = new Promise((resolve) => {
          progressed = resolve
        })
        const unsubscribe = program.engine.onProgress(() => progressed())
        const isDone = await isQuiet(delivered)
        if (!isDone) await progress
        unsubscribe()
        if (isDone) return
      }
    },
  }
}

async function listenOn(listener) {
  const server = createServer(listener).listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  return `http://127.0.0.1:${server.address().port}`
}

/** The least a bot can do to keep what it hears: one insert for each update. */
async function startInsert({ kind, databaseUrl, apiRoot, secret }) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
  await pool.query(
    'CREATE TABLE update_log (id bigserial PRIMARY KEY, chat bigint, sender bigint, text text, at timestamptz)',
  )
  const bot = new Bot(botToken, { client: { apiRoot } })
  const mayReply = kind === 'insertReply'
  bot.on('message:text', async (ctx) => {
    await pool.query({
      name: 'insert',
      text: 'INSERT INTO update_log (chat, sender, text, at) VALUES ($1, $2, $3, now())',
      values: [ctx.chat.id, ctx.from.id, ctx.message.text],
    })
    if (mayReply) await ctx.reply('Đã ghi nhận.')
  })
  await bot.init()
  const url = await listenOn(webhookCallback(bot, 'http', { secretToken: secret }))
  return { url, settle: async () => {} }
}

/** The same registration as a conversation of grammY's own plugin, kept in PostgreSQL. */
async function startConversations({ databaseUrl, apiRoot, secret }) {
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
  await pool.query('CREATE TABLE conversation (key text PRIMARY KEY, state jsonb NOT NULL)')
  await pool.query(
    'CREATE TABLE deed (id bigserial PRIMARY KEY, member bigint NOT NULL, content text, due text, state text, at timestamptz)',
  )
  const bot = new Bot(botToken, { client: { apiRoot } })
  bot.use(
    conversations({
      storage: {
        type: 'key',
        getStorageKey: (ctx) => ctx.chatId?.toString(),
        adapter: {
          async read(key) {
            const { rows } = await pool.query({
              name: 'read',
              text: 'SELECT state FROM conversation WHERE key = $1',
              values: [key],
            })
            return rows[0]?.state
          },
          async write(key, state) {
            await pool.query({
              name: 'write',
              text: 'INSERT INTO conversation (key, state) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET state = $2',
              values: [key, JSON.stringify(state)],
            })
          },
          async delete(key) {
            await pool.query({ name: 'delete', text: 'DELETE FROM conversation WHERE key = $1', values: [key] })
          },
        },
      },
    }),
  )
  async function register(conversation, ctx) {
    const [, content = '', due = ''] = /^đk: (.*), hạn (.*)$/.exec(ctx.message?.text ?? '') ?? []
    await ctx.reply(`Đồng chí đăng ký 01 việc:\n- Việc 1: ${content} – hạn ${due}\nTrả lời 1 để gửi, 2 để viết lại.`)
    const answer = await conversation.waitFor('message:text')
    if (answer.message.text !== '1') return
    await conversation.external(async () => {
      await pool.query({
        name: 'deed',
        text: `INSERT INTO deed (member, content, due, state, at) VALUES ($1, $2, $3, 'submitted', now())`,
        values: [answer.from.id, content, due],
      })
    })
    await answer.reply('Đã ghi nhận 01 việc của đồng chí, chờ chi bộ thông qua.')
  }
  bot.use(createConversation(register))
  bot.hears(/^đk: /, (ctx) => ctx.conversation.enter('register'))
  await bot.init()
  const url = await listenOn(webhookCallback(bot, 'http', { secretToken: secret }))
  return { url, settle: async () => {} }
}

const starts = {
  ours: startOurs,
  insert: startInsert,
  insertReply: startInsert,
  conversations: startConversations,
}

const args = JSON.parse(process.argv[2] ?? 'null')
const subject = await starts[args.kind](args)
process.on('message', async (message) => {
  const { id, ask } = message
  if (ask === 'cpu') {
    const { user, system } = process.cpuUsage()
    process.send?.({ id, value: user + system })
    return
  }
  await subject.settle(ask === 'settleDelivered')
  process.send?.({ id, value: 0 })
})
process.on('disconnect', () => process.exit(0))
process.send?.({ id: 'ready', url: subject.url })
