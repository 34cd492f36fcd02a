/** Asking for research on a company: the account, its playbook, and the run that does it. */
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { catalogue } from '../../activities/registry.ts'
import type { Db, Tx } from '../../db/sql.ts'
import { audit } from '../../db/stores/audit.ts'
import { eventById, markHandled, recordEvent } from '../../db/stores/events.ts'
import { playbooksFor, publish } from '../../db/stores/playbooks.ts'
import { accountByDomain } from '../../db/stores/records.ts'
import { createRun } from '../../db/stores/runs.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { parsePlaybook } from '../../domain/playbook/parse.ts'
import { companyKey } from '../../domain/import/normalise/name.ts'
import { PROJECT } from '../home.ts'

const EVENT = 'account.research_asked'
const SHIPPED = path.join(PROJECT, 'playbooks', 'account-research.yaml')

/** The account of a domain; made, under the domain's name, where there is none. */
export async function ensureAccount(db: Db, domain: string): Promise<string> {
  const known = await accountByDomain(db, domain)
  if (known) return known.id
  return db.tx(async tx => {
    const row = await tx.row<{ id: string; made: boolean }>(
      `insert into account (name, name_key, domain) values ($1, $2, $1)
       on conflict (domain) do update set domain = excluded.domain returning id, xmax = 0 as made`,
      [domain, companyKey(domain)],
    )
    const { id, made } = row as { id: string; made: boolean }
    if (made) await audit(tx, { actor: 'command', type: 'account.created', target: 'account', targetId: id })
    return id
  })
}

/** The playbook that answers it: what ops published, else the shipped one, which is published now. */
export async function ensureResearchPlaybook(db: Db): Promise<void> {
  if ((await playbooksFor(db, EVENT)).length > 0) return
  const text = await readFile(SHIPPED, 'utf8')
  const { playbook, problems } = parsePlaybook(text, SHIPPED, catalogue)
  if (!playbook)
    throw new DealwrightError('playbook_invalid', `${SHIPPED}:${problems[0]?.line}: ${problems[0]?.message}`)
  const paused = await db.row('select 1 from playbook where name = $1 and paused_at is not null', [playbook.name])
  if (paused) throw new DealwrightError('conflict', `Playbook ${playbook.name} is paused: nothing is researched.`)
  await db.tx(tx => publish(tx, playbook, text, 'command'))
}

/** Writes down that research is asked for; a running server starts its run. `asked` tells one asking from the next. */
export function askForResearch(db: Db, accountId: string, asked: string): Promise<string> {
  return db.tx(tx => recordEvent(tx, { key: `${EVENT}:${accountId}:${asked}`, name: EVENT, fields: {}, accountId }))
}

/** Starts the run of an asking without a server. */
export async function beginRun(db: Db, eventId: string): Promise<string> {
  return db.tx(async tx => {
    await markHandled(tx, [eventId])
    return (await runOf(tx, eventId)) ?? makeRun(tx, eventId)
  })
}

async function makeRun(tx: Tx, eventId: string): Promise<string> {
  const event = await eventById(tx, eventId)
  const [version] = await playbooksFor(tx, EVENT)
  if (!event || !version) throw new DealwrightError('internal', `Event ${eventId} has nothing that answers it.`)
  const runId = await createRun(tx, {
    playbook: version.playbook,
    versionId: version.id,
    eventId,
    onceKey: `event:${eventId}`,
    leadId: null,
    contactId: null,
    accountId: event.accountId,
    dealId: null,
    zone: 'UTC',
    country: null,
  })
  if (runId === null) throw new DealwrightError('conflict', `Event ${eventId} has a run already.`)
  return runId
}

export async function runOf(sql: Pick<Db, 'row'>, eventId: string): Promise<string | null> {
  const row = await sql.row<{ id: string }>('select id from run where event_id = $1 order by started_at limit 1', [
    eventId,
  ])
  return row?.id ?? null
}
