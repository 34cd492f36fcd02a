/** Sources, facts, unknowns and signals. A source is stored once per key, its text once per hash; a fact once per claim and place. */
import { sha256 } from '../../domain/gate/canonical.ts'
import { SIGNAL_KINDS, type EvidenceSource, type FactKind, type SourceKind } from '../../domain/evidence/types.ts'
import type { Block, PageLink, Region } from '../../domain/page/types.ts'
import { json, must, type Sql, type Tx } from '../sql.ts'

/** What reading found besides the text, as offsets into it. */
export interface Structure {
  regions?: Region[]
  blocks?: Block[]
  links?: PageLink[]
  warnings?: string[]
}

export interface NewSource {
  key: string
  kind: SourceKind
  text: string
  url?: string | null
  accountId?: string | null
  publisherName?: string | null
  publisherDomain?: string | null
  title?: string | null
  lang?: string | null
  /** ISO date */
  dated?: string | null
  structure?: Structure
  httpStatus?: number | null
  etag?: string | null
  lastModified?: string | null
  fetchedAt: Date
}

/** Returns the id; a known key returns the first one and changes nothing. NUL characters, which Postgres cannot hold, become U+FFFD at equal length. */
export async function storeSource(sql: Sql, source: NewSource): Promise<string> {
  const text = source.text.replaceAll('\u0000', '\uFFFD')
  const made = await sql.row<{ id: string }>(
    `with words as (insert into source_text (hash, text) values ($4, $16) on conflict do nothing)
     insert into source (key, kind, url, text_hash, account_id, publisher_name, publisher_domain, title, lang, dated, structure,
       http_status, etag, last_modified, fetched_at)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15) on conflict (key) do nothing returning id`,
    [
      source.key,
      source.kind,
      source.url ?? null,
      sha256(text),
      source.accountId ?? null,
      source.publisherName ?? null,
      source.publisherDomain ?? null,
      clean(source.title),
      source.lang ?? null,
      source.dated ?? null,
      json(source.structure ?? {}).replaceAll('\\u0000', '\\ufffd'),
      source.httpStatus ?? null,
      source.etag ?? null,
      source.lastModified ?? null,
      source.fetchedAt,
      text,
    ],
  )
  if (made) return made.id
  return (
    await must('source', source.key, sql.row<{ id: string }>('select id from source where key = $1', [source.key]))
  ).id
}

const clean = (text: string | null | undefined): string | null => text?.replaceAll('\u0000', '') ?? null

export interface StoredSource {
  id: string
  kind: SourceKind
  url: string | null
  accountId: string | null
  publisherName: string | null
  publisherDomain: string | null
  title: string | null
  dated: string | null
  structure: Structure
  etag: string | null
  lastModified: string | null
  fetchedAt: Date
  /** Marked by a person: nothing read in it enters what is written to a prospect. */
  internal: boolean
  hash: string
  text: string
}

const SOURCE = `select s.id, s.kind, s.url, s.account_id, s.publisher_name, s.publisher_domain, s.title, s.dated, s.structure, s.etag,
  s.last_modified, s.fetched_at, s.internal, s.text_hash as hash, t.text from source s join source_text t on t.hash = s.text_hash`

export async function sourceById(sql: Sql, id: string): Promise<StoredSource> {
  return must('source', id, sql.row<StoredSource>(`${SOURCE} where s.id = $1`, [id]))
}

export async function sourcesById(sql: Sql, ids: string[]): Promise<StoredSource[]> {
  return sql.rows<StoredSource>(`${SOURCE} where s.id = any($1::uuid[]) order by array_position($1::uuid[], s.id)`, [
    ids,
  ])
}

/** Those whose keys begin with this, in the order they were fetched. */
export async function sourcesByKeyStart(sql: Sql, start: string): Promise<StoredSource[]> {
  return sql.rows<StoredSource>(`${SOURCE} where s.key like $1 order by s.fetched_at, s.id`, [`${start}%`])
}

