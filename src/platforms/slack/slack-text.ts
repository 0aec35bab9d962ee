/** Slack's text: what it does to `& < >`, mentions and links on the way in, and how our text is kept from meaning anything on the way out. */

/**
 * Escapes the three characters that Slack gives a meaning to. With them escaped no text can become a mention, a link or
 * `<!channel>`. Source: docs.slack.dev, "Formatting message text", "Escaping text".
 */
export function escapeText(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;')
}

/** Ids of the people mentioned in a text as Slack sends it. */
export function mentionedUsers(raw: string): string[] {
  return [...raw.matchAll(/<@([UW][A-Z0-9]+)(?:\|[^<>]*)?>/g)].map((match) => match[1]!)
}

/**
 * Turns a text as Slack sends it into what was typed: entities and links undone, mentions as `@name`, NFC. One pass, so that an
 * escaped `&amp;lt;` stays `&lt;`. NUL and lone surrogates go, which no database takes.
 */
export function readText(raw: string, nameOf: (userId: string) => string | undefined): string {
  const typed = raw.replace(
    /<([^<>]*)>|&(amp|lt|gt);/g,
    (whole, inner: string | undefined, entity: string | undefined) => {
      if (entity !== undefined) return ENTITIES[entity] ?? whole
      return inner === undefined ? whole : unescapeEntities(readReference(inner, nameOf))
    },
  )
  return storable(typed).normalize('NFC')
}

/** Removes what PostgreSQL refuses in text and JSON: NUL, and halves of surrogate pairs (they become U+FFFD). */
export function storable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is exactly what has to go
  return text.replace(/\u0000/g, '').replace(/\p{Surrogate}/gu, '\uFFFD')
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>' }

function unescapeEntities(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (whole, entity: string) => ENTITIES[entity] ?? whole)
}

/** `@U123|name`, `#C123|name`, `!subteam^S123|@team`, `!channel`, `mailto:a@b|a@b`, `http://x.vn|x.vn`. */
function readReference(inner: string, nameOf: (userId: string) => string | undefined): string {
  const bar = inner.indexOf('|')
  const target = bar === -1 ? inner : inner.slice(0, bar)
  const label = bar === -1 ? undefined : inner.slice(bar + 1)
  if (target.startsWith('@')) return `@${nameOf(target.slice(1)) ?? label ?? target.slice(1)}`
  if (target.startsWith('#')) return `#${label ?? target.slice(1)}`
  if (target.startsWith('!')) return label ?? `@${target.slice(1).split('^')[0]}`
  return label ?? target
}
