/** The open half: whoever writes the reading rules may look at it. */
import { facts } from './open/facts.ts'
import { oblique } from './open/oblique.ts'
import { replies } from './open/replies.ts'
import { factors, formOpeners, updates } from './open/talk.ts'
import { traps } from './open/traps.ts'
import type { Half } from './types.ts'

export const open: Half = { facts, oblique, traps, replies, factors, updates, formOpeners }
