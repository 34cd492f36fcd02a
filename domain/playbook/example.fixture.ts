/** The playbook that the design of the language is explained by, and what tests need to run one. */
import type { Calendar } from '../calendar/calendar.ts'
import { catalogue } from './catalogue.fixture.ts'
import type { Playbook } from './model.ts'
import { parsePlaybook } from './parse.ts'

export const EXAMPLE = `playbook: inbound-lead
language: 1
on: { event: lead.created, when: 'lead.source == "form"', once_per: contact }
stop_on: [contact.suppressed, lead.closed]
retry: { attempts: 6, first: 2s, factor: 2, max: 5m }
budget: 0.50 USD
steps:
  - { id: facts, do: research, with: { max_pages: 8 } }
  - { id: need, do: qualify, with: { method: bant } }
  - { id: score, do: score }
  - choose:
      - when: 'score.value < 40.0'
        steps:
          - { id: park, propose: set_lead_status, with: { status: nurture } }
          - end: not_a_fit
  - { id: owner, do: route }
  - repeat: 3
    steps:
      - { id: mail, do: draft, with: { kind: follow_up } }
      - id: sent
        propose: send_mail
        with: { draft: mail }
        approve: { by: owner, escalate: { to: manager, after: 4 working hours }, expires: 1 working day }
      - choose:
          - when: 'sent.outcome != "done"'
            steps: [{ end: not_sent }]
      - { id: reply, wait: { for: message.received, where: 'event.human', at_most: 3 working days } }
      - choose:
          - when: 'reply.label in ["interested", "question"]'
            steps: [{ id: deal, propose: open_deal }, { end: replied }]
          - when: 'reply.label != "none"'
            steps: [{ end: answered_otherwise }]
  - end: no_answer
`

export const BERLIN: Calendar = {
  zone: 'Europe/Berlin',
  workingDays: [1, 2, 3, 4, 5],
  from: '09:00',
  to: '17:00',
  holidays: ['2026-12-25', '2026-12-26', '2027-01-01'],
}

export const TRIGGER = {
  lead: { id: 'lead-1', source: 'form', status: 'new' },
  contact: { id: 'contact-1', has_email: true },
  account: { id: 'account-1' },
}

/** A Monday morning in Berlin. */
export const MONDAY = '2026-11-23T09:00:00Z'

/** Parses against the test catalogue; a text with problems fails the test by naming them. */
export function playbookOf(text: string): Playbook {
  const { playbook, problems } = parsePlaybook(text, 'test.yaml', catalogue)
  if (!playbook) throw new Error(problems.map(one => `${one.line}:${one.column} ${one.message}`).join('\n'))
  return playbook
}

/** A playbook on `lead.created` with these steps, written as YAML list items without indentation. */
export function withSteps(steps: string): string {
  return `playbook: test\nlanguage: 1\non: { event: lead.created }\nsteps:\n${steps}`
}
