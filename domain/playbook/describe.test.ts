import { expect, it } from 'vitest'
import { describePlaybook } from './describe.ts'
import { EXAMPLE, playbookOf, withSteps } from './example.fixture.ts'

it('tells a playbook step by step', () => {
  const { heading, lines } = describePlaybook(playbookOf(EXAMPLE))
  expect(heading).toBe(
    'inbound-lead: on lead.created, when lead.source == "form", once for each contact, until contact.suppressed or lead.closed',
  )
  expect(lines.map(one => `${'  '.repeat(one.depth)}${one.text}`)).toEqual([
    'research (max_pages: 8)',
    'qualify (method: bant)',
    'score',
    'if score.value < 40.0',
    '  propose set_lead_status (status: nurture), approved by owner',
    '  end: not_a_fit',
    'route',
    'up to 3 times',
    '  draft (kind: follow_up)',
    '  propose send_mail (draft: mail), approved by owner within 1 working day',
    '  if sent.outcome != "done"',
    '    end: not_sent',
    '  wait for message.received where event.human, at most 3 working days',
    '  if reply.label in ["interested", "question"]',
    '    propose open_deal, approved by owner',
    '    end: replied',
    '  else if reply.label != "none"',
    '    end: answered_otherwise',
    'end: no_answer',
  ])
  const unless = withSteps('- { id: a, propose: open_deal, unless: { event: lead.closed } }\n')
  expect(describePlaybook(playbookOf(unless)).lines[0]?.text).toBe(
    'propose open_deal, approved by owner, unless lead.closed',
  )
  expect(lines.find(one => one.id === 'sent')?.line).toBe(20)
})
