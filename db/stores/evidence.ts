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
export async function storeSource(tx: Tx, source: NewSource): Promise<string> {
  const text = source.text.replaceAll('\u0000', '\uFFFD')
  const hash = sha256(text)
  await tx.run('insert into source_text (hash, text) values ($1, $2) on conflict do nothing', [hash, text])
  const made = await tx.row<{ id: string }>(
    `insert into source (key, kind, url, text_hash, account_id, publisher_name, publisher_domain, title, lang, dated, structure,
       http_status, etag, last_modified, fetched_at)
     values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15) on conflict (key) do nothing returning id`,
    [
      source.key,
      source.kind,
      source.url ?? null,
      hash,
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
    ],
  )
  if (made) return made.id
  return (
    await must('source', source.key, tx.row<{ id: string }>('select id from source where key = $1', [source.key]))
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

export async function sourceByKey(sql: Sql, key: string): Promise<StoredSource | null> {
  return sql.row<StoredSource>(`${SOURCE} where s.key = $1`, [key])
}

/** The newest page source of an address, for conditional requests. */
export async function newestPage(sql: Sql, url: string): Promise<StoredSource | null> {
  return sql.row<StoredSource>(`${SOURCE} where s.url = $1 and s.kind = 'page' order by s.fetched_at desc limit 1`, [
    url,
  ])
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
  const ids: string[] = []
  for (const fact of facts) {
    const key = sha256(
      [fact.accountId, fact.leadId, fact.kind, fact.value.toLowerCase(), fact.sourceId, fact.start].join('|'),
    )
    const row = await tx.row<{ id: string }>(
      `insert into fact (key, account_id, contact_id, lead_id, deal_id, kind, value, quote, source_id, start, "end", observed_at, happened_on, by, run_id)
       values ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15)
       on conflict (key) do update set key = excluded.key returning id`,
      [
        key,
        fact.accountId,
        fact.contactId ?? null,
        fact.leadId ?? null,
        fact.dealId ?? null,
        fact.kind,
        fact.value,
        fact.quote,
        fact.sourceId,
        fact.start,
        fact.end,
        fact.observedAt,
        fact.happenedOn ?? null,
        fact.by,
        fact.runId ?? null,
      ],
    )
    const id = (row as { id: string }).id
    ids.push(id)
    if (fact.accountId && fact.happenedOn && (SIGNAL_KINDS as readonly string[]).includes(fact.kind)) {
      await tx.run(
        'insert into signal (account_id, kind, fact_id, at) values ($1, $2, $3, $4) on conflict (fact_id) do nothing',
        [fact.accountId, fact.kind, id, `${fact.happenedOn}T00:00:00Z`],
      )
    }
  }
  return ids
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
  for (const item of unknown) {
    await tx.run(
      `insert into unknown (key, account_id, lead_id, what, question, run_id) values ($1,$2,$3,$4,$5,$6)
       on conflict (key) do update set question = excluded.question`,
      [
        sha256([of.accountId, of.leadId, item.what].join('|')),
        of.accountId,
        of.leadId,
        item.what,
        item.question,
        of.runId,
      ],
    )
  }
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
