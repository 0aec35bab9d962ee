/**
 * `npm run prepare`, which npm runs at the end of `npm ci`: generates Prisma's client and compiles to dist/.
 * Plain JavaScript because it runs before anything is compiled. Needs no network.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))
const require = createRequire(import.meta.url)

/** Runs a JavaScript program of a package with this very Node (`node_modules/.bin` may be absent or another's). */
function run(entry, args, env = {}) {
  const result = spawnSync(process.execPath, [entry, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  if (result.status === 0) return
  process.stderr.write(`${result.stdout}${result.stderr}${result.error ? `${result.error}\n` : ''}`)
  process.exit(result.status ?? 1)
}

function find(specifier) {
  try {
    return require.resolve(specifier)
  } catch {
    process.stderr.write(`prepare: ${specifier} is not installed; run npm ci (or npm install) first\n`)
    process.exit(1)
  }
}

run(find('prisma/build/index.js'), ['generate', '--no-hints'], {
  // Prisma looks for a native engine and would download one; generating needs none, so any existing file will do.
  PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
  PRISMA_ENGINES_CHECKSUM_IGNORE_MISSING: '1',
  PRISMA_HIDE_UPDATE_MESSAGE: '1',
  CHECKPOINT_DISABLE: '1',
})

// The compiler trusts its record of the last build; without the output it describes it would write nothing.
if (!existsSync(join(root, 'dist', 'main.js'))) rmSync(join(root, 'dist'), { recursive: true, force: true })
run(find('typescript/lib/tsc.js'), ['-p', 'tsconfig.build.json'])
