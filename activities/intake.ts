/**
 * Reading a message that came in, once: label, qualification evidence and deal readings in one go. What the label demands for safety
 * (suppression, a dead address) happens here at once; every other reaction is a playbook's.
 */
import { read, type ReadResult } from '../agents/reader.ts'
import type { DealUpdate } from '../agents/rules/deal-updates.ts'
import type { Tx } from '../db/sql.ts'
import { messageById, storeReading, threadById, type Message } from '../db/stores/conversation.ts'
import { forCheck, sourceById, storeFacts, storeUnknowns, type StoredSource } from '../db/stores/evidence.ts'
import { announce, protect } from '../db/stores/heard.ts'
import { storeDealReadings, type DealReading } from '../db/stores/readings.ts'
import {
  accountById,
  contactById,
  createTask,
  openDealOf,
  openLeadOf,
  type Account,
  type Contact,
  type Deal,
  type Lead,
} from '../db/stores/records.ts'
import type { Deps } from './deps.ts'
import { agentContext } from './model.ts'

/** What the message is about, as far as known. */
interface About {
  message: Message
  source: StoredSource
  contact: Contact | null
  account: Account | null
  lead: Lead | null
  deal: Deal | null
}

export function intakeActivities(deps: Deps) {
  const { db } = deps
  return {
    async readMessage(input: { messageId: string }): Promise<void> {
      const message = await messageById(db, input.messageId)
      if (message.readAt) return
      const about = await gather(message)
      const { contact, account } = about
      const result = await read(
        {
          source: forCheck(about.source),
          subject: {
            name: account?.name ?? contact?.name ?? message.fromAddress,
            aliases: [],
            domain: account?.domain ?? null,
          },
          headers: message.headers,
        },
        agentContext(deps, { runId: null, stepKey: `message:${message.id}` }),
      )
      await db.tx(tx => keep(tx, about, result))
    },
  }

  async function gather(message: Message): Promise<About> {
    const source = await sourceById(db, message.sourceId)
    const contact = message.contactId ? await contactById(db, message.contactId) : null
    const account = contact?.accountId ? await accountById(db, contact.accountId) : null
    const thread = message.threadId ? await threadById(db, message.threadId) : null
    const lead = contact ? await openLeadOf(db, contact.id) : null
    const deal = contact
      ? await openDealOf(db, { leadId: thread?.leadId ?? lead?.id ?? null, contactId: contact.id })
      : null
    return { message, source, contact, account, lead, deal }
  }
}

/** Everything that follows from one reading, in one transaction: it is there as a whole or read again. */
async function keep(tx: Tx, about: About, result: ReadResult): Promise<void> {
  const { message, source, contact, account, lead } = about
  const { label } = result
  const first = await storeReading(tx, message.id, {
    label: label.label,
    labelBy: label.proof === 'headers' ? 'protocol' : label.proof === 'model' ? 'model' : 'rules',
    labelQuote: label.sentence ? source.text.slice(label.sentence.start, label.sentence.end) : null,
    labelMargin: label.margin,
    untilDate: result.until?.slice(0, 10) ?? null,
  })
  if (!first) return
  await storeFacts(
    tx,
    result.facts.map(({ claim, verdict }) => ({
      accountId: account?.id ?? null,
      contactId: contact?.id ?? null,
      leadId: lead?.id ?? null,
      kind: claim.kind,
      value: claim.value,
      quote: verdict.quote,
      sourceId: source.id,
      start: verdict.start,
      end: verdict.end,
      by: result.by,
      observedAt: source.fetchedAt,
    })),
  )
  if (lead) {
    await storeUnknowns(
      tx,
      { accountId: account?.id ?? null, leadId: lead.id, runId: null },
      result.unknown.map(({ factor, question }) => ({ what: factor, question })),
    )
  }
  await storeDealReadings(
    tx,
    result.updates.map(update => readingOf(update, about, result.by)),
  )
  await protect(tx, { messageId: message.id, label: label.label, contact, actor: 'worker' })
  await tell(tx, about, result)
}

function readingOf(update: DealUpdate, { message, source, contact }: About, by: 'model' | 'rules'): DealReading {
  const { quote, start, end } = update
  const at = { messageId: message.id, sourceId: source.id, contactId: contact?.id ?? null, quote, start, end, by }
  switch (update.field) {
    case 'amount':
      return { ...at, field: 'amount', value: { minor: update.minor, currency: update.currency } }
    case 'close_date':
      return { ...at, field: 'close_date', value: update.date }
    case 'decision_maker':
      return { ...at, field: 'decision_maker', value: update.name }
    case 'stage':
      return { ...at, field: 'stage', value: update.stage }
    case 'next_step':
      return { ...at, field: 'next_step', value: update.value }
  }
}

/** The event that playbooks react to; mail from nobody we know goes to a person. */
async function tell(tx: Tx, about: About, result: ReadResult): Promise<void> {
  const { message, contact, account, lead, deal } = about
  if (!contact) {
    await createTask(tx, {
      key: `unmatched:${message.id}`,
      title: `Whose message is this? ${message.subject}`.slice(0, 200),
      why: `from ${message.fromAddress}, who is nobody we know`,
      messageId: message.id,
    })
    return
  }
  await announce(tx, {
    messageId: message.id,
    label: result.label.label,
    margin: result.label.margin,
    until: result.until,
    updates: result.updates.length,
    human: result.human,
    contactId: contact.id,
    accountId: account?.id ?? null,
    leadId: lead?.id ?? null,
    dealId: deal?.id ?? null,
  })
}
