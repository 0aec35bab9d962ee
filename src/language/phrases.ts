/** The notation of the lexicon. */

/** `a | b [c] | (d|e) f` → `a`, `b`, `b c`, `d f`, `e f`. */
export function expandPhrases(source: string): string[] {
  const out: string[] = []
  let depth = 0
  let current = ''
  const flush = () => {
    const phrase = current.trim().replace(/\s+/g, ' ')
    if (phrase) out.push(...expandOne(phrase))
    current = ''
  }
  for (const char of source) {
    if (char === '(' || char === '[') depth++
    if (char === ')' || char === ']') depth--
    if (char === '|' && depth === 0) flush()
    else current += char
  }
  flush()
  return out
}

function expandOne(phrase: string): string[] {
  const group = /\(([^()[\]]*)\)|\[([^()[\]]*)\]/.exec(phrase)
  if (!group) return [phrase.replace(/\s+/g, ' ').trim()]
  const choices = (group[1] ?? group[2] ?? '').split('|')
  if (group[2] !== undefined) choices.push('')
  const head = phrase.slice(0, group.index)
  const tail = phrase.slice(group.index + group[0].length)
  return choices.flatMap((choice) => expandOne(`${head}${choice}${tail}`))
}
