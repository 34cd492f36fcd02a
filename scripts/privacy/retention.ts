/** `privacy retention`, `sweep`, `hold`, `release`, `holds` and `settings`. */
import type { Command } from 'commander'
import type { LegalHold } from '../../db/stores/holds.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { FIXED_TIMES, RETENTION, RETENTION_NAMES, type RetentionTimes } from '../../domain/privacy/retention.ts'
import { answer } from '../output.ts'

interface As {
  as?: string
}

export interface RetentionOptions extends As {
  set: string[]
  preview?: boolean
}

export async function retention(options: RetentionOptions, self: Command): Promise<void> {
  const change = Object.assign({}, ...options.set.map(readTime)) as Partial<RetentionTimes>
  const { withDatabase } = await import('../lib/with-database.ts')
  const { acting } = await import('../lib/acting.ts')
  const store = await import('../../db/stores/retention.ts')
  const { retentionProblem } = await import('../../domain/privacy/retention.ts')
  const { times, rows } = await withDatabase('privacy retention', async ({ db }) => {
    const sets = options.set.length > 0 && !options.preview
    const { by } = await acting(db, options.as, sets ? 'privacy.set' : 'privacy.see')
    const now = await store.retentionTimes(db)
    const asked = { ...now, ...change }
    const problem = retentionProblem(asked)
    if (problem !== null) throw new DealwrightError('bad_input', problem)
    const times = sets
      ? await db.tx(async tx => store.setRetentionTimes(tx, await store.lockedTimes(tx), change, by))
      : asked
    return { times, rows: options.preview ? await store.previewRetention(db, times) : null }
  })
  await answer(self, { days: times, ...(rows === null ? {} : { rows }) }, () =>
    [
      ...RETENTION_NAMES.map(name => {
        const days = times[name] === null ? 'for good' : `${times[name]} days`
        const would = rows === null ? '' : `; would go now: ${rows[name]}`
        return `${name}: ${days}${would}\n    ${RETENTION[name].what}`
      }),
      ...FIXED_TIMES.map(({ what, days }) => `fixed: ${days} day${days === 1 ? '' : 's'}\n    ${what}`),
    ].join('\n'),
  )
}

function readTime(text: string): Partial<RetentionTimes> {
  const [name = '', value = ''] = text.split('=').map(one => one.trim())
  const kind = RETENTION_NAMES.find(one => one === name)
  if (kind === undefined)
    throw new DealwrightError(
      'bad_input',
      `${name}: give KIND=DAYS, a kind being one of ${RETENTION_NAMES.join(', ')}.`,
    )
  if (value === 'forever') return { [kind]: null }
  const days = Number(value)
  if (!/^\d{1,5}$/.test(value) || days < 1 || days > 36_500)
    throw new DealwrightError('bad_input', `${text}: give 1 to 36500 days, or forever.`)
  return { [kind]: days }
}

export async function sweep(options: As, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { acting } = await import('../lib/acting.ts')
  const { sweepNow } = await import('../../db/stores/retention.ts')
  const done = await withDatabase('privacy sweep', async ({ db }) => {
    await acting(db, options.as, 'privacy.set')
    return sweepNow(db)
  })
  const rows = done?.rows ?? {}
  await answer(self, { id: done?.id ?? null, rows }, () => {
    const taken = Object.entries(rows).map(([kind, n]) => `${kind}: ${n}`)
    return taken.length === 0 ? 'Nothing was past its time.' : taken.join('\n')
  })
}

export async function hold(
  lead: string,
  options: As & { why: string; company?: boolean },
  self: Command,
): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { acting } = await import('../lib/acting.ts')
  const { contactOf } = await import('../lib/contact-of.ts')
  const { contactById } = await import('../../db/stores/records.ts')
  const { setHold } = await import('../../db/stores/holds.ts')
  const set = await withDatabase('privacy hold', async ({ db }) => {
    const { by } = await acting(db, options.as, 'privacy.set')
    const contact = await contactById(db, await contactOf(db, lead))
    if (options.company && contact.accountId === null)
      throw new DealwrightError('not_found', `Contact ${contact.id} belongs to no company.`)
    const of = options.company ? { account: contact.accountId ?? '' } : { contact: contact.id }
    return db.tx(tx => setHold(tx, of, options.why, by))
  })
  await answer(self, set, () => inWords(set))
}

export async function release(id: string, options: As, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { acting } = await import('../lib/acting.ts')
  const { byBeginning } = await import('../lib/by-beginning.ts')
  const { legalHolds, releaseHold } = await import('../../db/stores/holds.ts')
  const released = await withDatabase('privacy release', async ({ db }) => {
    const { by } = await acting(db, options.as, 'privacy.set')
    const found = byBeginning('legal hold', await legalHolds(db), id)
    return db.tx(tx => releaseHold(tx, found.id, by))
  })
  await answer(self, released, () => inWords(released))
}

export async function holds(options: As, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { acting } = await import('../lib/acting.ts')
  const { legalHolds } = await import('../../db/stores/holds.ts')
  const all = await withDatabase('privacy holds', async ({ db }) => {
    await acting(db, options.as, 'privacy.see')
    return legalHolds(db)
  })
  await answer(self, all, () => (all.length === 0 ? 'There is no legal hold.' : all.map(inWords).join('\n')))
}

const inWords = ({ id, contactId, accountId, why, releasedAt }: LegalHold): string =>
  `${id.slice(0, 8)}  ${contactId === null ? `account ${accountId}` : `contact ${contactId}`}: ${why}${releasedAt === null ? '' : ' (released)'}`

export async function settings(options: As & { importBasis?: string }, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { acting } = await import('../lib/acting.ts')
  const store = await import('../../db/stores/privacy-settings.ts')
  const { importBasis } = options
  const now = await withDatabase('privacy settings', async ({ db }) => {
    const { by } = await acting(db, options.as, importBasis === undefined ? 'privacy.see' : 'privacy.set')
    if (importBasis === undefined) return store.privacySettings(db)
    const to = { importNeedsBasis: importBasis === 'required' }
    return db.tx(async tx => store.setPrivacySettings(tx, await store.lockedSettings(tx), to, by))
  })
  await answer(self, now, () =>
    now.importNeedsBasis
      ? 'A row of a file that names a person needs a lawful basis: its own, or the import’s --basis.'
      : 'Rows of files need no lawful basis.',
  )
}
