/** One thing that is looked at, and how to look without falling over it. */
import { failureOf } from '../output.ts'

export interface Check {
  name: string
  ok: boolean
  /** What was found; where it is not ok, also what to do. */
  detail: string
}

/** A probe that throws is a check that failed, with the error's own words. */
export async function probe(name: string, look: () => Promise<string | Omit<Check, 'name'>>): Promise<Check> {
  try {
    const found = await look()
    return typeof found === 'string' ? { name, ok: true, detail: found } : { name, ...found }
  } catch (error) {
    return { name, ok: false, detail: failureOf(error).message }
  }
}

export const bad = (detail: string): Omit<Check, 'name'> => ({ ok: false, detail })
