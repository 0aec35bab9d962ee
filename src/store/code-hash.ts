/** One-time codes are kept as scrypt hashes: reading the table gives nobody a right. */
import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const derive = promisify(scrypt) as (password: string, salt: string, length: number) => Promise<Buffer>
const hashBytes = 32

/** Hash and salt (both base64url) of a whole code. */
export async function hashCode(code: string): Promise<{ hash: string; salt: string }> {
  const salt = randomBytes(16).toString('base64url')
  return { salt, hash: (await derive(code, salt, hashBytes)).toString('base64url') }
}

/** Whether a typed code (selector and verifier together) is the one that was issued; takes the same time either way. */
export async function verifyCode(typed: string, code: { hash: string; salt: string }): Promise<boolean> {
  return timingSafeEqual(await derive(typed, code.salt, hashBytes), Buffer.from(code.hash, 'base64url'))
}
