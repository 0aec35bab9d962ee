/** The parts of the cell's year that have a file of their own. */
import { campaign } from './campaign.ts'
import type { Scene } from './cast.ts'

export const scenes: readonly Scene[] = [campaign]
