/**
 * The chat page's script, an ES module for the browser. It renders nothing itself: forms are sent in the background, and the
 * answer, a whole page, replaces the parts marked `data-part`. News come by server-sent events.
 */
export const chatScript = /* js */ `
const byId = (id) => document.getElementById(id)
const root = document.querySelector('.chat')
const composer = byId('composer')
const text = byId('text')
const status = byId('status')
const words = JSON.parse(root.dataset.say)
document.documentElement.classList.add('scripted')

const scroll = document.querySelector('.scroll')
const here = () => byId('thread').dataset
let address = location.pathname + location.search

// ── Taking over a fetched page ──

function takeOver(page) {
  const focused = document.activeElement?.id
  for (const part of document.querySelectorAll('[data-part]')) {
    const fresh = page.getElementById(part.id)
    if (fresh !== null && fresh.outerHTML !== part.outerHTML) part.replaceWith(document.adoptNode(fresh))
  }
  takeOverThread(page.getElementById('thread'))
  text.placeholder = page.getElementById('text').placeholder
  const until = byId('until')
  if (until.value === until.defaultValue) until.defaultValue = page.getElementById('until').defaultValue
  root.dataset.places = page.querySelector('.chat').dataset.places
  if (focused) byId(focused)?.focus()
}

// Only what is new is added, so that a screen reader reads it alone and the reader's place is kept.
function takeOverThread(fresh) {
  const thread = byId('thread')
  if (thread.dataset.chat !== fresh.dataset.chat || thread.dataset.from !== fresh.dataset.from) {
    thread.replaceWith(document.adoptNode(fresh))
    stayAtEnd()
    return
  }
  const kept = new Map([...thread.children].map((item) => [item.dataset.key, item]))
  let before = null
  for (const item of [...fresh.children]) {
    let current = kept.get(item.dataset.key)
    kept.delete(item.dataset.key)
    if (current === undefined) {
      current = document.adoptNode(item)
      if (before === null) thread.prepend(current)
      else before.after(current)
    }
    before = current
  }
  for (const gone of kept.values()) gone.remove()
}

// Whoever is near the newest message stays there, whatever grows or shrinks. Zero is the end: the column is reversed.
const NEAR_END_PX = 80
let isAtEnd = true
const sizes = new ResizeObserver(() => {
  if (isAtEnd) scroll.scrollTop = 0
})
scroll.addEventListener('scroll', () => {
  isAtEnd = scroll.scrollTop > -NEAR_END_PX
})
function stayAtEnd() {
  isAtEnd = true
  scroll.scrollTop = 0
  sizes.disconnect()
  sizes.observe(scroll)
  sizes.observe(byId('thread'))
}
stayAtEnd()

async function readPage(response) {
  const isPage = response.headers.get('content-type')?.startsWith('text/html')
  if (!isPage) throw new Error('no page')
  return new DOMParser().parseFromString(await response.text(), 'text/html')
}

// ── Doing one thing after the other, in the order of clicks ──

let line = Promise.resolve()
function inLine(say, work) {
  const run = async () => {
    status.textContent = say
    try {
      await work()
      status.textContent = ''
    } catch {
      status.textContent = words.failed
    }
  }
  line = line.then(run)
  return line
}

async function go(to) {
  const page = await readPage(await fetch(to))
  const parts = new URL(to, location.href)
  takeOver(page)
  const { chat, from } = here()
  address = '/chat?' + new URLSearchParams({ from, chat })
  history.replaceState(null, '', address + parts.hash)
  byId('from').value = from
  unread.delete(chat)
  showElsewhere()
}

// Several messages at once are fetched once.
let isFetching = false
let isStale = false
async function refresh() {
  isStale = true
  if (isFetching) return
  isFetching = true
  try {
    while (isStale) {
      isStale = false
      const asked = address
      const page = await readPage(await fetch(asked))
      // The answer being written stays; the page fetched here knows nothing of it.
      page.getElementById('replying').replaceWith(byId('replying').cloneNode(true))
      page.getElementById('alert').textContent = byId('alert').textContent
      if (asked === address) takeOver(page)
    }
  } catch {
    // The stream will reconnect and call again.
  } finally {
    isFetching = false
  }
}

// ── Sending ──

let failed = null
async function send(body, written) {
  let response
  try {
    response = await fetch('/chat', { method: 'POST', body })
    if (response.status >= 500) throw new Error('failed')
  } catch (err) {
    // The same words go out again under the same id: had they arrived after all, nothing happens twice.
    failed = { written, id: body.get('id') }
    if (text.value === '') text.value = written
    throw err
  }
  const page = await readPage(response)
  if (!response.ok && text.value === '') text.value = written
  if (here().chat === body.get('chat') && here().from === body.get('from')) takeOver(page)
  // Where the page scrolls as a whole, the answer has pushed the field down.
  if (document.activeElement === text) text.scrollIntoView({ block: 'nearest' })
}

composer.addEventListener('submit', (event) => {
  event.preventDefault()
  const written = text.value
  if (written.trim() === '') return text.focus()
  const body = new URLSearchParams(new FormData(composer))
  body.set('id', failed?.written === written ? failed.id : crypto.randomUUID())
  failed = null
  text.value = ''
  byId('replying').replaceChildren()
  text.focus()
  stayAtEnd()
  inLine(words.sending, () => send(body, written))
})

text.addEventListener('keydown', (event) => {
  // While an input method composes a letter, Enter belongs to it.
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return
  event.preventDefault()
  composer.requestSubmit()
})

document.addEventListener('submit', (event) => {
  const form = event.target
  if (form === composer) return
  event.preventDefault()
  if (form.method === 'get') return
  const body = new URLSearchParams(new FormData(form, event.submitter))
  inLine(words.moving, async () => {
    const response = await fetch(form.action, { method: 'POST', body })
    const page = await readPage(response)
    page.getElementById('replying').replaceWith(byId('replying').cloneNode(true))
    if (here().chat === body.get('chat') && here().from === body.get('from')) takeOver(page)
  })
})

// ── Moving about ──

byId('from').addEventListener('change', (event) => {
  const wish = new URLSearchParams({ from: event.target.value, chat: here().chat })
  inLine('', () => go('/chat?' + wish))
})

document.addEventListener('click', (event) => {
  const link = event.target.closest('a[data-go], a[data-reply]')
  if (link !== null && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault()
    inLine('', async () => {
      await go(link.getAttribute('href'))
      if ('reply' in link.dataset) text.focus()
    })
  }
  if (event.target.closest('#mention') !== null) {
    if (!text.value.includes('@Bot Nếp')) text.setRangeText('@Bot Nếp ', 0, 0, 'end')
    text.focus()
    text.setSelectionRange(text.value.length, text.value.length)
  }
})

// ── News ──

const unread = new Map()
const MAX_ELSEWHERE = 3

function showElsewhere() {
  const places = JSON.parse(root.dataset.places)
  const items = [...unread].reverse().flatMap(([chat, count]) => {
    const place = places.find((each) => each.chat === chat)
    if (place === undefined) return []
    const link = document.createElement('a')
    link.href = '/chat?' + new URLSearchParams({ from: place.from, chat })
    link.dataset.go = ''
    link.textContent = place.title + ': ' + count + ' ' + place.news
    return [link]
  })
  const shown = items.slice(0, MAX_ELSEWHERE)
  if (items.length > shown.length) shown.push(words.more.replace('#', items.length - shown.length))
  byId('elsewhere').replaceChildren(
    ...shown.map((item) => {
      const entry = document.createElement('li')
      entry.append(item)
      return entry
    }),
  )
}

function listen() {
  const stream = new EventSource('/local/stream')
  stream.addEventListener('open', () => {
    if (status.textContent === words.lost) status.textContent = ''
    // What arrived while nobody listened.
    refresh()
  })
  stream.addEventListener('message', (event) => {
    const message = JSON.parse(event.data)
    if (message.chat === here().chat) refresh()
    else if (message.from === null) {
      const count = (unread.get(message.chat) ?? 0) + 1
      unread.delete(message.chat)
      unread.set(message.chat, count)
      showElsewhere()
    }
  })
  stream.addEventListener('error', () => {
    status.textContent = words.lost
    // A browser gives up for good when it is answered with an error.
    if (stream.readyState === EventSource.CLOSED) setTimeout(listen, 3000)
  })
}
listen()

// The clock of the program goes on by itself, too.
const MINUTE_MS = 60_000
setInterval(() => {
  if (!document.hidden) refresh()
}, MINUTE_MS)
`
