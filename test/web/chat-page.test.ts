/** The chat page in a real browser; left out where there is none. */
import { existsSync } from 'node:fs'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createFakeLocalChat, type FakeLocalChat } from './fake-local-chat.ts'
import { serveWeb } from './serve.ts'

const CHROMIUM = '/usr/bin/chromium'
const PHONE = { width: 360, height: 740 }
const DESK = { width: 1280, height: 800 }

let browser: Browser

async function open(
  options: { viewport?: typeof PHONE; path?: string; localChat?: FakeLocalChat; colorScheme?: 'light' | 'dark' } = {},
) {
  const localChat = options.localChat ?? createFakeLocalChat()
  const web = await serveWeb({ localChat })
  const context = await browser.newContext({
    viewport: options.viewport ?? PHONE,
    colorScheme: options.colorScheme ?? 'light',
  })
  onTestFinished(() => context.close())
  const page = await context.newPage()
  const problems: string[] = []
  page.on('pageerror', (err) => problems.push(err.message))
  page.on('console', (message) => void (message.type() === 'error' && problems.push(message.text())))
  page.on('request', (request) => void (request.url().startsWith(web.url) || problems.push(request.url())))
  onTestFinished(() => expect(problems).toEqual([]))
  await page.goto(web.url + (options.path ?? '/chat?from=an&chat=demo'))
  // The script listens: from here on everything arrives live.
  await expect.poll(() => localChat.listeners).toBe(1)
  return { page, localChat, web, problems }
}

const messages = (page: Page) => page.locator('.message .text').allTextContents()
const isFocused = (page: Page, selector: string) =>
  page.locator(selector).evaluate((element) => element.ownerDocument.activeElement === element)
const overflow = (page: Page) =>
  page.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')

