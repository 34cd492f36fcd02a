/** Figures of earned autonomy, from what is stored, and the grants that rest on them. */
import type { KeyObject } from 'node:crypto'
import {
  type ActionClass,
  type AutonomyTerms,
  type ClassFigures,
  type Segment,
  classInWords,
  lowerBound,
  segmentOf,
  shortOf,
  SMALL_EDIT,
} from '../../domain/autonomy/classes.ts'
import { type GrantEntry, signGrant, verifyGrant } from '../../domain/autonomy/grant.ts'
import { fallInWords, type Outcome, qualityFall } from '../../domain/autonomy/quality.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { keyId, publicHalf } from '../../domain/gate/decision.ts'
import type { JsonObject } from '../../domain/playbook/types.ts'
import { json, must, type Sql, type Tx } from '../sql.ts'
import type { Action } from './actions.ts'
import { IS_VOID } from './asked-anew.ts'
import { audit } from './audit.ts'
import { SEGMENT_OF } from './lessons.ts'
import { type AgentRecordOf, UNKNOWN_RECORD } from './policy-subject.ts'

/** A mail's complaint, bounce or unsubscription counts within this time of it; so does a change taken back, whenever it is. */
const LATER = '30 days'

/**
 * Each proposal of a run that was decided, with what people made of it: one row a case. What edits made is told by its lesson; `bad`: the
 * mail that left, as proposed or as edited, was answered by a complaint, a bounce or an unsubscription before the next one to the same
 * person left, or its change was undone. A decision that did not hold is none: the proposal that took its place is the case.
 */
const CASES = `
  select r.playbook, a.kind, ${SEGMENT_OF} as segment, p.decision, p.at,
    l.kind is not distinct from 'edit' as edited, case when l.length > 0 then l.distance::float / l.length else 0 end as share,
    e.mailed, e.complained, e.unsubscribed, e.undone or e.bounced or e.complained as spoilt, e.undone or e.bounced or e.complained or e.unsubscribed as bad
  from action a join run r on r.id = a.run_id left join policy_verdict v on v.action_id = a.id left join lesson l on l.action_id = a.id
    cross join lateral (select p.decision, p.at from approval p where p.action_id = a.id or (l.kind = 'edit' and p.action_id in (
      select n.id from action n where n.supersedes_id = a.id)) order by p.seat desc limit 1) p
    cross join lateral (select coalesce(bool_or(d.kind = 'send_mail'), false) as mailed,
        coalesce(bool_or(f.undone_at is not null or exists (select 1 from field_change c where c.action_id = d.id and c.reverted_at is not null)), false) as undone,
        coalesce(bool_or('bounce_hard' = any(back.labels)), false) as bounced, coalesce(bool_or('complaint' = any(back.labels)), false) as complained,
        coalesce(bool_or('unsubscribe' = any(back.labels)), false) as unsubscribed
      from effect f join action d on d.id = f.action_id
        left join lateral (select array_agg(m.label) as labels from message m where d.kind = 'send_mail' and m.direction = 'in' and m.contact_id = d.contact_id
          and m.label in ('complaint', 'bounce_hard', 'unsubscribe') and m.at >= f.at and m.at < f.at + interval '${LATER}'
          and not exists (select 1 from action o join effect g on g.action_id = o.id where o.kind = 'send_mail' and o.contact_id = d.contact_id
            and g.at > f.at and g.at <= m.at)) back on true
      where d.id = a.id or (l.kind = 'edit' and d.id in (
        with recursive later as (select n.id from action n where n.supersedes_id = a.id
          union all select n.id from action n join later on n.supersedes_id = later.id) select id from later))) e
  where a.by <> 'person' and not ${IS_VOID('a')} and a.status not in ('proposed', 'waiting') and p.decision <> 'refuse_policy'
    and ($1::text is null or (r.playbook = $1 and a.kind = $2))`

export interface ClassRow extends ActionClass, ClassFigures {
  lowerBound: number
  /** Why it may not be granted, in words; null: it may. */
  short: string | null
  /** Null: never granted, or withdrawn and why is in it. */
  grant: (GrantEntry & { signed: boolean }) | null
}

/** Every class there are cases of, or one: the most cases first. */
export async function classFigures(
  sql: Sql,
  of?: Omit<ActionClass, 'segment'>,
): Promise<(ActionClass & ClassFigures)[]> {
  return sql.rows(
    `select playbook, kind, segment, count(*) filter (where decision <> 'allow')::int as cases,
       count(*) filter (where decision = 'approve' and not edited)::int as unchanged,
       count(*) filter (where decision = 'approve' and edited and share <= ${SMALL_EDIT})::int as edited_little,
       count(*) filter (where decision = 'approve' and edited and share > ${SMALL_EDIT})::int as edited_much,
       count(*) filter (where decision = 'refuse')::int as refused, count(*) filter (where bad)::int as bad_later,
       count(*) filter (where decision = 'allow')::int as alone
     from (${CASES}) c
     -- What was taken back is earned anew: only what came after counts.
     where at > coalesce((select max(g.at) from autonomy_grant g where g.playbook = c.playbook and g.action_kind = c.kind
       and g.segment = c.segment and g.what = 'withdrawn'), '-infinity')
     group by playbook, kind, segment order by cases desc, playbook, kind, segment limit 500`,
    [of?.playbook ?? null, of?.kind ?? null],
  )
}

