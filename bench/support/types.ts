/** What a benchmark gives back. */

export interface Ratio {
  name: string
  /** What we do over what the baseline does, or the other way round where less is better; the goal says which. */
  value: number
  goal: number
  detail: object
}

export interface Limit {
  name: string
  value: number
  goal: number
  detail: object
}

export interface BenchOptions {
  /** Smaller worlds, for a look in passing; the detail says what was measured. */
  quick: boolean
  say: (line: string) => void
}
