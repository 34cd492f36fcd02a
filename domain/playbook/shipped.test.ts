import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { MESSAGE_LABELS, type MessageLabel } from '../message/types.ts'
import { BERLIN, MONDAY, playbookOf } from './example.fixture.ts'
import { triggers } from './interpreter.ts'
import { type Answer, type Occurrence, rehearse } from './memory-driver.ts'
import type { Json, JsonObject } from './types.ts'

function shipped(name: string) {
  return playbookOf(readFileSync(new URL(`../../playbooks/${name}.yaml`, import.meta.url), 'utf8'))
}

/** Answers by step kind; every proposal is done unless said otherwise. */
function rehearsed(
  name: string,
  trigger: JsonObject,
  answers: Record<string, JsonObject> = {},
  occurrences: Occurrence[] = [],
) {
  const usual: Record<string, JsonObject> = {
    score: { value: 70 },
    qualify: { verdict: 'open' },
    route: { owner: 'user-1' },
    draft: { draft: 'draft-1', by: 'model' },
    ...answers,
  }
  const respond = ({ type, kind }: { type: string; kind: string }): Answer => ({
    result: { ...(type === 'propose' ? { outcome: 'done' } : {}), ...usual[kind] },
  })
  const { state, trace } = rehearse({
    playbook: shipped(name),
    trigger,
    calendar: BERLIN,
    startAt: MONDAY,
    respond,
    occurrences,
  })
  const work = trace.flatMap(({ commands }) =>
    commands.flatMap(one => (one.type === 'act' || one.type === 'propose' ? [one.kind] : [])),
  )
  return { outcome: state.outcome ?? state.paused?.message, work, state }
}

const lead = {
  lead: { id: 'lead-1', status: 'new' },
  contact: { id: 'contact-1', has_email: true },
  account: { id: 'account-1' },
}

function message(at: string, label: MessageLabel, human: boolean): Occurrence {
  return { at, event: { type: 'happened', id: `m-${at}`, name: 'message.received', fields: { label, human } } }
}

describe('inbound-lead', () => {
  const run = (answers: Record<string, JsonObject> = {}, occurrences: Occurrence[] = [], trigger: JsonObject = lead) =>
    rehearsed('inbound-lead', trigger, answers, occurrences)
  const toOwner = ['research', 'qualify', 'score', 'route']

  it('begins for new leads only', () => {
    expect(triggers(shipped('inbound-lead'), lead)).toBe(true)
    expect(triggers(shipped('inbound-lead'), { lead: { status: 'working' } })).toBe(false)
  })

  it('writes three times and then lets the lead rest', () => {
    const { outcome, work } = run()
    expect(outcome).toBe('no_answer')
    expect(work).toEqual([
      ...toOwner,
      'draft',
      'send_mail',
      'draft',
      'send_mail',
      'draft',
      'send_mail',
      'set_lead_status',
    ])
  })

  it('parks what does not fit, and not what is unknown', () => {
    expect(run({ score: { value: 39.9 } })).toMatchObject({
      outcome: 'not_a_fit',
      work: ['research', 'qualify', 'score', 'set_lead_status'],
    })
    expect(run({ qualify: { verdict: 'disqualified' } }).outcome).toBe('not_a_fit')
    expect(run({ score: {}, qualify: {} }).outcome).toBe('no_answer')
  })

  it('gives a person what it cannot go on with', () => {
    expect(run({ route: { owner: '' } })).toMatchObject({ outcome: 'no_owner', work: [...toOwner, 'create_task'] })
    const unreachable: Json[] = [{ id: 'c', has_email: false }, { id: 'c' }, null]
    for (const contact of unreachable) {
      expect(run({}, [], { ...lead, contact })).toMatchObject({
        outcome: 'no_address',
        work: [...toOwner, 'create_task'],
      })
    }
  })

  it('stops writing when the mail was refused or a person answers', () => {
    expect(run({ send_mail: { outcome: 'refused' } }).outcome).toBe('not_sent')
    expect(run({}, [message('2026-11-24T10:00:00Z', 'question', true)])).toMatchObject({
      outcome: 'answered',
      work: [...toOwner, 'draft', 'send_mail'],
    })
    expect(
      run({}, [message('2026-11-30T10:00:00Z', 'not_now', true)]).work.filter(kind => kind === 'send_mail'),
    ).toHaveLength(2)
  })

  it('does not send what waits for approval when a person writes meanwhile', () => {
    const early = message('2026-11-23T08:59:59Z', 'question', true)
    const { work, outcome } = rehearsed('inbound-lead', lead, {}, [{ ...early, at: MONDAY }])
    expect({ outcome, sent: work.includes('send_mail') }).toEqual({ outcome: 'answered', sent: false })
  })

  it('goes on after an automatic answer', () => {
    expect(run({}, [message('2026-11-24T10:00:00Z', 'out_of_office', false)]).outcome).toBe('no_answer')
  })
})

