import { describe, expect, it } from 'vitest'
import { catalogue } from './catalogue.fixture.ts'
import { EXAMPLE, withSteps } from './example.fixture.ts'
import { parsePlaybook } from './parse.ts'

/** Problems as `line:column message`. */
function problems(text: string): string[] {
  return parsePlaybook(text, 'p.yaml', catalogue).problems.map(one => `${one.line}:${one.column} ${one.message}`)
}

/** Problems of steps; line 5 is the first step's. */
const inSteps = (steps: string) => problems(withSteps(steps))

const HEAD = 'playbook: test\nlanguage: 1\non: { event: lead.created }\n'
const STEPS = 'steps:\n- { id: a, do: score }\n'

describe('a sound playbook', () => {
  it('has no problems and is plain JSON', () => {
    const { playbook, problems } = parsePlaybook(EXAMPLE, 'example.yaml', catalogue)
    expect(problems).toEqual([])
    expect(JSON.parse(JSON.stringify(playbook))).toEqual(playbook)
    expect(playbook).toMatchObject({
      name: 'inbound-lead',
      on: { event: 'lead.created', when: 'lead.source == "form"', oncePer: 'contact' },
      stopOn: ['contact.suppressed', 'lead.closed'],
      retry: { attempts: 6, first: { amount: 2, unit: 'second' }, factor: 2, max: { amount: 5, unit: 'minute' } },
      budget: { minor: 50, currency: 'USD' },
    })
  })

  it('names the file in each problem', () => {
    expect(parsePlaybook('a: 1', 'playbooks/x.yaml', catalogue).problems[0]?.file).toBe('playbooks/x.yaml')
  })
})

describe('the top of the file', () => {
  const cases: [what: string, text: string, expected: string[]][] = [
    [
      'YAML that is none',
      'playbook: [a\n',
      ['2:1 Flow sequence in block collection must be sufficiently indented and end with a ]'],
    ],
    ['an empty file', '', ['1:1 the file is empty']],
    [
      'a list',
      '- a\n',
      ['1:1 a playbook must be a mapping with playbook, language, on, stop_on, retry, budget, steps'],
    ],
    [
      'missing keys',
      'playbook: x\n',
      ["1:1 a playbook needs 'language'", "1:1 a playbook needs 'on'", "1:1 a playbook needs 'steps'"],
    ],
    [
      'an unknown key',
      `${HEAD}budgit: 1 USD\n${STEPS}`,
      ["4:1 unknown key 'budgit' in a playbook; did you mean 'budget'?"],
    ],
    ['a key twice', `${HEAD}${STEPS}language: 1\n`, ['6:1 Map keys must be unique']],
    [
      'another language',
      `playbook: test\nlanguage: 2\non: { event: lead.created }\n${STEPS}`,
      ['2:11 this version of Dealwright knows playbook language 1 only: write language: 1'],
    ],
    [
      'a bad name',
      `playbook: Test It\nlanguage: 1\non: { event: lead.created }\n${STEPS}`,
      ['1:11 a playbook is named in small letters, digits and dashes, such as inbound-lead'],
    ],
    [
      'an unknown event',
      `playbook: test\nlanguage: 1\non: { event: lead.creatd }\n${STEPS}`,
      ["3:14 there is no event 'lead.creatd'; did you mean 'lead.created'?"],
    ],
    [
      'a record the event does not bring',
      `playbook: test\nlanguage: 1\non: { event: lead.created, once_per: deal }\n${STEPS}`,
      ["3:38 'lead.created' brings no record 'deal': it brings lead, contact, account"],
    ],
    [
      'a stop that does not exist',
      `${HEAD}stop_on: [lead.closed, lead.clsed, lead.closed]\n${STEPS}`,
      ["4:24 there is no event 'lead.clsed'; did you mean 'lead.closed'?", "4:36 'lead.closed' is listed twice"],
    ],
    ['a budget without currency', `${HEAD}budget: 0.50\n${STEPS}`, ["4:9 'budget' must be a text"]],
    [
      'a budget with a sign',
      `${HEAD}budget: $0.50\n${STEPS}`,
      ["4:9 'budget' must be an amount and a currency, such as 0.50 USD, not '$0.50'"],
    ],
    [
      'a bad retry',
      `${HEAD}retry: { attempts: 0, first: 2 days, factor: x, max: soon, twice: 1 }\n${STEPS}`,
      [
        "4:20 'attempts' must be a whole number from 1 to 20",
        "4:30 'first' must be in seconds, minutes or hours",
        "4:46 'factor' must be a number from 1 to 10",
        "4:54 'max': 'soon' is no duration: write a whole number and a unit, such as 30s, 90 minutes, 2 days, 4 working hours, 3 working days",
        "4:60 unknown key 'twice' in 'retry': it has attempts, first, factor, max",
      ],
    ],
    [
      'a trigger condition that is not boolean',
      `playbook: test\nlanguage: 1\non: { event: lead.created, when: 'lead.source' }\n${STEPS}`,
      ['3:35 a condition must be true or false, this is a text'],
    ],
    [
      'a trigger condition without quotes',
      `playbook: test\nlanguage: 1\non: { event: lead.created, when: true }\n${STEPS}`,
      ["3:34 'when' must be a condition in quotes, so it must be a text"],
    ],
    [
      'a wait for what stops the playbook',
      `${HEAD}stop_on: [lead.closed]\nsteps:\n- { id: a, wait: { for: lead.closed, at_most: 1 day } }\n`,
      ["6:25 'lead.closed' stops the playbook, so no step can see it"],
    ],
    ['no steps', `${HEAD}steps: []\n`, ['4:8 a list of steps must not be empty']],
  ]
  it.each(cases)('%s', (_, text, expected) => expect(problems(text)).toEqual(expected))
})

