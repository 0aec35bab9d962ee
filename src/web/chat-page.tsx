import type { Child } from 'hono/jsx'
import { DateTime } from 'luxon'
import type { LocalMessageView } from '../engine/local-chat.ts'
import type { Texts } from '../texts/texts.ts'
import { type ChatModel, chatAddress } from './chat-model.ts'
import { Page } from './page.tsx'

/** How much of a message is quoted while it is being answered, in characters. */
const QUOTE_LENGTH = 60

/** The page when there is nobody to speak as. */
export function EmptyChatPage({ texts }: { texts: Texts }) {
  const say = texts.page
  return (
    <Page lang={texts.locale} title={say.chatTitle}>
      <main class="plain">
        <h1>{say.chatHeading}</h1>
        <p>{say.nobodyHere}</p>
        <p>
          <a href="/">{say.home}</a>
        </p>
      </main>
    </Page>
  )
}

/**
 * The chat page. Whole without its script; the script fetches it again and takes over the parts marked `data-part`, so
 * that a message is only ever rendered here. `draft` is what was typed when sending failed.
 */
export function ChatPage(props: { model: ChatModel; problem?: string; draft?: string; sendId: string }) {
  const { model, problem } = props
  const say = model.texts.page
  return (
    <Page lang={model.texts.locale} title={say.chatTitle} script="/chat/app.js">
      <div class="chat" data-places={JSON.stringify(model.places)} data-say={JSON.stringify(say.live)}>
        <header class="places">
          <h1 class="on-wide">Nếp</h1>
          <Clock model={model} />
          <People model={model} />
          <Chats model={model} />
          <ul class="elsewhere" id="elsewhere" aria-label={say.elsewhere} aria-live="polite" />
        </header>
        <main class="talk">
          <section class="scroll" aria-label={say.messages} tabindex={0}>
            <Thread model={model} />
          </section>
          <p class="alert" role="alert" data-part="alert" id="alert">
            {problem ?? ''}
          </p>
          <p class="status" role="status" id="status" />
          <Composer model={model} draft={props.draft ?? ''} sendId={props.sendId} />
        </main>
      </div>
    </Page>
  )
}

function Here({ model }: { model: ChatModel }) {
  return (
    <>
      <input type="hidden" name="from" value={model.person.key} />
      <input type="hidden" name="chat" value={model.chat.chat} />
    </>
  )
}

function Clock({ model }: { model: ChatModel }) {
  const say = model.texts.page
  const step = (value: string, label: string) => (
    <button type="submit" name="step" value={value} id={`step-${value}`}>
      {label}
    </button>
  )
  return (
    <details class="clock">
      <summary id="clock-summary">
        <span class="on-wide">{say.nowIs}</span>{' '}
        <time data-part="now" id="now" datetime={model.now.toISO() ?? ''}>
          {model.now.toFormat('HH:mm, ccc dd/MM/yyyy')}
        </time>{' '}
        <span class="link">{say.changeClock}</span>
      </summary>
      <div class="clock-panel">
        <p class="small">{say.clockHint}</p>
        <form method="post" action="/chat/clock" class="row">
          <span class="fields" data-part="clock-here" id="clock-here">
            <Here model={model} />
          </span>
          {step('hour', say.hourLater)}
          {step('day', say.dayLater)}
        </form>
        <form method="post" action="/chat/clock" class="row">
          <span class="fields" data-part="until-here" id="until-here">
            <Here model={model} />
          </span>
          <label for="until">{say.until}</label>
          <input
            type="datetime-local"
            id="until"
            name="until"
            required
            value={model.now.plus({ days: 1 }).toFormat("yyyy-MM-dd'T'HH:mm")}
          />
          {step('until', say.goThere)}
        </form>
      </div>
    </details>
  )
}

function People({ model }: { model: ChatModel }) {
  const say = model.texts.page
  const roleNames: Record<string, string> = { ...model.texts.roleNames, newcomer: say.newcomer }
  return (
    <form method="get" action="/chat" class="people">
      <label for="from">{say.iAm}</label>
      <select id="from" name="from" autocomplete="off">
        {model.people.map(({ key, name, role }) => (
          <option value={key} selected={key === model.person.key}>
            {`${name} (${roleNames[role] ?? role})`}
          </option>
        ))}
      </select>
      <span class="fields" data-part="people-here" id="people-here">
        <input type="hidden" name="chat" value={model.chat.chat} />
      </span>
      <button type="submit" class="without-script">
        {say.choose}
      </button>
    </form>
  )
}