describe('reply-received', () => {
  const run = (label: MessageLabel, changes: JsonObject = {}, answers: Record<string, JsonObject> = {}) =>
    rehearsed('reply-received', { ...lead, message: 'm1', label, human: true, updates: 0, ...changes }, answers)

  const expected: Record<MessageLabel, [outcome: string, work: string[]]> = {
    interested: ['answered', ['qualify', 'open_deal', 'draft', 'send_mail']],
    question: ['answered', ['qualify', 'draft', 'send_mail']],
    referral: ['referred', ['create_task']],
    not_now: ['later', ['set_lead_status', 'create_task']],
    not_interested: ['closed', ['set_lead_status']],
    unsubscribe: ['closed', ['set_lead_status']],
    out_of_office: ['automatic', []],
    left_company: ['left', ['create_task']],
    bounce_hard: ['closed', ['set_lead_status']],
    bounce_soft: ['automatic', []],
    complaint: ['closed', ['create_task', 'set_lead_status']],
    auto_reply: ['automatic', []],
    other: ['to_a_person', ['create_task']],
  }

  it.each(MESSAGE_LABELS)('knows what follows from %s', label => {
    const [outcome, work] = expected[label]
    expect(run(label)).toMatchObject({ outcome, work })
  })

  it('writes to the deal what the message says of it', () => {
    const deal = { id: 'deal-1', open: true }
    expect(run('question', { deal, updates: 2 }).work).toEqual(['qualify', 'update_deal', 'draft', 'send_mail'])
    expect(run('interested', { deal, updates: 0 }).work).toEqual(['qualify', 'draft', 'send_mail'])
    expect(run('interested', { updates: 1 }).work).toEqual([
      'qualify',
      'open_deal',
      'update_deal',
      'draft',
      'send_mail',
    ])
    expect(run('question', { updates: 1 }).work).toEqual(['qualify', 'draft', 'send_mail'])
  })

  it('does not write to a deal that was not opened', () => {
    const { work } = run('interested', { updates: 1 }, { open_deal: { outcome: 'refused' } })
    expect(work).toEqual(['qualify', 'open_deal', 'draft', 'send_mail'])
  })

  it('hands over to a person what was not sent or does not qualify', () => {
    expect(run('question', {}, { send_mail: { outcome: 'expired' } })).toMatchObject({
      outcome: 'to_a_person',
      work: ['qualify', 'draft', 'send_mail', 'create_task'],
    })
    expect(run('question', {}, { qualify: { verdict: 'disqualified' } })).toMatchObject({
      outcome: 'not_a_fit',
      work: ['qualify', 'create_task'],
    })
  })

  it('hands over to a person what belongs to no lead or was not read', () => {
    expect(run('question', { lead: null })).toMatchObject({ outcome: 'unknown_sender', work: ['create_task'] })
    expect(run('other', { label: null })).toMatchObject({ outcome: 'to_a_person', work: ['create_task'] })
  })
})
