/** What a world's runs came to: the demo's document, and the promises that must hold whatever happened. */
import type { Db } from '../../db/sql.ts'
import { modelUse } from '../../db/stores/model.ts'
import type { MailServer } from '../../test/world/index.ts'
import { standing } from './settled.ts'

export interface DemoDocument {
  leads: number
  runs: { completed: number; waiting: number; failed: number }
  facts: number
  rejects: { not_found: number; wrong_subject: number; unsupported: number; negated: number }
  mails: { drafted: number; approved: number; sent: number; delivered: number }
  deals: { updated: number }
  model: { name: string | null; calls: number; tokens: number }
  seconds: number
}

export async function demoDocument(db: Db, mail: MailServer, seconds: number): Promise<DemoDocument> {
  const [now, use, counted] = await Promise.all([
    standing(db),
    modelUse(db),
    db.row<{ facts: number; drafted: number; approved: number; sent: number; updated: number }>(
      `select (select count(*) from fact)::int as facts, (select count(*) from draft)::int as drafted,
         (select count(*) from approval p join action a on a.id = p.action_id where a.kind = 'send_mail' and p.decision in ('allow', 'approve'))::int as approved,
         (select count(*) from action where kind = 'send_mail' and status = 'done')::int as sent,
         (select count(distinct record_id) from (
            select record_id from field_change where "table" = 'deal' and reverted_at is null
            union select deal_id from deal_stage_change where action_id is not null) changed)::int as updated`,
    ),
  ])
  const { facts, drafted, approved, sent, updated } = counted as {
    facts: number
    drafted: number
    approved: number
    sent: number
    updated: number
  }
  const { not_found = 0, wrong_subject = 0, unsupported = 0, negated = 0 } = use.rejects
  return {
    leads: now.leads,
    runs: { completed: now.completed, waiting: now.waiting + now.working, failed: now.paused },
    facts,
    rejects: { not_found, wrong_subject, unsupported, negated },
    mails: { drafted, approved, sent, delivered: mail.received.length },
    deals: { updated },
    model: { name: use.model, calls: use.calls, tokens: use.tokens },
    seconds,
  }
}

/** Each broken promise in one line; none when all hold. */
export async function brokenPromises(db: Db, mail: MailServer): Promise<string[]> {
  const broken: string[] = []
  const twice = mail.duplicates()
  if (twice.length > 0) broken.push(`${twice.length} mails were delivered twice`)
  const facts = await db.rows<{ id: string; quote: string; start: number; end: number; text: string }>(
    'select f.id, f.quote, f.start, f."end", t.text from fact f join source s on s.id = f.source_id join source_text t on t.hash = s.text_hash',
  )
  const moved = facts.filter(fact => fact.text.slice(fact.start, fact.end) !== fact.quote)
  if (moved.length > 0) broken.push(`${moved.length} facts have a quote that is not in its place`)
  const loose = await db.row<{ n: number }>(
    `select count(*)::int as n from action a where a.status in ('claimed', 'done', 'uncertain')
       and not exists (select 1 from approval p where p.action_id = a.id and p.decision in ('allow', 'approve') and p.content_hash = a.content_hash)`,
  )
  if (loose && loose.n > 0)
    broken.push(`${loose.n} actions were carried out without an allowance for exactly their content`)
  const sent = await db.rows<{ messageId: string }>(
    `select content->>'messageId' as message_id from action where kind = 'send_mail' and status in ('done', 'uncertain', 'claimed')`,
  )
  const known = new Set(sent.map(row => row.messageId))
  const strangers = mail.received.filter(message => !known.has(message.messageId))
  if (strangers.length > 0) broken.push(`${strangers.length} mails left that no action stands for`)
  const suppressed = await db.row<{ n: number }>(
    `select count(*)::int as n from action a join suppression s on s.kind = 'email' and s.value = a.content->>'emailKey'
     where a.kind = 'send_mail' and a.claimed_at > s.created_at`,
  )
  if (suppressed && suppressed.n > 0) broken.push(`${suppressed.n} mails went to people who must not be written to`)
  return broken
}
