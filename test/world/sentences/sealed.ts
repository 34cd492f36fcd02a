/** The sealed half: kept out of sight of whoever writes the reading rules, so that it can grade them. */
import { facts } from './sealed/facts.ts'
import { oblique } from './sealed/oblique.ts'
import { replies } from './sealed/replies.ts'
import { factors, formOpeners, updates } from './sealed/talk.ts'
import { traps } from './sealed/traps.ts'
import type { Half } from './types.ts'

export const sealed: Half = { facts, oblique, traps, replies, factors, updates, formOpeners }
