/** Writes the brief and a mail whose every sentence is bound to facts, approved knowledge or a listed courtesy. One model call. */
import { write } from '../../agents/writer.ts'
import { checkMail } from '../../domain/evidence/mail.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { factsOf, unknownsOf, sourceById } from '../../db/stores/evidence.ts'
import { messagesOfThread, newestThreadWith } from '../../db/stores/conversation.ts'
import { newestQualification, storeBrief, storeDraft } from '../../db/stores/judgement.ts'
import { approvedKnowledge, mailboxOf, organisation, userById } from '../../db/stores/people.ts'
import { leadById } from '../../db/stores/records.ts'
import type { DoKind, StepContext } from '../kinds.ts'
import { agentContext, alive } from '../model.ts'
import { subjectOf } from '../research.ts'
import { needLead } from '../step.ts'

const KINDS = ['first_touch', 'follow_up', 'answer'] as const

export const draft: DoKind = {
  name: 'draft',
  verb: 'do',
  with: { kind: { type: 'string', oneOf: KINDS, required: true } },
  result: { draft: 'string', by: { oneOf: ['model', 'rules'] } },
  queue: 'model',
  async run(context) {
    const { db } = context.deps
    const lead = needLead(context)
    if (!context.contact?.email) {
      throw new DealwrightError(
        'bad_input',
        `Lead ${lead.id} has no e-mail address: add one to the contact, then resume the run.`,
      )
    }
    const input = await gather(context)
    const writing = write(input, agentContext(context.deps, { runId: context.run.id, stepKey: context.step.key }))
    const written = await alive(writing)
    return db.tx(async tx => {
      await storeBrief(tx, {
        key: context.key,
        leadId: lead.id,
        lines: written.brief,
        by: written.by,
        runId: context.run.id,
      })
      const id = await storeDraft(tx, {
        key: context.key,
        leadId: lead.id,
        contactId: context.contact?.id ?? null,
        threadId: input.thread.id,
        kind: input.kind,
        subject: written.mail.subject,
        body: written.mail.body,
        sentences: written.mail.sentences,
        by: written.by,
        generation: 0,
        runId: context.run.id,
      })
      return { draft: id, by: written.by }
    })
  },
}

async function gather(context: StepContext) {
  const { db } = context.deps
  const { contact, account } = context
  const lead = await leadById(db, needLead(context).id)
  const [facts, unknown, knowledge, qualification, org] = await Promise.all([
    factsOf(db, { accountId: account?.id ?? null, leadId: lead.id }),
    unknownsOf(db, { accountId: account?.id ?? null, leadId: lead.id }),
    approvedKnowledge(db),
    newestQualification(db, lead.id),
    organisation(db),
  ])
  const owner = lead.ownerId ? await userById(db, lead.ownerId) : null
  const mailbox = owner ? await mailboxOf(db, owner.id) : null
  const thread = contact ? await newestThreadWith(db, contact.id) : null
  const earlier = thread ? await messagesOfThread(db, thread.id) : []
  const texts = await Promise.all(
    earlier
      .slice(-6)
      .map(async message => ({ direction: message.direction, text: (await sourceById(db, message.sourceId)).text })),
  )
  const opening = lead.messageSourceId ? (await sourceById(db, lead.messageSourceId)).text : null
  return {
    kind: context.with.kind as (typeof KINDS)[number],
    subject: subjectOf(context),
    contact: {
      name: contact?.name ?? '',
      firstName: contact?.firstName ?? null,
      title: contact?.title ?? null,
      language: contact?.language ?? null,
    },
    sender: { name: owner?.name ?? mailbox?.name ?? org?.name ?? 'Sales', company: org?.name ?? '' },
    facts,
    unknown,
    knowledge,
    qualification,
    thread: { id: thread?.id ?? null, subject: thread?.subject ?? null, earlier: texts },
    opening,
    check: checkMail,
  }
}