describe('steps', () => {
  const cases: [what: string, steps: string, expected: string[]][] = [
    [
      'an unknown action',
      '- { id: a, propose: send_mial }\n',
      ["5:21 there is nothing to propose called 'send_mial'; did you mean 'send_mail'?"],
    ],
    ['the wrong verb', '- { id: a, do: open_deal }\n', ["5:16 'open_deal' is something to propose, not to do"]],
    [
      'a misspelt form',
      '- { id: a, propse: open_deal }\n',
      ["5:12 unknown key 'propse' in a step; did you mean 'propose'?"],
    ],
    ['no form', '- { id: a }\n', ['5:3 a step has one of do, propose, choose, repeat, wait, end']],
    [
      'two forms',
      '- { id: a, do: score, end: x }\n',
      ['5:3 a step has one of do, propose, choose, repeat, wait, end, not do and end'],
    ],
    ['a key of another form', '- { id: a, do: score, approve: { by: owner } }\n', ["5:23 'do' has no 'approve'"]],
    ['no id', '- { do: score }\n', ["5:3 this step needs an 'id'"]],
    [
      'a duplicate id',
      '- { id: a, do: score }\n- { id: a, do: route }\n',
      ["6:9 the id 'a' is already used at line 5"],
    ],
    [
      'an id with capitals',
      '- { id: Ab, do: score }\n',
      ["5:9 'Ab' is no id: small letters, digits and _, beginning with a letter, at most 40"],
    ],
    ['a reserved id', '- { id: event, do: score }\n', ["5:9 'event' is a word of the language: choose another id"]],
    ['an id like a record', '- { id: lead, do: score }\n', ["5:9 'lead' is a record here: choose another id"]],
    [
      'a prototype name as kind',
      '- { id: a, do: constructor }\n',
      [
        "5:16 there is nothing to do called 'constructor': there are research, qualify, score, route, draft, read_message, apply_reply",
      ],
    ],
    [
      'a wrong argument key',
      '- { id: a, do: research, with: { max_page: 3 } }\n',
      ["5:34 unknown key 'max_page' in 'with' of research; did you mean 'max_pages'?"],
    ],
    [
      'a wrong argument type',
      "- { id: a, do: research, with: { max_pages: '3' } }\n",
      ["5:45 'max_pages' must be a number from 1 to 20"],
    ],
    [
      'an argument out of range',
      '- { id: a, do: research, with: { max_pages: 21 } }\n',
      ["5:45 'max_pages' must be a number from 1 to 20"],
    ],
    [
      'a word that is none of the choices',
      '- { id: a, do: draft, with: { kind: folow_up } }\n',
      ["5:37 'kind' cannot be 'folow_up'; did you mean 'follow_up'?"],
    ],
    ['a missing argument', '- { id: a, propose: send_mail }\n', ["5:3 'send_mail' needs 'draft' under 'with'"]],
    [
      'arguments where none are taken',
      '- { id: a, do: score, with: { x: 1 } }\n',
      ["5:23 'score' takes nothing under 'with'"],
    ],
    [
      'a boolean that is none',
      '- { id: a, propose: create_task, with: { title: x, urgent: maybe } }\n',
      ["5:60 'urgent' must be true or false"],
    ],
    [
      'a due date that is no duration',
      '- { id: a, propose: create_task, with: { title: x, due: monday } }\n',
      [
        "5:57 'due': 'monday' is no duration: write a whole number and a unit, such as 30s, 90 minutes, 2 days, 4 working hours, 3 working days",
      ],
    ],
    [
      'a step of the wrong kind',
      '- { id: s, do: score }\n- { id: a, propose: send_mail, with: { draft: s } }\n',
      ["6:47 's' is no step of kind draft"],
    ],
    [
      'a step that does not exist',
      '- { id: mail, do: draft, with: { kind: answer } }\n- { id: a, propose: send_mail, with: { draft: mial } }\n',
      ["6:47 no step is called 'mial'; did you mean 'mail'?"],
    ],
    [
      'a step used before it is set',
      '- { id: a, propose: send_mail, with: { draft: mail } }\n- { id: mail, do: draft, with: { kind: answer } }\n',
      ["5:47 'mail' is used before it is set at line 6"],
    ],
    [
      'a bad approver',
      '- { id: a, propose: open_deal, approve: { by: boss, escalate: { to: owner }, expires: 0 days } }\n',
      [
        "5:47 'by' must be one of owner, manager, ops, two people, two managers, two ops",
        "5:63 'escalate' needs 'to' and 'after'",
        "5:87 'expires': a duration must be longer than zero",
      ],
    ],
    [
      'a withdrawal without an event',
      "- { id: a, propose: open_deal, unless: { where: 'true' } }\n",
      ["5:40 'unless' needs the 'event' that withdraws the proposal"],
    ],
    [
      'a withdrawal by what the event does not tell',
      "- { id: a, propose: open_deal, unless: { event: lead.closed, where: 'event.human' } }\n",
      ["5:76 'event' has no field 'human'"],
    ],
    [
      'a withdrawal of what is no proposal',
      '- { id: a, do: score, unless: { event: lead.closed } }\n',
      ["5:23 'do' has no 'unless'"],
    ],
    [
      'a wait without at_most',
      '- { id: a, wait: { for: deal.changed } }\n',
      ["5:18 a wait needs 'at_most': without it the run might never end"],
    ],
    [
      'a wait for nothing',
      '- { id: a, wait: { at_most: 1 day } }\n',
      ["5:18 a wait needs the event it is 'for', or is a duration alone"],
    ],
    [
      'a wait for an unknown event',
      '- { id: a, wait: { for: deal.chnged, at_most: 1 day } }\n',
      ["5:25 there is no event 'deal.chnged'; did you mean 'deal.changed'?"],
    ],
    [
      'a delay that is no duration',
      '- { id: a, wait: a while }\n',
      [
        "5:18 'wait': 'a while' is no duration: write a whole number and a unit, such as 30s, 90 minutes, 2 days, 4 working hours, 3 working days",
      ],
    ],
    [
      'a repeat without a count',
      '- { repeat: , steps: [{ end: x }] }\n',
      ["5:13 'repeat' must be a whole number from 1 to 100"],
    ],
    [
      'a repeat that is too long',
      '- { repeat: 101, steps: [{ end: x }] }\n',
      ["5:13 'repeat' must be a whole number from 1 to 100"],
    ],
    ['a repeat of nothing', '- { repeat: 2 }\n', ["5:3 'repeat' needs 'steps'", "5:3 'steps' must be a list"]],
    ['an empty choose', '- { choose: [] }\n', ["5:13 'choose' needs at least one branch"]],
    ['an empty branch', "- { choose: [{ when: 'true', steps: [] }] }\n", ['5:37 a list of steps must not be empty']],
    [
      'a branch without when',
      '- { choose: [{ steps: [{ end: x }] }] }\n',
      ["5:14 a branch needs 'when' and 'steps', or 'else'"],
    ],
    [
      'else before the last',
      "- { choose: [{ else: [{ end: x }] }, { when: 'true', steps: [{ end: y }] }] }\n",
      ["5:38 never reached: 'else' must be the last branch"],
    ],
    [
      'steps after end',
      '- { end: x }\n- { id: a, do: score }\n- { id: b, do: score }\n',
      ['6:3 never reached: every way through the steps before it ends the run'],
    ],
    [
      'steps after a choose that always ends',
      "- { choose: [{ when: 'true', steps: [{ end: x }] }, { else: [{ end: y }] }] }\n- { end: z }\n",
      ['6:3 never reached: every way through the steps before it ends the run'],
    ],
    [
      'an outcome that is the engine’s',
      '- { end: stopped }\n',
      ["5:10 'stopped' is no outcome: small letters, digits and _, and none of finished, stopped, cancelled"],
    ],
  ]
  it.each(cases)('%s', (_, steps, expected) => expect(inSteps(steps)).toEqual(expected))
})
