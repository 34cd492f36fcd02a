/** A lead of which much is known, with what agents did and people said: for the pages of records. */
import { randomUUID } from 'node:crypto'
import { ensureThread, storeMessage } from '../../db/stores/conversation.ts'
import { storeFacts, storeSource, storeUnknowns } from '../../db/stores/evidence.ts'
import { storeBrief, storeQualification, storeScore } from '../../db/stores/judgement.ts'
import type { Tx } from '../../db/sql.ts'
import type { FactKind } from '../../domain/evidence/types.ts'
import type { Factor, FactorAssessment } from '../../domain/qualification/types.ts'
import type { LeadIds, System } from '../support/system.ts'

export interface KnownLead extends LeadIds {
  dealId: string
}

const PAGE = `About Harbour Looms

We are a weaving mill in Cork, founded in 1974. Today 120 people work in three shifts.

Our sailcloth is used by Tallis Yachts.`
const MAIL = `Hello Riva,

our night shift stands still twice a week, and we have set aside 40,000 EUR to end that before May.
We are 250 people by now. I decide this with Piet, our plant manager.

Could you show us how it works?

Ada`

export async function knownLead(system: System, name: string): Promise<KnownLead> {
  const lead = await system.lead(name)
  const { leadId, accountId, contactId } = lead
  const dealId = await system.admin.tx(async tx => {
    const page = await source(tx, 'page', PAGE, accountId)
    const mail = await source(tx, 'mail', MAIL, null)
    await said(tx, lead, mail)
    const of = { accountId, leadId }
    const [mill, founded, , , need, budget, authority] = await storeFacts(tx, [
      fact(of, 'description', 'weaving mill in Cork', PAGE, 'a weaving mill in Cork', page),
      fact(of, 'founded', '1974', PAGE, 'founded in 1974', page),
      fact(of, 'employees', '120', PAGE, '120 people work in three shifts', page),
      fact(of, 'employees', '250', MAIL, 'We are 250 people by now', mail),
      fact(of, 'need', 'night shift without stops', MAIL, 'our night shift stands still twice a week', mail),
      fact(of, 'budget', '40,000 EUR', MAIL, 'we have set aside 40,000 EUR', mail),
      fact(
        of,
        'authority',
        'Ada with Piet, the plant manager',
        MAIL,
        'I decide this with Piet, our plant manager',
        mail,
      ),
      fact(of, 'customer', 'Tallis Yachts', PAGE, 'used by Tallis Yachts', page),
    ])
    await storeUnknowns(tx, { ...of, runId: null }, [
      { what: 'what they use today', question: 'Which systems do you use for this today?' },
    ])
    const key = `test:${leadId}`
    await storeBrief(tx, {
      key,
      leadId,
      by: 'model',
      runId: null,
      lines: [
        { section: 'who they are', text: 'A weaving mill in Cork, since 1974.', factIds: [mill, founded].map(String) },
        { section: 'why now', text: 'Their night shift stands still twice a week.', factIds: [String(need)] },
      ],
    })
    const met = (factor: Factor, id: string | undefined, reason: string): FactorAssessment => ({
      factor,
      status: 'met',
      factIds: [String(id)],
      reason,
      question: null,
    })
    await storeQualification(tx, key, leadId, null, {
      method: 'bant',
      verdict: 'qualified',
      factors: [
        met('need', need, 'They say what has to change.'),
        met('budget', budget, 'Money is set aside.'),
        met('authority', authority, 'She decides, with one other.'),
        {
          factor: 'timing',
          status: 'unknown',
          factIds: [],
          reason: 'No date is agreed.',
          question: 'By when exactly?',
        },
      ],
    })
    const part = (
      name: string,
      group: 'fit' | 'engagement',
      points: number,
      reason: string,
      factIds: string[] = [],
    ) => ({
      name,
      group,
      points,
      max: 20,
      status: 'known' as const,
      reason,
      factIds,
    })
    await storeScore(tx, {
      key,
      leadId,
      value: 76.5,
      fit: 40,
      engagement: 36.5,
      definitionId: null,
      runId: null,
      parts: [
        part('industry', 'fit', 20, 'textiles are close to our best customers'),
        part('company size', 'fit', 20, '250 people', [String(budget)]),
        part('reply', 'engagement', 36.5, 'she asked to see it'),
        { ...part('role', 'fit', 0, ''), status: 'unknown' },
      ],
    })
    await tx.run(
      `insert into field_suggestion (key, "table", record_id, field, value, quote, source_id) values ($1, 'lead', $2, 'campaign', '"Night shift"', $3, $4)`,
      [randomUUID(), leadId, 'our night shift stands still twice a week', mail],
    )
    await tx.run(
      `update lead set campaign = 'Spring fair', field_owners = '{"campaign":{"by":"person"}}' where id = $1`,
      [leadId],
    )
    await tx.run(`update contact set zone = 'America/New_York' where id = $1`, [contactId])
    const deal = await tx.row<{ id: string }>(
      `insert into deal (name, account_id, contact_id, lead_id, owner_id, pipeline_id, stage_id, amount_minor, currency, close_date, next_step)
       select $1, $2, $3, $4, $5, pipeline_id, id, 4000000, 'EUR', '2027-05-01', 'Show it on their night shift' from stage where name = 'proposal' returning id`,
      [`${name}: night shift`, accountId, contactId, leadId, system.people.rep.id],
    )
    return deal?.id ?? ''
  })
  return { ...lead, dealId }
}

const source = (tx: Tx, kind: 'page' | 'mail', text: string, accountId: string | null): Promise<string> =>
  storeSource(tx, {
    key: `${kind}:${randomUUID()}`,
    kind,
    text,
    accountId,
    url: kind === 'page' ? 'https://harbour-looms.example/about' : null,
    title: kind === 'page' ? 'About Harbour Looms' : null,
    fetchedAt: new Date(),
  })

/** A mail of theirs, as intake stores it. */
async function said(tx: Tx, { leadId, contactId }: LeadIds, sourceId: string): Promise<void> {
  const threadId = await ensureThread(tx, {
    key: randomUUID(),
    subject: 'Night shift',
    contactId,
    leadId,
    dealId: null,
    mailboxId: null,
  })
  const { id } = await storeMessage(tx, {
    messageId: `<${randomUUID()}@harbour-looms.example>`,
    direction: 'in',
    threadId,
    contactId,
    inReplyTo: null,
    refs: [],
    fromAddress: 'ada@harbour-looms.example',
    toAddresses: ['riva@ledgerline.example'],
    subject: 'Night shift',
    sourceId,
    raw: Buffer.from(MAIL),
    headers: {},
    at: new Date(),
    matchedBy: 'contact',
  })
  await tx.run(`update message set label = 'interested', label_by = 'rules', label_quote = $2 where id = $1`, [
    id,
    'Could you show us how it works?',
  ])
}

function fact(
  of: { accountId: string; leadId: string },
  kind: FactKind,
  value: string,
  text: string,
  quote: string,
  sourceId: string,
) {
  const start = text.indexOf(quote)
  return {
    ...of,
    kind,
    value,
    quote,
    sourceId,
    start,
    end: start + quote.length,
    by: 'model' as const,
    observedAt: new Date(),
  }
}
