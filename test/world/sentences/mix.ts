/** Chooses the half of the sentences that a world speaks with. */
import type { Halves, SiteLang } from '../types.ts'
import { open } from './open.ts'
import { sealed } from './sealed.ts'
import type { Half, Phrasings } from './types.ts'

export function sentencesOf(halves: Halves): Half {
  if (halves === 'open') return open
  if (halves === 'sealed') return sealed
  return BOTH
}

/** The phrasings in a language; a kind without any in it is a mistake in the sentences. */
export function phrasings(of: Phrasings, lang: SiteLang): string[] {
  const found = of[lang]
  if (!found || found.length === 0) throw new Error(`no sentence in ${lang}`)
  return found
}

type Tree = string | Tree[] | { [key: string]: Tree }

/** Lists are joined, records are joined key by key. */
function join(a: Tree | undefined, b: Tree | undefined): Tree {
  if (a === undefined || b === undefined) return (a ?? b) as Tree
  if (Array.isArray(a) && Array.isArray(b)) return [...a, ...b]
  const left = a as Record<string, Tree>
  const right = b as Record<string, Tree>
  const keys = new Set([...Object.keys(left), ...Object.keys(right)])
  return Object.fromEntries([...keys].map(key => [key, join(left[key], right[key])]))
}

const BOTH = join(open as unknown as Tree, sealed as unknown as Tree) as unknown as Half
