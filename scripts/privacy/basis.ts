/** `privacy basis`: on what ground a person's data is held, and where it came from. */
import type { Command } from 'commander'
import { LAWFUL_BASES, type LawfulBasis, ORIGINS, type Origin } from '../../domain/privacy/basis.ts'
import { DealwrightError } from '../../domain/errors.ts'
import type { Json } from '../../domain/playbook/types.ts'
import { answer } from '../output.ts'

export interface BasisOptions {
  basis?: LawfulBasis | 'unknown'
  on?: string
  note?: string
  origin?: Origin | 'unknown'
  originId?: string
  why?: string
  as?: string
}

interface Provenance {
  id: string
  name: string
  lawfulBasis: LawfulBasis | null
  lawfulBasisOn: string | null
  lawfulBasisNote: string | null
  origin: Origin | null
  originId: string | null
}

/** @param contact its id */
export async function basis(contact: string, options: BasisOptions, self: Command): Promise<void> {
  const set = changeOf(options)
  const { serverCall } = await import('../lib/server-call.ts')
  const path = `/api/contacts/${contact}`
  const { as, why = 'said by a command' } = options
  const found =
    Object.keys(set).length === 0
      ? await serverCall<Provenance>(path, { as, method: 'GET' })
      : await serverCall<Provenance>(path, { as, method: 'PATCH', headers: { 'if-match': '*' }, body: { set, why } })
  const { id, lawfulBasis, lawfulBasisOn, lawfulBasisNote, origin, originId } = found
  await answer(self, { id, lawfulBasis, lawfulBasisOn, lawfulBasisNote, origin, originId }, () => inWords(found))
}

function changeOf({ basis, on, note, origin, originId }: BasisOptions): Record<string, Json> {
  const set: Record<string, Json> = {}
  if (basis !== undefined) set.lawfulBasis = oneOf(basis, LAWFUL_BASES)
  // Another ground has another date and note.
  if (basis !== undefined) Object.assign(set, { lawfulBasisOn: null, lawfulBasisNote: null })
  if (on !== undefined) set.lawfulBasisOn = readDay(on)
  if (note !== undefined) set.lawfulBasisNote = note
  if (origin !== undefined) Object.assign(set, { origin: oneOf(origin, ORIGINS), originId: originId ?? null })
  else if (originId !== undefined) set.originId = originId
  return set
}

function oneOf<T extends string>(word: T | 'unknown', known: readonly T[]): T | null {
  if (word === 'unknown') return null
  if ((known as readonly string[]).includes(word)) return word
  throw new DealwrightError('bad_input', `${word}: give one of ${known.join(', ')}, or unknown.`)
}

function readDay(text: string): string {
  const at = new Date(`${text}T00:00:00Z`)
  if (/^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text)) return text
  throw new DealwrightError('bad_input', `${text}: give a date such as 2026-12-28.`)
}

const inWords = ({ name, lawfulBasis, lawfulBasisOn, lawfulBasisNote, origin, originId }: Provenance): string =>
  [
    `${name}: data held on the ground of ${lawfulBasis?.replaceAll('_', ' ') ?? 'nothing that anybody has said'}`,
    lawfulBasisOn === null ? '' : `, since ${lawfulBasisOn}`,
    lawfulBasisNote === null ? '' : ` (${lawfulBasisNote})`,
    `; from ${origin ?? 'where nobody has said'}${originId === null ? '' : ` ${originId}`}.`,
  ].join('')
