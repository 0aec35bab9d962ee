/**
 * Protects: a picture reaches Telegram as a file and Zalo by an address of our own that nobody can guess, that ends, that
 * is written down nowhere, and that nothing lists; where there is no such address the text goes alone.
 */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createSender } from '../../../src/engine/deliver.ts'
import type { PlatformName } from '../../../src/engine/platform.ts'
import { createTelegram } from '../../../src/platforms/telegram/index.ts'
import { createZalo } from '../../../src/platforms/zalo/index.ts'
import { housekeep } from '../../../src/store/coordination.ts'
import { createDeliverStore, enqueue } from '../../../src/store/outbox.ts'
import { createPictures } from '../../../src/store/pictures.ts'
import { createTestDatabase, type TestDatabase } from '../../database.ts'
import { LogLines, serveWeb } from '../../web/serve.ts'
import { BOT, BotApiServer } from '../telegram/bot-api-server.ts'
import { FAST } from '../telegram/tuning.ts'
import { TEST_TIMINGS } from '../zalo/driver.ts'
import { startSimulator, type ZaloSimulator } from '../zalo/simulator.ts'
import { quiet } from './stage.ts'

const PNG = Buffer.from('89504e470d0a1a0a00', 'hex')

let database: TestDatabase
let zalo: ZaloSimulator
let telegram: BotApiServer
const lines = new LogLines()

beforeEach(async () => {
  database = await createTestDatabase()
  zalo = await startSimulator()
  telegram = await new BotApiServer().start()
})
afterEach(async () => {
  await zalo.close()
  await telegram.stop()
  await database.drop()
})

/** Sends one message with a kept picture on both platforms; resolves once it left. */
async function send(pictures: ReturnType<typeof createPictures>, kept: number): Promise<void> {
  const { log } = lines
  const platforms = [
    await createZalo({ token: zalo.token, apiRoot: zalo.apiRoot, botNames: [], log, timings: TEST_TIMINGS }),
    await createTelegram({ token: BOT.token, apiRoot: telegram.apiRoot, log, commandMenu: [], tuning: FAST }),
  ]
  const user = zalo.say.user('Yến')
  const draft = (platform: PlatformName, accountId: string, id: string) => ({
    ...{ key: `${platform}:${kept}:${id}`, platform, accountId, causeInboxId: null, expiresAt: null },
    ...{ isRepeatable: true, rank: 'receipt' as const },
    message: {
      chat: { id, kind: 'private' as const },
      text: '3/4 (75%)',
      photo: { kept, fileName: 'ket-qua.png' },
    },
  })
  await enqueue(database.pool, [
    draft('zalo', platforms[0]!.accountId, user.id),
    draft('telegram', platforms[1]!.accountId, '41'),
  ])
  const store = createDeliverStore(
    database.pool,
    () => new Date(),
    () => '2026-10',
  )
  const senders = platforms.map((platform) =>
    createSender(platform, { store, clock: { now: () => new Date() }, monthOf: () => '2026-10', log, pictures }),
  )
  await quiet(database.pool)
  await Promise.all(senders.map((sender) => sender.stop()))
}

test('as a file where files are taken, else under an address that ends', async () => {
  const web = await serveWeb({ openPicture: (token) => pictures.open(token) })
  const pictures = createPictures(database.pool, web.url)
  const kept = await pictures.keep({ bytes: PNG, mimeType: 'image/png' })
  await send(pictures, kept)

  const [call] = telegram.callsOf('sendPhoto')
  expect(Object.values(call!.files)[0]!.bytes).toEqual(PNG)
  expect(call!.payload.caption).toBe('3/4 (75%)')

  const [shown] = zalo.sent
  expect(shown).toMatchObject({ method: 'sendPhoto', text: '3/4 (75%)' })
  const address = shown!.photo!
  const token = /^http:\/\/127\.0\.0\.1:\d+\/pictures\/([\w-]{43})\.png$/.exec(address)![1]!
  const got = await fetch(address)
  expect([got.status, got.headers.get('content-type'), got.headers.get('cache-control')]).toEqual([
    ...[200, 'image/png', 'no-store'],
  ])
  expect(Buffer.from(await got.arrayBuffer())).toEqual(PNG)

  // Nothing lists pictures, and the number by which we know one opens nothing.
  const guesses = [
    '',
    '/',
    `/${kept}`,
    `/${kept}.png`,
    `/${token}`,
    `/${token.slice(0, -1)}.png`,
    `/${'A'.repeat(43)}.png`,
  ]
  for (const guess of guesses) expect((await fetch(`${web.url}/pictures${guess}`)).status, guess).toBe(404)
  // What opens it is in no table and no log.
  const { rows } = await database.pool.query(
    'SELECT (SELECT json_agg(l) FROM picture_link l)::text || (SELECT json_agg(o) FROM outbox o)::text AS all',
  )
  expect(rows[0].all).not.toContain(token)
  expect([...lines.lines, ...web.lines].join('\n')).not.toContain(token)

  await database.pool.query("UPDATE picture_link SET expires_at = now() - interval '1 second'")
  expect((await fetch(address)).status).toBe(404)
  await database.pool.query("UPDATE picture SET expires_at = now() - interval '1 second'")
  expect([await pictures.bytes(kept), await pictures.link(kept)]).toEqual([null, null])
  await housekeep(database.pool)
  expect((await database.pool.query('SELECT 1 FROM picture UNION ALL SELECT 1 FROM picture_link')).rows).toEqual([])
})

test('without an address of our own, and once it has expired, the text goes alone', async () => {
  const pictures = createPictures(database.pool, undefined)
  await send(pictures, await pictures.keep({ bytes: PNG, mimeType: 'image/png' }))
  expect(zalo.sent.map(({ method, text }) => [method, text])).toEqual([['sendMessage', '3/4 (75%)']])
  expect(telegram.callsOf('sendPhoto')).toHaveLength(1)

  await send(createPictures(database.pool, 'https://nep.example'), 999)
  expect(zalo.sent.map(({ method }) => method)).toEqual(['sendMessage', 'sendMessage'])
  expect(telegram.callsOf('sendMessage')).toHaveLength(1)
  const broken = await serveWeb({ openPicture: () => Promise.reject(new Error('the database does not answer')) })
  expect((await fetch(`${broken.url}/pictures/${'B'.repeat(43)}.png`)).status).toBe(500)
  expect(broken.lines.join('')).toContain('web.failed')
  expect(broken.lines.join('')).not.toContain('BBBB')
  // Without an address there is no route either.
  const web = await serveWeb()
  expect((await fetch(`${web.url}/pictures/${'A'.repeat(43)}.png`)).status).toBe(404)
})
