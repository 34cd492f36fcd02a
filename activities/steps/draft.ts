/** Writes the brief and a mail whose every sentence is bound to facts, approved knowledge or a listed courtesy. One model call. */
import { write, type WriteInput } from '../../agents/writer.ts'
import type { StoredFact } from '../../domain/evidence/mail.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { SIGNAL_KINDS } from '../../domain/evidence/types.ts'
import { type Prospect, withheld } from '../../domain/privacy/confidential.ts'
import { customersIn } from '../../db/stores/confidential.ts'
import { messagesOfThread, newestThreadWith, type Thread } from '../../db/stores/conversation.ts'
import { type Fact, factsOf, sourcesById } from '../../db/stores/evidence.ts'
import { newestQualification, storeBrief, storeDraft, toldTo } from '../../db/stores/judgement.ts'
import { approvedKnowledge, organisation, userById } from '../../db/stores/people.ts'
import { leadById } from '../../db/stores/records.ts'
import type { DoKind, StepContext } from '../kinds.ts'
import { agentContext } from '../model.ts'
import { needLead, subjectOf } from '../about.ts'

/** As playbooks say it, and as the writer does. */
const KINDS = { first_touch: 'first', follow_up: 'follow_up', answer: 'reply' } as const
const LANGUAGES = ['en', 'de', 'fr', 'es'] as const
/** What happened longer ago than this is no reason to write any more. */
const OLD_NEWS_MS = 365 * 86_400_000
const SIGNALS: ReadonlySet<string> = new Set(SIGNAL_KINDS)

export const draft: DoKind = {
  name: 'draft',
  verb: 'do',
  with: { kind: { type: 'string', oneOf: Object.keys(KINDS), required: true } },
  result: { draft: 'string', by: { oneOf: ['model', 'rules'] } },
  queue: 'model',
  async run(context) {
    const { db } = context.deps
    const lead = needLead(context)
    const kind = context.with.kind as keyof typeof KINDS
    if (!context.contact?.email) {
      throw new DealwrightError(
        'bad_input',
        `Lead ${lead.id} has no e-mail address: add one to its contact, then resume the run.`,
      )
    }
    const thread = await newestThreadWith(db, context.contact.id)
    const input = await gather(context, KINDS[kind], thread)
    const written = await write(input, agentContext(context.deps, { runId: context.run.id, stepKey: context.step.key }))
    const { mail } = written
    // Neither a fact nor an item of knowledge that a mail could rest on: the playbook says what then.
    if (!mail) return { draft: '', by: written.by }
    return db.tx(async tx => {
      await storeBrief(tx, {
        key: context.key,
        leadId: lead.id,
        lines: written.brief.lines,
        by: written.by,
        runId: context.run.id,
      })
      const id = await storeDraft(tx, {
        key: context.key,
        leadId: lead.id,
        contactId: context.contact?.id ?? null,
        threadId: thread?.id ?? null,
        kind,
        subject: mail.subject,
        body: mail.body,
        sentences: mail.checked.sentences,
        by: written.by,
        generation: 0,
        runId: context.run.id,
      })
      return { draft: id, by: written.by }
    })
  },
}

async function gather(context: StepContext, kind: WriteInput['kind'], thread: Thread | null): Promise<WriteInput> {
  const { db } = context.deps
  const { contact, account } = context
  const lead = await leadById(db, needLead(context).id)
  const [facts, knowledge, qualification, org, told] = await Promise.all([
    factsOf(db, { accountId: account?.id ?? null, leadId: lead.id }),
    approvedKnowledge(db),
    newestQualification(db, lead.id),
    organisation(db),
    toldTo(db, lead.id),
  ])
  const owner = lead.ownerId ? await userById(db, lead.ownerId) : null
  const subject = subjectOf(context)
  const sources = new Map(
    (await sourcesById(db, [...new Set(facts.map(fact => fact.sourceId))])).map(source => [source.id, source]),
  )
  const prospect: Prospect = {
    accountId: account?.id ?? null,
    contactId: contact?.id ?? null,
    leadId: lead.id,
    customers: await customersIn(
      db,
      facts.map(fact => `${fact.value}\n${fact.quote}`),
      account?.id ?? null,
    ),
  }
  const open = facts.filter(fact => {
    const source = sources.get(fact.sourceId)
    return source !== undefined && withheld({ ...fact, source }, prospect) === null
  })
  const stored = open.map((fact): StoredFact & { sourceId: string; at: string } => ({
    id: fact.id,
    kind: fact.kind,
    value: fact.value,
    quote: fact.quote,
    subject: subject.name,
    sourceId: fact.sourceId,
    at: fact.observedAt.toISOString(),
  }))
  stored.sort((a, b) => b.at.localeCompare(a.at))
  const isOld = (fact: Fact): boolean => {
    const day = fact.happenedOn ?? sources.get(fact.sourceId)?.dated ?? null
    return day !== null && SIGNALS.has(fact.kind) && Date.parse(day) < context.step.startedAt.getTime() - OLD_NEWS_MS
  }
  const isNoted = (fact: Fact): boolean => sources.get(fact.sourceId)?.kind === 'call_note'
  const ids = new Set(told.ids)
  return {
    kind,
    // In their language where we have something approved to say in it; half a mail in each would be worse.
    language:
      LANGUAGES.find(language => language === contact?.language && knowledge.some(item => item.lang === language)) ??
      'en',
    parties: {
      contact: { firstName: contact?.firstName ?? null, name: contact?.name ?? '' },
      company: subject.name,
      sender: { name: owner?.name ?? org?.name ?? '', company: org?.name ?? '' },
    },
    facts: stored,
    talkIds: new Set(stored.filter(fact => sources.get(fact.sourceId)?.kind !== 'page').map(fact => fact.id)),
    unquotedIds: new Set(open.filter(fact => isOld(fact) || isNoted(fact)).map(fact => fact.id)),
    told: { mails: told.mails, factIds: ids, knowledgeIds: ids },
    knowledge,
    qualification,
    message: kind === 'reply' && thread ? await lastMessage(context, thread) : null,
  }
}

/** What they wrote last: they themselves, and not marked internal. */
async function lastMessage(context: StepContext, thread: Thread): Promise<string | null> {
  const { db } = context.deps
  const last = (await messagesOfThread(db, thread.id)).findLast(
    message => message.direction === 'in' && message.contactId === context.contact?.id,
  )
  if (!last) return null
  const [source] = await sourcesById(db, [last.sourceId])
  return source && !source.internal ? source.text : null
}
