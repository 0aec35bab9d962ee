/**
 * What a roster file says and what importing it would change. Pure: the table comes from `store/roster-file`, how names
 * are spelled from `language`, which this layer does not know.
 *
 * A member is known by the full name: the same name with other capitals, spaces or tone placement (hòa, hoà) is the same
 * person, another tone or letter (Hoa, Hòa) is somebody else. Two people of one name are told apart by a mark in the
 * name itself, "Nguyễn Văn An (1965)", because nothing else about them is asked for.
 */
import type { MemberStatus, Role } from './member.ts'
import { type RosterColumn, rosterColumnOf, rosterRoleOf, rosterStatusOf, rosterWord } from './roster-words.ts'

/** Longest full name accepted; the longest on record in Việt Nam have some 60 letters. */
const maxNameLength = 100
/** A cell has tens of members, the largest committees a few thousand; what is larger is another file. */
export const maxRosterRows = 5_000
/** Titles may stand above the header, so that many rows are searched for it. */
const headerSearchRows = 10

/** What is wrong; said in words by the operator's tool. */
export type RosterProblem =
  | 'wrongType'
  | 'tooLarge'
  | 'brokenFile'
  | 'notUtf8'
  | 'badQuotes'
  | 'empty'
  | 'noHeader'
  | 'doubleColumn'
  | 'tooManyRows'
  | 'noName'
  | 'longName'
  | 'badName'
  | 'unknownRole'
  | 'unknownStatus'
  | 'sameName'
  | 'sameNameTwiceOnRoster'
  | 'nameWithoutMarks'
  | 'secondSecretary'
  | 'otherSecretary'

/** `row` as the person sees it in the file, the first being 1; 0 is the file as a whole. */
export interface RosterFault {
  row: number
  /** The header as the file has it; null where no column is meant. */
  column: string | null
  problem: RosterProblem
  /** What was written, another row's number, another name. */
  about?: string
}

/** A line of the file. Null: the file does not say. */
export interface RosterEntry {
  row: number
  name: string
  key: string
  role: Role | null
  status: MemberStatus | null
}

/** How names and words are compared; `language/normalise` in the program. */
export interface RosterSpelling {
  stored(text: string): string
  fold(text: string): string
  /** One key for all ways to write one full name. */
  nameKey(name: string): string
  hasMarks(text: string): boolean
}

export interface RosterReading {
  /** Lines below the header that are not empty. */
  rows: number
  entries: RosterEntry[]
  faults: RosterFault[]
  /** Headers as written, for faults found later. */
  headers: Partial<Record<RosterColumn, string>>
}

interface Header {
  at: number
  columns: Partial<Record<RosterColumn, number>>
  headers: Partial<Record<RosterColumn, string>>
  faults: RosterFault[]
}

function findHeader(table: readonly (readonly string[])[], spelling: RosterSpelling): Header | null {
  for (const [at, cells] of table.slice(0, headerSearchRows).entries()) {
    const found: Header = { at, columns: {}, headers: {}, faults: [] }
    for (const [index, cell] of cells.entries()) {
      const column = rosterColumnOf(rosterWord(spelling.fold(cell)))
      if (column === null) continue
      const text = cell.trim()
      if (found.columns[column] !== undefined) {
        found.faults.push({ row: at + 1, column: text, problem: 'doubleColumn' })
        continue
      }
      found.columns[column] = index
      found.headers[column] = text
    }
    if (found.columns.name !== undefined) return found
  }
  return null
}

