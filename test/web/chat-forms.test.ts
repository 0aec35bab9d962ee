import { describe, expect, it } from 'vitest'
import { createFakeLocalChat } from './fake-local-chat.ts'
import { serveWeb } from './serve.ts'

async function serve() {
  const localChat = createFakeLocalChat()
  const { url } = await serveWeb({ localChat })
  const post = async (path: string, fields: Record<string, string>) => {
    const response = await fetch(url + path, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' })
    return { status: response.status, to: response.headers.get('location'), html: await response.text() }
  }
  const html = async (path: string) => (await fetch(url + path)).text()
  return { localChat, post, html }
}

const here = { from: 'binh', chat: 'demo' }

describe('the chat page without its script', () => {
  it('shows the first person in their first chat, or whoever and wherever is asked for', async () => {
    const { html } = await serve()
    expect(await html('/chat')).toMatch(/<option value="an" selected="">/)
    const asked = await html('/chat?from=binh&chat=dm:binh')
    expect(asked).toMatch(/<option value="binh" selected="">/)
    expect(asked).toMatch(/id="chat-dm:binh" aria-current="page"/)
    // Somebody else's private chat is not shown to Bình.
    expect(await html('/chat?from=binh&chat=dm:an')).toMatch(/id="chat-demo" aria-current="page"/)
  })

  it('sends by a form and returns to the same place', async () => {
    const { post, html, localChat } = await serve()
    const sent = await post('/chat', { ...here, text: '@Bot Nếp một\r\nhai', id: 'f-1', replyTo: '' })
    expect(sent).toMatchObject({ status: 303, to: '/chat?from=binh&chat=demo' })
    expect(localChat.said).toEqual([{ ...here, text: '@Bot Nếp một\nhai', id: 'f-1' }])
    const page = await html(sent.to ?? '')
    expect(page).toContain('<p class="text">Đã nghe: @Bot Nếp một\nhai</p>')
  })

  it('answers a message of the bot through the address, and quotes it', async () => {
    const { post, html, localChat } = await serve()
    localChat.post('demo', 'Đồng chí đăng ký việc gì?')
    const page = await html('/chat?from=binh&chat=demo&reply=1')
    expect(page).toContain('<input type="hidden" name="replyTo" value="1"/>')
    await post('/chat', { ...here, text: 'đọc sách', replyTo: '1' })
    expect(localChat.said[0]?.replyTo).toBe('1')
  })

  it('escapes what people write and are called', async () => {
    const { post, html } = await serve()
    const text = '<script>alert(1)</script><img src=x onerror=alert(1)> &lt; "'
    await post('/chat', { from: 'moi', chat: 'dm:moi', text })
    const page = await html('/chat?from=moi&chat=dm:moi')
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt; &amp;lt; &quot;')
    expect(page).toContain('Lê &lt;b&gt;Mới&lt;/b&gt;')
    expect(page).not.toMatch(/<b>Mới|<img|alert\(1\)<\/script>/)
  })

  it('keeps what was typed when it cannot be sent, and says why', async () => {
    const { post } = await serve()
    expect(await post('/chat', { ...here, text: '  ' })).toMatchObject({
      status: 400,
      html: expect.stringContaining('chưa viết gì'),
    })
    const unknown = await post('/chat', { from: 'binh', chat: 'nowhere', text: 'giữ lại' })
    expect(unknown).toMatchObject({ status: 404, html: expect.stringContaining('Không tìm thấy') })
    expect(unknown.html).toMatch(/<textarea[^>]*>giữ lại<\/textarea>/)
  })

  it('says so when what is sent is no form', async () => {
    const { url } = await serveWeb({ localChat: createFakeLocalChat() })
    const headers = { 'content-type': 'multipart/form-data' }
    expect((await fetch(`${url}/chat`, { method: 'POST', body: 'x', headers })).status).toBe(400)
  })

  it.each([
    [{ step: 'hour' }, '2026-10-05T03:00:00.000Z'],
    [{ step: 'day' }, '2026-10-06T02:00:00.000Z'],
    [{ step: 'until', until: '2026-12-03T19:30' }, '2026-12-03T12:30:00.000Z'],
  ])('moves the clock: %j', async (fields, now) => {
    const { post, localChat } = await serve()
    expect(await post('/chat/clock', { ...here, ...fields })).toMatchObject({
      status: 303,
      to: '/chat?from=binh&chat=demo',
    })
    expect(localChat.now().toISOString()).toBe(now)
  })

  it.each([
    [{ step: 'until', until: '2026-10-04T19:30' }, 'không lùi lại'],
    [{ step: 'until', until: '' }, 'chọn ngày giờ'],
    [{ step: 'until', until: 'mai' }, 'chọn ngày giờ'],
    [{}, 'chọn ngày giờ'],
    [{ until: '2099-01-01T00:00' }, '5 năm'],
  ])('does not move the clock: %j', async (fields, reason) => {
    const { post, localChat } = await serve()
    const answer = await post('/chat/clock', { ...here, ...fields } as Record<string, string>)
    expect(answer).toMatchObject({ status: 400, html: expect.stringContaining(reason) })
    expect(localChat.now().toISOString()).toBe('2026-10-05T02:00:00.000Z')
  })

  it('shows the days of a long talk and at most 200 messages', async () => {
    const { html, localChat } = await serve()
    for (let i = 1; i <= 250; i++) localChat.post('demo', `tin ${i}.`)
    await localChat.advance(new Date('2026-10-07T09:00:00+07:00'))
    const page = await html('/chat?from=an&chat=demo')
    expect(page.match(/class="message /g)?.length).toBe(200)
    expect(page).not.toContain('tin 50.')
    for (const day of ['Thứ Hai, 05/10/2026', 'Thứ Ba, 06/10/2026', 'Thứ Tư, 07/10/2026']) expect(page).toContain(day)
  })

  it('says so when there is nobody to speak as', async () => {
    const localChat = { ...createFakeLocalChat(), chats: async () => [] }
    const { url } = await serveWeb({ localChat })
    expect(await (await fetch(`${url}/chat`)).text()).toContain('Chưa có ai ở đây')
  })
})