function Chats({ model }: { model: ChatModel }) {
  const say = model.texts.page
  return (
    <nav aria-label={say.places} data-part="chats" id="chats">
      {model.chats.map((chat) => (
        <a
          href={chatAddress({ from: model.person.key, chat: chat.chat })}
          id={`chat-${chat.chat}`}
          aria-current={chat.chat === model.chat.chat ? 'page' : undefined}
          data-go
        >
          {chat.kind === 'private' ? say.privately : chat.title}
        </a>
      ))}
    </nav>
  )
}

function Thread({ model }: { model: ChatModel }) {
  const { zone } = model.now
  const items: Child[] = []
  let lastDay = ''
  for (const message of model.messages) {
    const at = DateTime.fromISO(message.at, { zone }).setLocale(model.texts.locale)
    const day = at.toISODate() ?? ''
    if (day !== lastDay) {
      items.push(
        <li class="day" data-key={`day-${day}`}>
          {at.toFormat('cccc, dd/MM/yyyy')}
        </li>,
      )
    }
    lastDay = day
    items.push(<Message model={model} message={message} at={at} />)
  }
  return (
    <ol class="thread" id="thread" aria-live="polite" data-chat={model.chat.chat} data-from={model.person.key}>
      {items.length > 0 ? items : <Beginning model={model} />}
    </ol>
  )
}

function Beginning({ model }: { model: ChatModel }) {
  return (
    <li class="beginning" data-key="beginning">
      {model.chat.kind === 'group' ? model.texts.page.beginGroup : model.texts.page.beginPrivate}
    </li>
  )
}

function Message(props: { model: ChatModel; message: LocalMessageView; at: DateTime }) {
  const { model, message, at } = props
  const say = model.texts.page
  const isBot = message.from === null
  const isOwn = message.from === model.person.key
  const author = message.from === null ? 'Bot Nếp' : (model.names.get(message.from) ?? say.gone)
  return (
    <li class={`message${isBot ? ' bot' : ''}${isOwn ? ' own' : ''}`} data-key={message.id}>
      <p class="meta">
        <b>{author}</b> <time datetime={message.at}>{at.toFormat('HH:mm')}</time>
      </p>
      <p class="text">{message.text}</p>
      {isBot && model.chat.kind === 'group' ? (
        <a
          class="reply"
          href={`${chatAddress({ from: model.person.key, chat: model.chat.chat, reply: message.id })}#text`}
          data-reply
        >
          {say.reply}
        </a>
      ) : null}
    </li>
  )
}

function quoteOf(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > QUOTE_LENGTH ? `${line.slice(0, QUOTE_LENGTH).trimEnd()}…` : line
}

function Composer({ model, draft, sendId }: { model: ChatModel; draft: string; sendId: string }) {
  const say = model.texts.page
  const isGroup = model.chat.kind === 'group'
  const here = { from: model.person.key, chat: model.chat.chat }
  return (
    <form method="post" action="/chat" class="composer" id="composer">
      <span class="fields" data-part="composer-here" id="composer-here">
        <Here model={model} />
      </span>
      <input type="hidden" name="id" value={sendId} />
      <div data-part="replying" id="replying">
        {model.replyTo === undefined ? null : (
          <div class="replying">
            <input type="hidden" name="replyTo" value={model.replyTo.id} />
            <p>
              <b>{say.replyingTo}:</b> {quoteOf(model.replyTo.text)}
            </p>
            <a href={`${chatAddress(here)}#text`} data-reply aria-label={say.dropReply}>
              {say.drop}
            </a>
          </div>
        )}
      </div>
      <label for="text" class="on-wide" data-part="label" id="text-label">
        {isGroup ? say.writeInto(model.chat.title) : say.writeToBot}
      </label>
      <div class="writing">
        <textarea
          id="text"
          name="text"
          rows={1}
          required
          maxlength={2000}
          placeholder={isGroup ? say.placeholderGroup : say.placeholderPrivate}
          aria-describedby="hint"
          autocomplete="off"
        >
          {draft}
        </textarea>
        <button type="submit" class="primary" id="send">
          {say.send}
        </button>
      </div>
      <div class="writing">
        <span class="fields" data-part="mention" id="mention-part">
          {isGroup ? (
            <button type="button" id="mention" class="with-script">
              @Bot Nếp
            </button>
          ) : null}
        </span>
        <p class="small" data-part="hint" id="hint">
          {isGroup ? say.hintGroup : say.hintPrivate}
        </p>
      </div>
    </form>
  )
}
