/** A lead at a glance, above its brief. */
import type { Sql } from '../../db/sql.ts'
import { newestScore } from '../../db/stores/judgement.ts'
import type { Qualification } from '../../domain/qualification/types.ts'
import { money, moment, wrap } from './words.ts'

export interface LeadCard {
  id: string
  name: string | null
  title: string | null
  email: string | null
  source: string
  status: string
  owner: string | null
  ownerWhy: string | null
  score: { value: number; parts: { name: string; points: number; status: string; reason: string }[] } | null
  qualification: Qualification | null
  deal: {
    name: string
    stage: string
    amountMinor: number | null
    currency: string | null
    closeDate: string | null
  } | null
  messages: { at: Date; direction: 'in' | 'out'; subject: string; label: string | null; quote: string | null }[]
  suppressed: string | null
}

const MESSAGES = 4

export async function leadCard(sql: Sql, leadId: string, qualification: Qualification | null): Promise<LeadCard> {
  interface Row extends Omit<LeadCard, 'score' | 'deal' | 'messages' | 'qualification'> {
    contactId: string | null
  }
  const row = await sql.row<Row>(
    `select l.id, c.name, c.title, c.email, l.source, l.status, u.name as owner, l.owner_why, l.contact_id,
       (select reason from suppression s where s.kind = 'email' and s.value = c.email_key limit 1) as suppressed
     from lead l left join contact c on c.id = l.contact_id left join "user" u on u.id = l.owner_id where l.id = $1`,
    [leadId],
  )
  const { contactId, ...lead } = row as Row
  const [score, deal, messages] = await Promise.all([
    newestScore(sql, leadId),
    sql.row<NonNullable<LeadCard['deal']>>(
      `select d.name, s.name as stage, d.amount_minor, d.currency, d.close_date from deal d join stage s on s.id = d.stage_id
       where d.lead_id = $1 or d.contact_id = $2 order by (s.kind = 'open') desc, d.created_at desc limit 1`,
      [leadId, contactId],
    ),
    sql.rows<LeadCard['messages'][number]>(
      `select at, direction, subject, label, label_quote as quote from message where contact_id = $1 order by at desc limit ${MESSAGES}`,
      [contactId],
    ),
  ])
  return {
    ...lead,
    score: score && { value: score.value, parts: score.parts as NonNullable<LeadCard['score']>['parts'] },
    qualification,
    deal,
    messages,
  }
}

export function describeCard(card: LeadCard, company: string | null, width: number): string {
  const who = [card.name ?? 'Lead without a name', card.title, company].filter(Boolean).join(', ')
  const rows: [string, string | null][] = [
    ['e-mail', card.suppressed ? `${card.email} (not to be written to: ${card.suppressed})` : card.email],
    ['lead', `${card.status}, from ${card.source}, ${card.id}`],
    ['owner', card.owner && [card.owner, card.ownerWhy].filter(Boolean).join(': ')],
    ['score', scoreOf(card)],
    ['fit', card.qualification && qualificationOf(card.qualification)],
    ['deal', card.deal && dealOf(card.deal)],
  ]
  const head = rows.flatMap(([name, value]) =>
    value === null ? [] : [wrap(value, width, ' '.repeat(8)).replace(' '.repeat(8), name.padEnd(8))],
  )
  return [who, ...head, ...messagesOf(card, width)].join('\n')
}

function scoreOf({ score }: LeadCard): string | null {
  if (!score) return null
  const known = score.parts.filter(part => part.status === 'known' && part.points !== 0)
  const unknown = score.parts.filter(part => part.status === 'unknown')
  const parts = known
    .toSorted((a, b) => Math.abs(b.points) - Math.abs(a.points))
    .map(part => `${part.name} ${part.points} (${part.reason})`)
  const open = unknown.length > 0 ? `; unknown: ${unknown.map(part => part.name).join(', ')}` : ''
  return `${score.value} of 100: ${parts.join(', ')}${open}`
}

function qualificationOf({ verdict, factors }: Qualification): string {
  return `${verdict}: ${factors.map(factor => `${factor.factor} ${factor.status}`).join(', ')}`
}

function dealOf(deal: NonNullable<LeadCard['deal']>): string {
  const close = deal.closeDate ? `, closes ${deal.closeDate}` : ''
  return [`${deal.name}: ${deal.stage}`, money(deal.amountMinor, deal.currency)].filter(Boolean).join(', ') + close
}

function messagesOf({ messages }: LeadCard, width: number): string[] {
  if (messages.length === 0) return []
  const lines = messages.map(({ at, direction, subject, label, quote }) => {
    const read = direction === 'in' && label ? ` (${label.replaceAll('_', ' ')}${quote ? `: “${quote}”` : ''})` : ''
    return wrap(`${moment(at)} ${direction === 'in' ? 'from them' : 'from us'}: ${subject}${read}`, width, '  ')
  })
  return ['', 'Last messages', ...lines]
}
