/**
 * Cuts a long text into messages of at most `limit` UTF-16 units: between lines, else between sentences or words, never
 * within a character. A figure and its line stay together wherever a line fits at all.
 */
export function split(text: string, limit: number): string[] {
  if (text.length <= limit) return [text]
  const parts: string[] = []
  let rest = text
  while (rest.length > limit) {
    const end = cutAt(rest, limit)
    parts.push(rest.slice(0, end).trimEnd())
    rest = rest.slice(end).trimStart()
  }
  if (rest.length > 0) parts.push(rest)
  return parts
}

function cutAt(text: string, limit: number): number {
  const window = text.slice(0, limit + 1)
  // A line that fits into a message of its own goes there whole, however short the message before it becomes.
  const lineFrom = window.lastIndexOf('\n')
  const lineTo = text.indexOf('\n', lineFrom + 1)
  if (lineFrom > 0 && lineFrom < limit / 2 && (lineTo < 0 ? text.length : lineTo) - lineFrom - 1 <= limit)
    return lineFrom
  for (const mark of ['\n\n', '\n', '. ', '; ', ', ', ' ']) {
    const at = window.lastIndexOf(mark)
    if (at >= limit / 2) return at + (mark.trim() === '' ? 0 : 1)
  }
  const space = window.lastIndexOf(' ')
  if (space > 0) return space
  // One endless word: cut it, but not through a surrogate pair.
  const code = text.charCodeAt(limit - 1)
  return code >= 0xd800 && code <= 0xdbff ? limit - 1 : limit
}
