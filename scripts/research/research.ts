/** `dealwright research`: on the worker of a running `up`, else here. */
import { DealwrightError } from '../../domain/errors.ts'
import { companyDomain, registrableDomain } from '../../domain/import/normalise/domain.ts'
import { accountById, leadById } from '../../db/stores/records.ts'
import { runById } from '../../db/stores/runs.ts'
import type { Db } from '../../db/sql.ts'
import { withAgents } from '../lib/agent-deps.ts'
import { findLead } from '../lib/find.ts'
import { serverUrl } from '../lib/server-call.ts'
import type { Opened } from '../lib/with-database.ts'
import { askForResearch, beginRun, ensureAccount, ensureResearchPlaybook } from './ask.ts'
import { findingsOfLead, findingsOfRun, type WithLines } from './findings.ts'
import { runHere, type PageFailure } from './here.ts'
import { runThere } from './there.ts'

export interface ResearchAnswer {
  found: WithLines
  /** Null where there was nothing to research. */
  runId: string | null
  /** Pages that could not be read, as far as this process saw it. */
  failures: PageFailure[]
  /** Pages that were read. */
  pages: number
}

/** @param what a domain or an address in it; a lead's id, e-mail address or name, whose company it then is */
export async function research(
  opened: Opened,
  what: string,
  onPage: (done: number, total?: number) => void,
): Promise<ResearchAnswer> {
  const { db } = opened
  const of = await accountFor(db, what)
  if ('nothing' in of) return { found: of.nothing, runId: null, failures: [], pages: 0 }
  await ensureResearchPlaybook(db)
  const eventId = await askForResearch(db, of.accountId, new Date().toISOString())
  const failures: PageFailure[] = []
  const runId = await runOn(opened, eventId, onPage, failures)
  const run = await runById(db, runId)
  if (run.status === 'paused')
    throw new DealwrightError(
      'unavailable',
      `The research stopped: ${run.errorWhy ?? run.errorCode}. See: dealwright run show ${runId.slice(0, 8)}`,
    )
  const row = await db.row<{ n: number }>('select count(*)::int as n from source where key like $1', [
    `page:${runId}/%`,
  ])
  return { found: await findingsOfRun(db, runId, of.accountId), runId, failures, pages: row?.n ?? 0 }
}

async function runOn(
  opened: Opened,
  eventId: string,
  onPage: (done: number, total?: number) => void,
  failures: PageFailure[],
): Promise<string> {
  const { db, home, config } = opened
  if ((await serverUrl(home, config)) !== null) return runThere(db, eventId, onPage)
  const runId = await beginRun(db, eventId)
  await withAgents(opened, deps => runHere(deps, runId, { onPage, onFailure: failure => failures.push(failure) }))
  return runId
}

/** A word with a dot and no @ is a domain; anything else names a lead. */
async function accountFor(db: Db, what: string): Promise<{ accountId: string } | { nothing: WithLines }> {
  if (!what.includes('@') && /^\S+\.\S+$/.test(what.trim()))
    return { accountId: await ensureAccount(db, domainOf(what)) }
  const lead = await leadById(db, await findLead(db, what))
  const account = lead.accountId ? await accountById(db, lead.accountId) : null
  if (account?.domain || account?.website) return { accountId: account.id }
  return { nothing: await findingsOfLead(db, lead) }
}

function domainOf(text: string): string {
  const domain = companyDomain(text)
  if (domain !== null) return domain
  const shared = registrableDomain(text)
  throw new DealwrightError(
    'bad_input',
    shared === null
      ? `"${text}" is no domain, such as acme.com.`
      : `${shared} belongs to many people: it is no company's domain.`,
  )
}
