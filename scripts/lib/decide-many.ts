/** Many decisions of one class by command: what waits is shown with each item's hash, and only what is named with its hash is decided. */
import type { Command } from 'commander'
import { DealwrightError } from '../../domain/errors.ts'
import { answer } from '../output.ts'
import { serverCall } from './server-call.ts'
import { table } from './table.ts'
import { moment, plural, shortId, withoutAddress } from './words.ts'

interface Waiting {
  id: string
  kind: string
  playbook: string | null
  summary: string
  hash: string
  reason: string
  risk: { level: string } | null
  expiresAt: string | null
}

interface Decided {
  done: { id: string; status: string }[]
  failed: { id: string; code: string; detail: string }[]
}

export interface ManyOptions {
  class: string
  playbook?: string
  these?: string
  as?: string
  why?: string
}

/** As many as the server decides at once. */
const AT_ONCE = 200

/** @param decision what is decided of every one that `these` names; without it they are shown, and nothing is decided */
export async function decideClass(decision: 'approve' | 'refuse', options: ManyOptions, self: Command): Promise<void> {
  const waiting = await ofClass(options)
  if (options.these === undefined) {
    const these = waiting.map(namedWithHash).join(',')
    return answer(self, { waiting, these }, () => shown(decision, options, waiting, these))
  }
  const decisions = chosen(options.these, waiting).map(({ id, hash }) => ({
    id,
    hash,
    decision,
    ...(options.why === undefined ? {} : { why: options.why }),
  }))
  const done = await serverCall<Decided>('/api/approvals/decide', { as: options.as, body: { decisions } })
  await answer(self, done, () => inWords(done))
  if (done.failed.length > 0) process.exitCode = 1
}

async function ofClass({ class: kind, playbook, as }: ManyOptions): Promise<Waiting[]> {
  const query = new URLSearchParams({ limit: String(AT_ONCE), kind, ...(playbook === undefined ? {} : { playbook }) })
  const { items } = await serverCall<{ items: Waiting[] }>(`/api/approvals?${query.toString()}`, { as, method: 'GET' })
  return items
}

const HASH_SHOWN = 12
const namedWithHash = ({ id, hash }: Waiting): string => `${shortId(id)}:${hash.slice(0, HASH_SHOWN)}`

/** @throws DealwrightError `bad_input`, `not_found`, `ambiguous`; `action_changed` where what waits has another content than was confirmed */
function chosen(these: string, waiting: readonly Waiting[]): Waiting[] {
  return these.split(',').map(word => {
    const [, id, hash] = /^\s*([0-9a-f-]{8,36}):([0-9a-f]{8,64})\s*$/i.exec(word) ?? []
    if (id === undefined || hash === undefined)
      throw new DealwrightError('bad_input', `--these ${word}: name each as ID:HASH, as this command shows them.`)
    const found = waiting.filter(one => one.id.startsWith(id.toLowerCase()))
    const [one] = found
    if (!one) throw new DealwrightError('not_found', `Of this class, nothing with the id ${id} waits for you.`)
    if (found.length > 1) throw new DealwrightError('ambiguous', `Several ids begin with ${id}: give more of it.`)
    if (!one.hash.startsWith(hash.toLowerCase()))
      throw new DealwrightError('action_changed', `Action ${id} is not the one you looked at: nothing was decided.`)
    return one
  })
}

function shown(decision: string, options: ManyOptions, waiting: readonly Waiting[], these: string): string {
  if (waiting.length === 0) return 'Nothing of this class waits for you.'
  const list = table<Waiting>(
    [
      { head: 'ACTION', get: row => shortId(row.id) },
      { head: 'HASH', get: row => row.hash.slice(0, HASH_SHOWN) },
      { head: 'WHAT', get: row => withoutAddress(row.summary), shrinkTo: 20 },
      { head: 'PLAYBOOK', get: row => row.playbook, shrinkTo: 8 },
      { head: 'RISK', get: row => row.risk?.level ?? null },
      { head: 'EXPIRES', get: row => moment(row.expiresAt) },
      { head: 'REASON', get: row => row.reason, shrinkTo: 16 },
    ],
    waiting,
  )
  const words = [
    `dealwright ${decision} --class ${options.class}`,
    ...(options.playbook === undefined ? [] : [`--playbook ${options.playbook}`]),
    ...(options.as === undefined ? [] : [`--as ${options.as}`]),
    ...(decision === 'refuse' ? ['--why "…"'] : []),
    `--these ${these}`,
  ]
  return `${list}\n\nNothing was decided. To ${decision} exactly these, leaving out what should wait:\n  ${words.join(' ')}`
}

function inWords({ done, failed }: Decided): string {
  return [
    `${plural(done.length, 'action')} decided.`,
    ...failed.map(({ id, detail }) => `${shortId(id)} was not: ${detail}`),
  ].join('\n')
}