/** What somebody wrote to us, with the lead and since, and the notes of talks on the lead. */
export async function sourcesOfTalks(
  sql: Sql,
  of: { messageSourceId: string | null; leadId: string | null; contactId: string | null },
): Promise<StoredSource[]> {
  return sql.rows<StoredSource>(
    `${SOURCE} where s.id in (select $1::uuid union select source_id from call_note where lead_id = $2
       union select source_id from message where contact_id = $3 and direction = 'in') order by s.id`,
    [of.messageSourceId, of.leadId, of.contactId],
  )
}

export async function sourceByKey(sql: Sql, key: string): Promise<StoredSource | null> {
  return sql.row<StoredSource>(`${SOURCE} where s.key = $1`, [key])
}

export interface KnownPage {
  /** The source that this key has already. */
  stored: string | null
  /** The newest page of the address, for a conditional request. */
  newest: { id: string; etag: string | null; lastModified: string | null } | null
}

/** What is known before a page is fetched. */
export async function knownPage(sql: Sql, key: string, url: string): Promise<KnownPage> {
  const row = await sql.row<{
    stored: string | null
    id: string | null
    etag: string | null
    lastModified: string | null
  }>(
    `select (select id from source where key = $1) as stored, n.id, n.etag, n.last_modified
     from (select 1) one left join lateral (select id, etag, last_modified from source where url = $2 and kind = 'page'
       order by fetched_at desc limit 1) n on true`,
    [key, url],
  )
  const { stored = null, id = null, etag = null, lastModified = null } = row ?? {}
  return { stored, newest: id === null ? null : { id, etag, lastModified } }
}

/** A stored source in the form that the evidence check takes. */
export function forCheck(source: StoredSource): EvidenceSource {
  return {
    id: source.id,
    kind: source.kind,
    text: source.text,
    regions: source.structure.regions ?? [],
    blocks: source.structure.blocks ?? [],
    publisher: source.publisherName
      ? { name: source.publisherName, aliases: [], domain: source.publisherDomain }
      : null,
    title: source.title,
    dated: source.dated,
    fetchedAt: source.fetchedAt.toISOString(),
  }
}

export interface NewFact {
  accountId: string | null
  contactId?: string | null
  leadId?: string | null
  dealId?: string | null
  kind: FactKind
  value: string
  quote: string
  sourceId: string
  start: number
  end: number
  /** ISO date, where the claim gives one. */
  happenedOn?: string | null
  by: 'model' | 'rules' | 'person'
  runId?: string | null
  observedAt: Date
}

export interface Fact {
  id: string
  accountId: string | null
  leadId: string | null
  contactId: string | null
  dealId: string | null
  kind: FactKind
  value: string
  quote: string
  sourceId: string
  url: string | null
  start: number
  end: number
  by: string
  happenedOn: string | null
  observedAt: Date
}

/** What shows a fact to people and programs: its value and where its quote stands. */
export type FoundFact = Pick<Fact, 'id' | 'kind' | 'value' | 'quote' | 'sourceId' | 'url' | 'start' | 'end'>

const FACT = `select f.id, f.account_id, f.lead_id, f.contact_id, f.deal_id, f.kind, f.value, f.quote, f.source_id, s.url, f.start, f."end", f.by,
  f.happened_on, f.observed_at from fact f join source s on s.id = f.source_id`