// Control characters and what turns the direction of writing; spaces of all kinds are made plain before.
const strangeInName = /[^\p{L}\p{M}\p{Nd} .,'’()/\-–]/u

function nameProblem(name: string): RosterProblem | null {
  if (name === '') return 'noName'
  if ([...name].length > maxNameLength) return 'longName'
  return strangeInName.test(name) || !/\p{L}/u.test(name) ? 'badName' : null
}

/** Cuts what a fault quotes: a cell may hold a page. */
const quoted = (text: string) => {
  const line = text.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ').trim()
  return line.length > 60 ? `${line.slice(0, 60)}…` : line
}

/** Reads a table of cells as a roster, noting everything that is wrong with it. */
export function readRoster(
  table: readonly (readonly string[])[],
  kind: 'cell' | 'committee',
  spelling: RosterSpelling,
): RosterReading {
  const none = { rows: 0, entries: [], headers: {} }
  const isBlank = (cells: readonly string[]) => cells.every((cell) => cell.trim() === '')
  if (table.every(isBlank)) return { ...none, faults: [{ row: 0, column: null, problem: 'empty' }] }
  const header = findHeader(table, spelling)
  if (!header) return { ...none, faults: [{ row: 1, column: null, problem: 'noHeader' }] }
  const { columns, headers } = header
  const lines = table.flatMap((cells, index) =>
    index > header.at && !isBlank(cells) ? [{ cells, row: index + 1 }] : [],
  )
  if (lines.length === 0)
    return { ...none, headers, faults: [...header.faults, { row: 0, column: null, problem: 'empty' }] }
  if (lines.length > maxRosterRows) {
    const about = String(lines.length)
    return { ...none, headers, rows: lines.length, faults: [{ row: 0, column: null, problem: 'tooManyRows', about }] }
  }

  const faults = [...header.faults]
  const entries: RosterEntry[] = []
  const firstRows = new Map<string, number>()
  for (const { cells, row } of lines) {
    const cell = (column: RosterColumn) => {
      const index = columns[column]
      return index === undefined ? '' : spelling.stored(cells[index] ?? '').trim()
    }
    const note = (column: RosterColumn, problem: RosterProblem, about?: string) => {
      faults.push({ row, column: headers[column] ?? null, problem, ...(about === undefined ? {} : { about }) })
    }
    const name = cell('name').replace(/ +/g, ' ')
    const [roleText, statusText] = [cell('role'), cell('status')]
    // A dash or a dot is how many fill what is empty.
    const [roleWord, statusWord] = [rosterWord(spelling.fold(roleText)), rosterWord(spelling.fold(statusText))]
    const role = roleWord === '' ? null : rosterRoleOf(roleWord, kind)
    const status = statusWord === '' ? null : rosterStatusOf(statusWord)
    const problem = nameProblem(name)
    if (problem) note('name', problem, name === '' ? undefined : quoted(name))
    const key = problem ? '' : spelling.nameKey(name)
    const firstRow = firstRows.get(key)
    if (!problem && firstRow !== undefined) note('name', 'sameName', String(firstRow))
    if (!problem && firstRow === undefined) firstRows.set(key, row)
    if (role === undefined) note('role', 'unknownRole', quoted(roleText))
    if (status === undefined) note('status', 'unknownStatus', quoted(statusText))
    if (!problem) entries.push({ row, name, key, role: role ?? null, status: status ?? null })
  }
  return { rows: lines.length, entries, faults, headers }
}

/** A line that is on the roster now. */
export interface RosterLine {
  memberId: number
  name: string
  role: Role
  status: MemberStatus
}

export interface RosterPlan {
  faults: RosterFault[]
  added: { name: string; role: Role; status: MemberStatus }[]
  changed: (RosterLine & { before: Pick<RosterLine, 'role' | 'status'> })[]
  unchanged: number
  /** On the roster and not in the file, those who left apart: they stay as they are. */
  notInFile: number
}

/**
 * What importing the file changes on a roster. An empty cell means member and official for somebody new, and leaves
 * things as they are for somebody on the roster: an office given by code is not lost because a list does not name it.
 */
export function planRoster(
  reading: RosterReading,
  roster: readonly RosterLine[],
  spelling: RosterSpelling,
): RosterPlan {
  const { headers } = reading
  const plan: RosterPlan = { faults: [], added: [], changed: [], unchanged: 0, notInFile: 0 }
  const note = (row: number, column: RosterColumn, problem: RosterProblem, about: string) => {
    plan.faults.push({ row, column: headers[column] ?? null, problem, about })
  }
  const known = new Map<string, RosterLine[]>()
  for (const line of roster) {
    const key = spelling.nameKey(line.name)
    known.set(key, [...(known.get(key) ?? []), line])
  }
  const inFile = new Set(reading.entries.map((entry) => entry.key))
  const marked = new Map(roster.map((line) => [spelling.fold(line.name), line.name]))
  for (const { name } of reading.entries) if (spelling.hasMarks(name)) marked.set(spelling.fold(name), name)

  let secretary: { row: number; name: string } | null = null
  for (const entry of reading.entries) {
    const { row, name, key } = entry
    const [line, second] = known.get(key) ?? []
    if (second) note(row, 'name', 'sameNameTwiceOnRoster', name)
    const other = line ? undefined : marked.get(spelling.fold(name))
    if (other !== undefined && other !== name && !spelling.hasMarks(name)) note(row, 'name', 'nameWithoutMarks', other)
    const role = entry.role ?? line?.role ?? 'member'
    const status = entry.status ?? line?.status ?? 'official'
    if (role === 'secretary' && status !== 'left') {
      if (secretary) note(row, 'role', 'secondSecretary', String(secretary.row))
      secretary ??= { row, name }
    }
    if (!line) plan.added.push({ name, role, status })
    else {
      if (line.role === role && line.status === status && line.name === name) plan.unchanged += 1
      else plan.changed.push({ ...line, name, role, status, before: { role: line.role, status: line.status } })
    }
  }
  for (const line of roster) {
    if (line.status === 'left' || inFile.has(spelling.nameKey(line.name))) continue
    plan.notInFile += 1
    if (secretary && line.role === 'secretary') note(secretary.row, 'role', 'otherSecretary', line.name)
  }
  return plan
}
