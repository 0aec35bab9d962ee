/**
 * `node scripts/complete-lockfile.mjs`, after any change of dependencies: adds to package-lock.json the optional packages for other platforms
 * that npm left out. npm drops one that the registry in use cannot show (mirrors often lack the newest), and `npm ci` then
 * refuses the lock file everywhere ("Missing: … from lock file"). Their versions are pinned exactly by the package that asks for
 * them; their operating system and processor are in their names. Prints what it added.
 */
import { readFileSync, writeFileSync } from 'node:fs'

const SYSTEMS = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const PROCESSORS = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/** `@scope/binding-linux-arm-gnueabihf` → os linux, cpu arm, libc glibc. */
function platformOf(name) {
  const words = name.split('/').pop().split(/[-.]/)
  const os = SYSTEMS.filter((system) => words.includes(system))
  const cpu = PROCESSORS.filter((processor) => words.includes(processor))
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : []
  return { ...(cpu.length && { cpu }), ...(os.length && { os }), ...(libc.length && os[0] === 'linux' && { libc }) }
}

const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const added = []
for (const [path, entry] of Object.entries({ ...lock.packages })) {
  for (const [name, range] of Object.entries(entry.optionalDependencies ?? {})) {
    if (lock.packages[`${path}/node_modules/${name}`] || lock.packages[`node_modules/${name}`]) continue
    const version = range.replace(/^[\^~=v]+/, '')
    const { cpu, ...system } = platformOf(name)
    if (cpu === undefined && system.os === undefined)
      throw new Error(`${name}: not a platform's package, add it with npm`)
    lock.packages[`node_modules/${name}`] = {
      version,
      ...(cpu && { cpu }),
      ...(entry.dev && { dev: true }),
      ...(entry.license && { license: entry.license }),
      optional: true,
      ...system,
    }
    added.push(`${name}@${version}`)
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
lock.packages = Object.fromEntries(sorted)
writeFileSync('package-lock.json', `${JSON.stringify(lock, null, 2)}\n`)
process.stdout.write(`${added.length} added\n${added.map((line) => `${line}\n`).join('')}`)