describe.skipIf(!existsSync(CHROMIUM))('the chat page in a browser', () => {
  beforeAll(async () => {
    browser = await chromium.launch({
      executablePath: CHROMIUM,
      args: [
        ...['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'],
        ...['--disable-component-update', '--disable-sync'],
      ],
    })
  })
  afterAll(() => browser?.close())

  it('sends with Enter, breaks the line with Shift and Enter, and shows the answer', async () => {
    const { page, localChat } = await open()
    await page.locator('#text').focus()
    await page.keyboard.type('@Bot Nếp một')
    await page.keyboard.press('Shift+Enter')
    await page.keyboard.type('hai')
    await page.keyboard.press('Enter')
    await page.locator('.message.bot').waitFor()
    expect(localChat.said).toMatchObject([{ chat: 'demo', from: 'an', text: '@Bot Nếp một\nhai' }])
    expect(await messages(page)).toEqual(['@Bot Nếp một\nhai', 'Đã nghe: @Bot Nếp một\nhai'])
    expect(await page.locator('#text').inputValue()).toBe('')
    expect(await isFocused(page, '#text')).toBe(true)
  })

  it('leaves Enter to an input method that is composing a letter', async () => {
    const { page, localChat } = await open()
    await page.locator('#text').fill('đang go')
    await page
      .locator('#text')
      .dispatchEvent('keydown', { key: 'Enter', isComposing: true, bubbles: true, cancelable: true })
    await page.keyboard.press('Escape')
    expect(localChat.said).toEqual([])
    expect(await page.locator('#text').inputValue()).toBe('đang go')
  })

  it('keeps the order of messages that are sent faster than they are answered', async () => {
    const { page, localChat } = await open({ path: '/chat?from=an&chat=dm:an' })
    await page.locator('#text').focus()
    for (const text of ['một', 'hai', 'ba']) {
      await page.keyboard.type(text)
      await page.keyboard.press('Enter')
    }
    await expect.poll(() => page.locator('.message.bot').count()).toBe(3)
    expect(localChat.said.map(({ text }) => text)).toEqual(['một', 'hai', 'ba'])
    expect(new Set(localChat.said.map(({ id }) => id)).size).toBe(3)
  })

  it('shows what the bot writes by itself, and keeps it in view', async () => {
    const { page, localChat } = await open()
    for (let i = 1; i <= 30; i++) localChat.post('demo', `Nhắc lần ${i}: sắp đến ngày sinh hoạt.`)
    await expect.poll(() => page.locator('.message.bot').count()).toBe(30)
    expect(await messages(page)).toEqual(
      Array.from({ length: 30 }, (_each, index) => `Nhắc lần ${index + 1}: sắp đến ngày sinh hoạt.`),
    )
    await expect
      .poll(() =>
        page
          .locator('.message')
          .last()
          .evaluate((message) => {
            const { bottom } = message.getBoundingClientRect()
            return bottom <= message.closest('.scroll')!.getBoundingClientRect().bottom
          }),
      )
      .toBe(true)
  })

  it('shows what came while the connection was lost', async () => {
    const localChat = createFakeLocalChat()
    const { page } = await open({ localChat })
    // Every reader is sent away by a flood that none of them can take; nothing is lost.
    for (let i = 1; i <= 1500; i++) localChat.post('demo', `tin ${i}.`)
    await expect.poll(() => page.locator('.message .text').last().textContent()).toBe('tin 1500.')
    await expect.poll(() => localChat.listeners, { timeout: 10_000 }).toBe(1)
    localChat.post('demo', 'tin cuối')
    await expect.poll(() => page.locator('.message .text').last().textContent()).toBe('tin cuối')
  })

  it('points at what the bot wrote to somebody else, and leads there', async () => {
    const { page, localChat } = await open()
    localChat.post('dm:binh', 'Việc của đồng chí đã được duyệt.')
    localChat.post('dm:binh', 'Xin chúc mừng.')
    const link = page.locator('#elsewhere a')
    await expect.poll(() => link.allTextContents()).toEqual(['Trần Thị Bình: 2 tin riêng mới'])
    await link.click()
    await expect.poll(() => messages(page)).toEqual(['Việc của đồng chí đã được duyệt.', 'Xin chúc mừng.'])
    expect(await page.locator('#from').inputValue()).toBe('binh')
    expect(await link.count()).toBe(0)
    expect(page.url()).toMatch(/\?from=binh&chat=dm%3Abinh$/)
  })

  it('answers a message of the bot by keyboard alone', async () => {
    const { page, localChat } = await open()
    localChat.post('demo', 'Đồng chí có dự họp không?')
    await page.locator('.message.bot').waitFor()
    await page.locator('.scroll').focus()
    await page.keyboard.press('Tab')
    expect(await page.locator(':focus').textContent()).toBe('Trả lời')
    await page.keyboard.press('Enter')
    await page.locator('.replying').waitFor()
    await expect.poll(() => isFocused(page, '#text')).toBe(true)
    await page.keyboard.type('có ạ')
    // News that arrive meanwhile take neither the words nor the quote away.
    localChat.post('demo', 'Tin khác.')
    await expect.poll(() => page.locator('.message.bot').count()).toBe(2)
    expect(await page.locator('.replying').textContent()).toContain('Đồng chí có dự họp không?')
    await page.keyboard.press('Enter')
    await expect.poll(() => localChat.said).toMatchObject([{ text: 'có ạ', replyTo: '1' }])
    await expect.poll(() => page.locator('.replying').count()).toBe(0)
  })

  it('lets go of a reply', async () => {
    const { page, localChat } = await open()
    localChat.post('demo', 'Đồng chí có dự họp không?')
    await page.locator('[data-reply]').first().click()
    await page.getByLabel('Bỏ trả lời').click()
    await expect.poll(() => page.locator('.replying').count()).toBe(0)
  })

  it('changes the person without losing the place or the words', async () => {
    const { page } = await open()
    await page.locator('#text').fill('viết dở')
    await page.locator('#from').focus()
    await page.locator('#from').selectOption('binh')
    await expect.poll(() => page.locator('#composer [name=from]').inputValue()).toBe('binh')
    expect(await isFocused(page, '#from')).toBe(true)
    expect(await page.locator('#text').inputValue()).toBe('viết dở')
    await page.getByText('Tin riêng').click()
    await expect.poll(() => page.locator('#composer [name=chat]').inputValue()).toBe('dm:binh')
    expect(await page.locator('#mention').count()).toBe(0)
    await expect.poll(() => page.locator('#text').getAttribute('placeholder')).toBe('Viết riêng cho bot…')
  })

  it('puts the name of the bot before the words', async () => {
    const { page } = await open()
    await page.locator('#text').fill('tổng hợp')
    for (let i = 0; i < 2; i++) await page.locator('#mention').click()
    expect(await page.locator('#text').inputValue()).toBe('@Bot Nếp tổng hợp')
    expect(await isFocused(page, '#text')).toBe(true)
  })

  it('moves the clock and shows what it brings', async () => {
    const { page, localChat, problems } = await open()
    await page.locator('#clock-summary').focus()
    await page.keyboard.press('Enter')
    await page.locator('#step-day').click()
    await page.locator('.message.bot').waitFor()
    await expect.poll(() => page.locator('#now').textContent()).toBe('09:00, Thứ 3 06/10/2026')
    expect(await page.locator('#step-day').isVisible()).toBe(true)
    expect(await page.locator('#until').inputValue()).toBe('2026-10-07T09:00')
    await page.locator('#until').fill('2026-10-04T09:00')
    await page.locator('#step-until').click()
    await expect.poll(() => page.locator('#alert').textContent()).toContain('không lùi lại')
    expect(localChat.now().toISOString()).toBe('2026-10-06T02:00:00.000Z')
    // The browser notes the one answer of 400.
    expect(problems.splice(0)).toEqual([expect.stringContaining('400')])
  })

  it('gives the words back when sending failed, and sends them again under the same id', async () => {
    const { page, localChat, problems } = await open({ path: '/chat?from=an&chat=dm:an' })
    localChat.beforeAnswer = async () => {
      throw new Error('the database does not answer')
    }
    await page.locator('#text').fill('chào')
    await page.locator('#send').click()
    await expect.poll(() => page.locator('#status').textContent()).toContain('thử lại')
    expect(await page.locator('#text').inputValue()).toBe('chào')
    localChat.beforeAnswer = async () => {}
    await page.locator('#send').click()
    await page.locator('.message.bot').waitFor()
    expect(localChat.said[1]?.id).toBe(localChat.said[0]?.id)
    // The browser notes the one answer of 500.
    expect(problems.splice(0)).toEqual([expect.stringContaining('500')])
  })

  it('runs nothing that people write', async () => {
    const { page, localChat } = await open()
    const text = '<img src=x onerror="document.title=1"><script>document.title=2</script>'
    localChat.post('demo', text)
    localChat.post('dm:moi', 'x')
    await page.locator('.message').first().waitFor()
    expect(await messages(page)).toEqual([text])
    expect(await page.locator('.message img, .message script').count()).toBe(0)
    await expect.poll(() => page.locator('#elsewhere a').textContent()).toBe('Lê <b>Mới</b>: 1 tin riêng mới')
    expect(await page.title()).toBe('Nếp: trò chuyện thử')
  })

  it.each([
    ['a phone', PHONE, 'light'],
    ['a phone in the dark', PHONE, 'dark'],
    ['a very small phone', { width: 320, height: 480 }, 'light'],
    ['a desk', DESK, 'light'],
  ] as const)('fits the width of %s, whatever is written', async (_title, viewport, colorScheme) => {
    const { page, localChat, web } = await open({ viewport, colorScheme })
    localChat.post('demo', `${'a'.repeat(300)} ${'Đồng chí đã đăng ký hai việc. '.repeat(20)}`)
    for (const key of ['an', 'binh', 'moi']) localChat.post(`dm:${key}`, 'tin riêng')
    await page.locator('[data-reply]').first().click()
    await page.locator('.replying').waitFor()
    expect(await overflow(page)).toBe(0)
    await page.locator('#clock-summary').click()
    expect(await overflow(page)).toBe(0)
    await page.goto(web.url)
    expect(await overflow(page)).toBe(0)
  })

  it.each([
    { width: 740, height: 360 },
    { width: 360, height: 500 },
  ])('opens at the newest message and near the field on a low screen, $width by $height', async (viewport) => {
    const localChat = createFakeLocalChat()
    for (let index = 1; index <= 80; index++) localChat.post('demo', `tin ${index}: đồng chí đã đăng ký hai việc`)
    const { page } = await open({ viewport, localChat })
    await expect.poll(() => page.evaluate<number>('document.querySelector(".scroll").scrollTop')).toBe(0)
    // The whole page is not much higher than the screen, however much was written.
    expect(await page.evaluate<number>('document.documentElement.scrollHeight')).toBeLessThan(viewport.height * 2)
    const newest = await page.locator('.message').last().boundingBox()
    expect(newest!.y).toBeLessThan(viewport.height)
  })

  it('is large enough to read and to touch on a phone, with labels', async () => {
    const { page, localChat } = await open()
    localChat.post('demo', 'chào')
    await page.locator('.message').waitFor()
    const sizes = await page
      .locator('.text, .small, #text, button:visible, select')
      .evaluateAll((elements) =>
        elements.map((element) =>
          Number.parseFloat(element.ownerDocument.defaultView!.getComputedStyle(element).fontSize),
        ),
      )
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(16)
    for (const target of await page.locator('button:visible, select, #text, nav a, .reply').all())
      expect((await target.boundingBox())?.height).toBeGreaterThanOrEqual(42)
    const nameless = await page
      .locator('input:visible, select, textarea')
      .evaluateAll(
        (fields) =>
          fields.filter((field) => (field as unknown as { labels: ArrayLike<unknown> }).labels.length === 0).length,
      )
    expect(nameless).toBe(0)
  })

  it('shows where the focus is on every stop of the Tab key', async () => {
    const { page, localChat } = await open()
    localChat.post('demo', 'chào')
    await page.locator('.message').waitFor()
    const stops: string[] = []
    for (let i = 0; i < 9; i++) {
      await page.keyboard.press('Tab')
      const stop = page.locator(':focus')
      if ((await stop.count()) === 0) break
      stops.push(await stop.evaluate((element) => element.id || element.className))
      expect(
        await stop.evaluate((element) => element.ownerDocument.defaultView!.getComputedStyle(element).outlineStyle),
      ).toBe('solid')
    }
    expect(stops).toEqual([
      'clock-summary',
      'from',
      'chat-demo',
      'chat-dm:an',
      'scroll',
      'reply',
      'text',
      'send',
      'mention',
    ])
  })
})
