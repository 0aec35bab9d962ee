/** Who a process is, told so that another process on the same machine can see for certain that it is gone. */
import { createHash, randomUUID } from 'node:crypto'
import { readFileSync, readlinkSync } from 'node:fs'

/**
 * Where a process id means the same process: this boot of this kernel and this namespace of process ids. Empty where
 * that cannot be told (not Linux); nobody is certain of anything then.
 */
function spaceOfProcessIds(): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    return createHash('sha256')
      .update(`${boot} ${readlinkSync('/proc/self/ns/pid')}`)
      .digest('hex')
      .slice(0, 16)
  } catch {
    return ''
  }
}

/** When a process began, in ticks since the boot: its id may be given to another one later. */
function startOf(pid: number): string {
  try {
    // The name in parentheses may hold spaces and parentheses; the fields after it are numbers.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? ''
  } catch {
    return ''
  }
}

const space = spaceOfProcessIds()

/** A new name of a holder within this process: space, process id, its start, and what tells two holders apart. */
export function holderOfThisProcess(): string {
  return [space, process.pid, startOf(process.pid), randomUUID()].join('/')
}

/** True only where the process that made this holder has certainly ended; "don't know" is false. */
export function isCertainlyGone(holder: string): boolean {
  const [itsSpace, pid, startedAt] = holder.split('/')
  if (!space || itsSpace !== space || !startedAt) return false
  try {
    process.kill(Number(pid), 0)
  } catch (error) {
    // EPERM says that it lives under another account.
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return true
  }
  const now = startOf(Number(pid))
  return now !== '' && now !== startedAt
}