export async function autonomyTerms(sql: Sql): Promise<AutonomyTerms> {
  const row = await sql.row<AutonomyTerms>(
    'select autonomy_level as level, autonomy_cases as cases, autonomy_sample as sample from organisation limit 1',
  )
  return row ?? { level: 0.9, cases: 50, sample: 10 }
}

/** Classes with their figures and how they stand. @param key the server's: grants that it has not signed do not count */
export async function listClasses(sql: Sql, key: KeyObject): Promise<ClassRow[]> {
  const terms = await autonomyTerms(sql)
  const [rows, entries] = [await classFigures(sql), await newestEntries(sql, key)]
  // One that was taken back has no cases yet, and is told of all the same.
  const known = new Set(rows.map(nameOf))
  for (const { playbook, kind, segment } of [...entries.values()].filter(entry => !known.has(nameOf(entry))))
    rows.push({ playbook, kind, segment: segment as Segment, ...NONE })
  return rows.map(row => ({
    ...row,
    lowerBound: lowerBound(row),
    short: shortOf(row, terms),
    grant: entries.get(nameOf(row)) ?? null,
  }))
}

const NONE: ClassFigures = {
  cases: 0,
  unchanged: 0,
  editedLittle: 0,
  editedMuch: 0,
  refused: 0,
  badLater: 0,
  alone: 0,
}

export const nameOf = ({ playbook, kind, segment }: { playbook: string; kind: string; segment: string }): string =>
  JSON.stringify([playbook, kind, segment])

const ENTRY = 'playbook, action_kind as kind, segment, seq, what, by, reason, figures, at, key_id, signature'
type EntryRow = Omit<GrantEntry, 'at'> & { at: Date; keyId: string; signature: string }

async function newestEntries(sql: Sql, key: KeyObject): Promise<Map<string, GrantEntry & { signed: boolean }>> {
  const rows = await sql.rows<EntryRow>(
    `select distinct on (playbook, action_kind, segment) ${ENTRY} from autonomy_grant order by playbook, action_kind, segment, seq desc`,
  )
  return new Map(rows.map(row => [nameOf(row), checked(row, key)]))
}

function checked({ keyId: by, signature, at, ...rest }: EntryRow, key: KeyObject): GrantEntry & { signed: boolean } {
  const entry: GrantEntry = { ...rest, at: at.toISOString() }
  return { ...entry, signed: by === keyId(key) && verifyGrant(entry, signature, publicHalf(key)) }
}

/** The class of an action as the records stand; null for what no run made. */
async function classOf(sql: Sql, { id, kind }: Action): Promise<ActionClass | null> {
  const row = await sql.row<{ playbook: string; employees: number | null }>(
    `select r.playbook, ac.employees from action a join run r on r.id = a.run_id left join lead l on l.id = a.lead_id
       left join deal d on d.id = a.deal_id left join contact c on c.id = a.contact_id
       left join account ac on ac.id = coalesce(c.account_id, l.account_id, d.account_id) where a.id = $1`,
    [id],
  )
  return row && { playbook: row.playbook, kind, segment: segmentOf(row.employees) }
}

/** Whether the class of this action goes alone: its newest entry grants it, and the server has signed it. */
export async function isGranted(sql: Sql, action: Action, key: KeyObject): Promise<boolean> {
  const of = await classOf(sql, action)
  if (!of) return false
  const row = await sql.row<EntryRow>(
    `select ${ENTRY} from autonomy_grant where playbook = $1 and action_kind = $2 and segment = $3 order by seq desc limit 1`,
    [of.playbook, of.kind, of.segment],
  )
  return row?.what === 'granted' && checked(row, key).signed
}

/** What a policy reads under `agent`. */
export const agentRecordOf: AgentRecordOf = async (sql, action) => {
  const of = await classOf(sql, action)
  const row = of && (await classFigures(sql, of)).find(({ segment }) => segment === of.segment)
  return row ? { cases: row.cases, unchanged: row.unchanged, lowerBound: lowerBound(row) } : UNKNOWN_RECORD
}

/**
 * A person grants it.
 * @throws DealwrightError `conflict` when it is granted already, or when its figures do not carry it
 */
