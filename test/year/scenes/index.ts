/** The parts of the cell's year that have a file of their own. */
import { books } from './books.ts'
import { campaign } from './campaign.ts'
import type { Scene } from './cast.ts'
import { minutes } from './minutes.ts'
import { thematic } from './thematic.ts'

export const scenes: readonly Scene[] = [campaign, thematic, minutes, books]
