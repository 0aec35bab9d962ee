/**
 * Sample arguments for every text that is a function, made from the parameter types in vi.ts: a text added tomorrow is
 * tested tomorrow, without a table to keep. What a string stands for is told by the name of its parameter.
 */
import { join } from 'node:path'
import ts from 'typescript'

export interface Vocabulary {
  person: string
  organisation: string
  place: string
  words: string
  /** Content of a deed as long as the rules allow. */
  deed: string
  when: string
}

/** Members of a large cell: where a text lists people, it lists so many. */
export const manyMembers = 28
/** Deeds of one member, and of one page of a list to approve. */
const [fewDeeds, pageOfDeeds] = [2, 10]

const root = join(import.meta.dirname, '..', '..')
const file = join(root, 'src/texts/vi.ts')
const program = ts.createProgram([file], {
  target: ts.ScriptTarget.ES2023,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  allowImportingTsExtensions: true,
  strict: true,
  skipLibCheck: true,
  noEmit: true,
  types: ['node'],
})
const checker = program.getTypeChecker()
const source = program.getSourceFile(file)!

/** Paths ('nudgeGroup.pledge') and signatures of all functions among the texts. */
function signatures(): Map<string, ts.Signature> {
  const vi = checker.getExportsOfModule(checker.getSymbolAtLocation(source)!).find((each) => each.name === 'vi')!
  const found = new Map<string, ts.Signature>()
  const visit = (type: ts.Type, path: string) => {
    for (const property of type.getProperties()) {
      const own = checker.getTypeOfSymbolAtLocation(property, source)
      const name = path ? `${path}.${property.name}` : property.name
      const [signature] = own.getCallSignatures()
      if (signature) found.set(name, signature)
      else if (own.flags & ts.TypeFlags.Object && !checker.isArrayType(own)) visit(own, name)
    }
  }
  visit(checker.getTypeOfSymbolAtLocation(vi, source), '')
  return found
}

const dates = /On$|^(today|yearEnd|candidates)$/
const periods = /^(period|month)$/

function stringsFor(name: string, owner: string, say: Vocabulary): string[] {
  if (dates.test(name)) return ['2026-11-30', '2027-01-01']
  if (owner === 'date') return ['2026-11-30']
  if (/^(hour|time|flagSalute)$/.test(name)) return ['06:45']
  if (periods.test(name)) return ['2026', '2026-10', '2026-Q4', '2026-H1', '2026-H2']
  if (/^(when|from|to|next)$/.test(name)) return [say.when]
  if (/^(org|orgName)$/.test(name)) return [say.organisation]
  if (/^(place)$/.test(name)) return [say.place]
  if (/^(deed|content|question)$/.test(name)) return [say.deed]
  if (
    /^(reason|theme|rule|shiftNote|state|extra|lines|account|consent|json|excluded|notCounted|more|details|agenda|head)$/.test(
      name,
    )
  ) {
    return [say.words]
  }
  return [say.person]
}

function numbersFor(name: string): number[] {
  if (/^(weekday)$/.test(name)) return [0, 1, 6]
  if (/^(nth|day)$/.test(name)) return [1, 2, 5]
  if (/^(hour|minute)$/.test(name)) return [0, 7, 19]
  if (/^(year|unknownYear)$/.test(name)) return [2026]
  if (/Tenths$|^tenths$/.test(name)) return [0, 986, 1000]
  if (/^(percent)$/.test(name)) return [0, 70, 100]
  return [2, 1, manyMembers, 0]
}

function valuesOf(type: ts.Type, name: string, owner: string, say: Vocabulary): unknown[] {
  if (type.isUnion()) {
    // What is there comes before what is not: lists are made of the first values.
    const isNone = (part: ts.Type) => Number((part.flags & ts.TypeFlags.Null) !== 0)
    const parts = type.types
      .filter((part) => !(part.flags & ts.TypeFlags.Undefined))
      .sort((a, b) => isNone(a) - isNone(b))
    const values = parts.flatMap((part) => valuesOf(part, name, owner, say))
    // A rule has a day of the month or the position of a weekday.
    return parts.length < type.types.length && name !== 'nth' ? [...values, undefined] : values
  }
  if (type.isStringLiteral() || type.isNumberLiteral()) return [type.value]
  if (type.flags & ts.TypeFlags.BooleanLiteral) return [checker.typeToString(type) === 'true']
  if (type.flags & ts.TypeFlags.Null) return [null]
  if (type.flags & ts.TypeFlags.String) return stringsFor(name, owner, say)
  if (type.flags & ts.TypeFlags.Number) return numbersFor(name)
  if (checker.typeToString(type) === 'Date') {
    return [new Date('2026-10-03T12:30:00Z'), new Date('2026-10-04T12:00:00Z')]
  }
  if (checker.isArrayType(type)) {
    const [element] = checker.getTypeArguments(type as ts.TypeReference)
    const each = element ? valuesOf(element, name, owner, say) : []
    if (/^(candidates|next|options)$/.test(name)) return [each.length > 1 ? each.slice(0, 3) : repeated(each, 3)]
    const isDeeds = /^(deeds|standing)$/.test(name)
    const count = name === 'items' ? pageOfDeeds : isDeeds ? fewDeeds : manyMembers
    // Deeds are only listed where there are some; names and lines may be none.
    const mayBeNone = name === 'standing' || typeof each[0] === 'string'
    return [repeated(each, count), [each[0]], ...(mayBeNone ? [[]] : [])]
  }
  const properties = type.getProperties()
  const lists = properties.map((property) =>
    valuesOf(checker.getTypeOfSymbolAtLocation(property, source), property.name, owner, say),
  )
  return combined(lists).map((values) =>
    Object.fromEntries(properties.map((property, index) => [property.name, values[index]])),
  )
}

function repeated<T>(values: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, index) => values[index % values.length] as T)
}

/** All combinations while they are few; else each value at least once, in two different companies. */
function combined(lists: readonly unknown[][]): unknown[][] {
  const all = lists.reduce((product, list) => product * list.length, 1)
  if (all <= 64) {
    return lists.reduce<unknown[][]>((rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])), [[]])
  }
  const longest = Math.max(...lists.map((list) => list.length))
  const at = (shift: number) =>
    lists.map((list, column) => list[(shift + column * (shift >= longest ? 1 : 0)) % list.length])
  return Array.from({ length: longest * 2 }, (_, shift) => at(shift))
}

/** Every text that is a function, with argument lists to call it with. A zone is the only argument of its kind. */
export function sampleCalls(say: Vocabulary): Map<string, unknown[][]> {
  const calls = new Map<string, unknown[][]>()
  for (const [name, signature] of signatures()) {
    const lists = signature.parameters.map((parameter) =>
      parameter.name === 'zone'
        ? ['Asia/Ho_Chi_Minh']
        : valuesOf(checker.getTypeOfSymbolAtLocation(parameter, source), parameter.name, name, say),
    )
    calls.set(name, combined(lists))
  }
  return calls
}

/** What stands at a path of the texts. */
export function textAt(texts: object, path: string): unknown {
  return path.split('.').reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], texts)
}

/** Paths and values of all texts that are plain strings. */
export function plainTexts(texts: object, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]): [string, string][] => {
    const name = path ? `${path}.${key}` : key
    if (typeof value === 'string') return [[name, value]]
    return typeof value === 'object' && value !== null ? plainTexts(value, name) : []
  })
}
