/** The folder of everything that is kept on disk. */
import { constants } from 'node:fs'
import { access, mkdir, stat } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Others may pass through (PostgreSQL's account must), not look inside. */
const mode = 0o711

/** Not `recursive`: on a file system that takes no folders (/proc) Node goes round for ever. */
async function make(path: string): Promise<void> {
  const first = await mkdir(path, { mode }).catch((err: NodeJS.ErrnoException) => err)
  if (!(first instanceof Error)) return
  if (first.code === 'EEXIST') {
    if ((await stat(path)).isDirectory()) return
    throw Object.assign(new Error('not a folder'), { code: 'ENOTDIR' })
  }
  if (first.code !== 'ENOENT' || dirname(path) === path) throw first
  await make(dirname(path))
  await mkdir(path, { mode }).catch((err: NodeJS.ErrnoException) => {
    // Another process starting at the same time was first.
    if (err.code !== 'EEXIST') throw err
  })
}

const reasons: Record<string, string> = {
  ENOTDIR: 'it, or a part of its path, is a file: name a folder',
  ENOENT: 'no folder can be made there: name another one',
  EACCES: 'this user may not write there: give it the right, or name another folder',
  EPERM: 'this user may not write there: give it the right, or name another folder',
  EROFS: 'that disk can only be read: name a folder on another one',
  ENOSPC: 'the disk is full: make room, or name a folder on another one',
  ELOOP: 'its links lead in a circle: name a folder',
  ENAMETOOLONG: 'its name is too long: name another one',
}

/**
 * Makes the folder where it is missing, with what leads to it.
 *
 * @throws an error of one sentence that says what is wrong with DATA_DIR and what to do
 */
export async function makeDataFolder(path: string): Promise<void> {
  try {
    await make(path)
    await access(path, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (err) {
    const { code = '' } = err as NodeJS.ErrnoException
    const why = reasons[code] ?? `the system says ${code || 'nothing more'}: name another folder`
    throw Object.assign(new Error(`DATA_DIR ${path} cannot be used: ${why}.`, { cause: err }), { code })
  }
}
