/** Mails for tests of the gate: proposed by the real step, decided and sent step by step, with no workflow in between. */
import { pino } from 'pino'
import { createRun } from '../../db/stores/runs.ts'
import { storeDraft } from '../../db/stores/judgement.ts'
import { actionById, type Action } from '../../db/stores/actions.ts'
import type { Duration } from '../../domain/calendar/duration.ts'
import { createDecider } from '../../server/decider.ts'
import type { LeadIds, Person, System } from '../support/system.ts'

const PLAYBOOK = `
playbook: gate-probe
language: 1
on: { event: lead.created }
steps:
  - { id: opening, do: draft, with: { kind: first_touch } }
  - { id: sent, propose: send_mail, with: { draft: opening } }
  - end: over
`

export interface Proposed {
  id: string
  runId: string
  key: string
}

export interface Terms {
  by?: 'owner' | 'manager' | 'ops'
  expiresAt?: Date
  escalateAt?: Date
  escalateTo?: 'manager' | 'ops'
  escalateAfter?: Duration
  /** What drafted it. Default the model. */
  drafted?: 'model' | 'rules'
  /** What the playbook's `approve:` says besides. */
  always?: true
  people?: 2
  notByMaker?: true
}

/** A proposed mail to the lead's contact; each call is a run of its own. */
export async function proposeMail(system: System, lead: LeadIds, terms: Terms = {}): Promise<Proposed> {
  const { db } = system
  const versionId = await system.publish(PLAYBOOK)
  const eventId = await system.happen('lead.created', lead)
  const runId = await db.tx(async tx => {
    const id = await createRun(tx, {
      playbook: 'gate-probe',
      versionId,
      eventId,
      onceKey: `event:${eventId}`,
      ...lead,
      dealId: null,
      zone: 'UTC',
      country: null,
    })
    const draft = await storeDraft(tx, {
      key: `${id}/opening#1`,
      ...lead,
      threadId: null,
      kind: 'first_touch',
      subject: 'A word about your night shift',
      body: 'Good morning,\n\nmay I show you how others plan theirs?',
      sentences: [],
      by: terms.drafted ?? 'model',
      generation: 0,
      runId: id,
    })
    await tx.run(
      `insert into step_run (run_id, key, kind, verb, "with") values ($1, 'sent#1', 'send_mail', 'propose', $2)`,
      [
        id,
        JSON.stringify({
          with: { draft: { key: 'opening#1', result: { draft } } },
          approve: {
            by: terms.by ?? 'owner',
            always: terms.always,
            people: terms.people,
            notByMaker: terms.notByMaker,
            expiresAt: terms.expiresAt?.toISOString() ?? null,
            escalateAt: terms.escalateAt?.toISOString() ?? null,
            escalateTo: terms.escalateTo ?? null,
            escalateAfter: terms.escalateAfter ?? null,
          },
        }),
      ],
    )
    return id as string
  })
  const { actionId } = await system.activities.propose({ runId, key: 'sent#1' })
  return { id: actionId ?? '', runId, key: 'sent#1' }
}

/** One turn of the policy. */
export const policyTurn = (system: System): Promise<number> =>
  createDecider(system.db, system.privateKey, pino({ level: 'silent' }))()

/** Proposed, put before a person, approved through the API. */
export async function approvedMail(system: System, lead: LeadIds, terms: Terms = {}): Promise<Proposed> {
  const mail = await proposeMail(system, lead, terms)
  await policyTurn(system)
  await approve(system, system.people.rep, mail.id)
  return mail
}

export async function approve(system: System, who: Person, id: string): Promise<void> {
  const { status, json } = await system.call(who, `/api/actions/${id}/approve`, {})
  if (status !== 200) throw new Error(`approval was answered with ${status}: ${JSON.stringify(json)}`)
}

export const current = (system: System, { id }: { id: string }): Promise<Action> => actionById(system.db, id)

/** What an intruder with the superuser's rights does: no trigger stands in the way. */
export async function tamper(system: System, text: string, values: unknown[] = []): Promise<void> {
  const touched = await system.admin.tx(async tx => {
    await tx.run(`set local session_replication_role = replica`)
    return tx.run(text, values)
  })
  if (touched !== 1) throw new Error(`the tampering touched ${touched} rows`)
}
