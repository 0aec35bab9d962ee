/** Medians, percentiles and the one form in which results are printed. */

export interface Result {
  name: string
  unit: string
  ours: number
  peers: Record<string, number>
  rounds: number
  /** Ours: our process and the database server together; null where it is not measured. */
  cpuMicrosPerOp: number | null
  /** Ours divided by each peer. */
  ratios?: Record<string, number>
  /** Percentiles and what else belongs to one benchmark. */
  more?: Record<string, unknown>
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5)
}

/** The smallest value that so many of the values (0 to 1) do not exceed; the middle of two for an even median. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  if (sorted.length === 0) return Number.NaN
  if (share === 0.5 && sorted.length % 2 === 0) {
    return (sorted[sorted.length / 2 - 1]! + sorted[sorted.length / 2]!) / 2
  }
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)]!
}

export function rounded(value: number): number {
  return Number(value.toPrecision(4))
}

/** One JSON object a line with `--json`, else a readable line. */
export function print({ more, ...result }: Result, asJson: boolean): void {
  if (asJson) {
    process.stdout.write(`${JSON.stringify({ ...result, ...more })}\n`)
    return
  }
  const { name, ours, unit, peers, ratios, rounds, cpuMicrosPerOp } = result
  const parts = [
    `${name}: ${ours} ${unit}`,
    ...Object.entries(peers).map(([peer, value]) => `${peer} ${value}${ratios ? ` (ours ×${ratios[peer]})` : ''}`),
    ...(cpuMicrosPerOp === null ? [] : [`${cpuMicrosPerOp} µs of processor each`]),
    ...Object.entries(more ?? {}).map(([key, value]) => `${key} ${JSON.stringify(value)}`),
    `${rounds} rounds`,
  ]
  process.stdout.write(`${parts.join('; ')}\n`)
}