/** Stores facts whose quotes the check found, and the signals among them. Returns their ids in order; known ones give the first id. */
export async function storeFacts(tx: Tx, facts: NewFact[]): Promise<string[]> {
  // Of two with one key the first counts: a statement may not touch a row twice.
  const byKey = new Map<string, NewFact>()
  for (const fact of facts) if (!byKey.has(factKey(fact))) byKey.set(factKey(fact), fact)
  const once = [...byKey.values()]
  const all = <T>(of: (fact: NewFact) => T): T[] => once.map(of)
  const rows = await tx.rows<{ key: string; id: string }>(
    `insert into fact (key, account_id, contact_id, lead_id, deal_id, kind, value, quote, source_id, start, "end", observed_at, happened_on, by, run_id)
     select * from unnest($1::text[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[], $9::uuid[], $10::int[],
       $11::int[], $12::timestamptz[], $13::date[], $14::text[], $15::uuid[])
     on conflict (key) do update set key = excluded.key returning key, id`,
    [
      [...byKey.keys()],
      all(fact => fact.accountId),
      all(fact => fact.contactId ?? null),
      all(fact => fact.leadId ?? null),
      all(fact => fact.dealId ?? null),
      all(fact => fact.kind),
      all(fact => fact.value),
      all(fact => fact.quote),
      all(fact => fact.sourceId),
      all(fact => fact.start),
      all(fact => fact.end),
      all(fact => fact.observedAt),
      all(fact => fact.happenedOn ?? null),
      all(fact => fact.by),
      all(fact => fact.runId ?? null),
    ],
  )
  const ids = new Map(rows.map(({ key, id }) => [key, id]))
  const idOf = (fact: NewFact): string => ids.get(factKey(fact)) ?? ''
  const signals = once.filter(({ accountId, happenedOn, kind }) => accountId && happenedOn && isSignal(kind))
  if (signals.length > 0)
    await tx.run(
      `insert into signal (account_id, kind, fact_id, at) select account, kind, fact, day at time zone 'UTC'
       from unnest($1::uuid[], $2::text[], $3::uuid[], $4::timestamp[]) as s (account, kind, fact, day) on conflict (fact_id) do nothing`,
      [
        signals.map(fact => fact.accountId),
        signals.map(fact => fact.kind),
        signals.map(idOf),
        signals.map(fact => fact.happenedOn),
      ],
    )
  return facts.map(idOf)
}

const isSignal = (kind: FactKind): boolean => (SIGNAL_KINDS as readonly FactKind[]).includes(kind)

/** One claim at one place is one fact, whoever finds it again. */
function factKey({ accountId, leadId, kind, value, sourceId, start }: NewFact): string {
  return sha256([accountId, leadId, kind, value.toLowerCase(), sourceId, start].join('|'))
}

/** Facts of an account, and of a lead's own conversation. */
export async function factsOf(sql: Sql, of: { accountId?: string | null; leadId?: string | null }): Promise<Fact[]> {
  return sql.rows<Fact>(`${FACT} where f.account_id = $1 or f.lead_id = $2 order by f.kind, f.created_at, f.id`, [
    of.accountId ?? null,
    of.leadId ?? null,
  ])
}

export async function factsById(sql: Sql, ids: string[]): Promise<Fact[]> {
  return sql.rows<Fact>(`${FACT} where f.id = any($1::uuid[])`, [ids])
}

export async function storeUnknowns(
  tx: Tx,
  of: { accountId: string | null; leadId: string | null; runId: string | null },
  unknown: { what: string; question: string }[],
): Promise<void> {
  const keyed = new Map(unknown.map(item => [sha256([of.accountId, of.leadId, item.what].join('|')), item]))
  if (keyed.size === 0) return
  const items = [...keyed.values()]
  await tx.run(
    `insert into unknown (key, account_id, lead_id, what, question, run_id) select u.key, $2, $3, u.what, u.question, $4
     from unnest($1::text[], $5::text[], $6::text[]) as u (key, what, question)
     on conflict (key) do update set question = excluded.question`,
    [
      [...keyed.keys()],
      of.accountId,
      of.leadId,
      of.runId,
      items.map(item => item.what),
      items.map(item => item.question),
    ],
  )
}

export async function unknownsOf(
  sql: Sql,
  of: { accountId?: string | null; leadId?: string | null },
): Promise<{ what: string; question: string }[]> {
  return sql.rows(
    'select what, question from unknown where account_id = $1 or lead_id = $2 order by created_at, what',
    [of.accountId ?? null, of.leadId ?? null],
  )
}
