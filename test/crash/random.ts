/** Random numbers from a seed (mulberry32), so that a run that fails can be run again. */
export function createRandom(seed: number) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
  return {
    /** From 0 up to 1. */
    next,
    /** A whole number from `from` up to and with `to`. */
    between: (from: number, to: number) => from + Math.floor(next() * (to - from + 1)),
    isLucky: (probability: number) => next() < probability,
  }
}

export type Random = ReturnType<typeof createRandom>
