import type { Bench } from './bench.ts'
import type { Feature } from './driver.ts'

/** One promise of the contract, and the feature without which it means nothing. */
export interface Row {
  title: string
  needs?: Feature
  /** The row closes the bench itself. */
  closesItself?: boolean
  run(bench: Bench, handlesBefore: Record<string, number>): Promise<void>
}