export async function grant(tx: Tx, of: ActionClass, reason: string, userId: string, key: KeyObject): Promise<void> {
  const before = await lockedEntry(tx, of, key)
  if (before?.what === 'granted' && before.signed)
    throw new DealwrightError('conflict', `${classInWords(of)}: is granted already.`)
  const [terms, all] = [await autonomyTerms(tx), await classFigures(tx, of)]
  const figures = all.find(row => row.segment === of.segment)
  const short = figures ? shortOf(figures, terms) : `0 of the ${terms.cases} cases that it takes`
  if (!figures || short !== null) throw new DealwrightError('conflict', `${classInWords(of)}: not yet, ${short}.`)
  const { playbook: _p, kind: _k, segment: _s, ...counts } = figures
  const bound = lowerBound(figures)
  // An entry that nobody signed stands in between: what grants comes behind what withdraws.
  if (before?.what === 'granted')
    await append(
      tx,
      of,
      before.seq + 1,
      { what: 'withdrawn', by: 'server', reason: 'was not signed', figures: {} },
      key,
    )
  const seq = before === null ? 1 : before.what === 'granted' ? before.seq + 2 : before.seq + 1
  await append(
    tx,
    of,
    seq,
    { what: 'granted', by: `user:${userId}`, reason, figures: { ...counts, ...terms, lowerBound: bound } },
    key,
  )
  await audit(tx, {
    actor: `user:${userId}`,
    type: 'autonomy.granted',
    target: 'autonomy',
    targetId: nameOf(of),
    data: { class: classInWords(of).slice(0, 300), cases: figures.cases, bound: bound.toFixed(4) },
  })
}

/** By a person, or by itself. Where it is not granted: nothing, and false. */
export async function withdraw(
  tx: Tx,
  of: ActionClass,
  { reason, by, figures }: { reason: string; by: string; figures: JsonObject },
  key: KeyObject,
): Promise<boolean> {
  const before = await lockedEntry(tx, of, key)
  if (before?.what !== 'granted') return false
  await append(tx, of, before.seq + 1, { what: 'withdrawn', by, reason, figures }, key)
  await audit(tx, {
    actor: by,
    type: 'autonomy.withdrawn',
    target: 'autonomy',
    targetId: nameOf(of),
    data: {
      class: classInWords(of).slice(0, 300),
      cases: typeof figures.cases === 'number' ? figures.cases : 0,
      why: by === 'server' ? 'quality fell' : 'by a person',
    },
  })
  return true
}

async function lockedEntry(
  tx: Tx,
  of: ActionClass,
  key: KeyObject,
): Promise<(GrantEntry & { signed: boolean }) | null> {
  await tx.run('select pg_advisory_xact_lock(hashtextextended($1, 71))', [nameOf(of)])
  const row = await tx.row<EntryRow>(
    `select ${ENTRY} from autonomy_grant where playbook = $1 and action_kind = $2 and segment = $3 order by seq desc limit 1`,
    [of.playbook, of.kind, of.segment],
  )
  return row ? checked(row, key) : null
}

async function append(
  tx: Tx,
  of: ActionClass,
  seq: number,
  what: Pick<GrantEntry, 'what' | 'by' | 'reason' | 'figures'>,
  key: KeyObject,
): Promise<void> {
  const now = await must(
    'clock',
    'now',
    tx.row<{ at: Date }>(`select date_trunc('milliseconds', clock_timestamp()) as at`),
  )
  const { playbook, kind, segment } = of
  const entry: GrantEntry = { playbook, kind, segment, seq, ...what, at: now.at.toISOString() }
  await tx.run(
    `insert into autonomy_grant (playbook, action_kind, segment, seq, what, by, reason, figures, key_id, signature, at)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11)`,
    [
      playbook,
      kind,
      segment,
      seq,
      what.what,
      what.by,
      what.reason,
      json(what.figures),
      keyId(key),
      signGrant(entry, key),
      now.at,
    ],
  )
}

/** Looks at every granted class and takes back those whose quality fell (domain/autonomy/quality.ts). Returns how many were taken back. */
export async function watchQuality(tx: Tx, key: KeyObject): Promise<number> {
  const { level } = await autonomyTerms(tx)
  const granted = [...(await newestEntries(tx, key)).values()].filter(entry => entry.what === 'granted' && entry.signed)
  let taken = 0
  for (const entry of granted) {
    const of = entry as unknown as ActionClass
    const outcomes = await tx.rows<Outcome>(
      `select decision <> 'allow' as seen, decision = 'approve' and not edited as unchanged, spoilt, mailed, unsubscribed, complained
       from (${CASES}) c where segment = $3 and at > $4 order by at`,
      [of.playbook, of.kind, of.segment, new Date(entry.at)],
    )
    const fall = qualityFall(outcomes, level)
    if (fall === null) continue
    const { fell: _fell, plan, ...found } = fall
    if (await withdraw(tx, of, { reason: fallInWords(fall), by: 'server', figures: { ...found, ...plan } }, key))
      taken += 1
  }
  return taken
}
