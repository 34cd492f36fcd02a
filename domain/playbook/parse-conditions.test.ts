import { describe, expect, it } from 'vitest'
import { catalogue } from './catalogue.fixture.ts'
import { withSteps } from './example.fixture.ts'
import { parsePlaybook } from './parse.ts'

/** Problems as `line:column message`. */
function problems(text: string): string[] {
  return parsePlaybook(text, 'p.yaml', catalogue).problems.map(one => `${one.line}:${one.column} ${one.message}`)
}

/** Problems of steps; line 5 is the first step's. */
const inSteps = (steps: string) => problems(withSteps(steps))

describe('conditions', () => {
  const when = (text: string) =>
    inSteps(
      `- { id: score, do: score }\n- { id: need, do: qualify }\n- choose:\n  - when: ${text}\n    steps: [{ end: x }]\n`,
    )
  const good = [
    "'score.value < 40.0'",
    "'score.value < 40'",
    "'score.value == 40 || score.value in [50, 60]'",
    "'score.value + 1 > score.fit * 2'",
    '\'need.verdict in ["qualified", "open"] && has(need.met)\'',
    '\'lead.tags.exists(tag, tag.startsWith("vip"))\'',
    "'!(account.employees >= 50) && size(lead.tags) > 0'",
    '"account.industry.contains(\\"bank\\")"',
  ]
  it.each(good)('takes %s', text => expect(when(text)).toEqual([]))

  const bad: [text: string, expected: string][] = [
    ["'score.vlaue < 40'", "8:18 'score' has no field 'vlaue'; did you mean 'value'?"],
    ["'1 == 1 && score.vlaue < 40'", "8:28 'score' has no field 'vlaue'; did you mean 'value'?"],
    ['"account.domain == \\"a\\" && account.x"', "8:47 'account' has no field 'x'"],
    ["'lead.source == ''it'' && leed.id == \"a\"'", "8:37 nothing is called 'leed' here; did you mean 'lead'?"],
    ["'scor.value < 40'", "8:12 nothing is called 'scor' here; did you mean 'score'?"],
    ["'score.value'", '8:12 a condition must be true or false, this is a number'],
    ['\'score.value < "a"\'', "8:12 '<' does not work between a number and a text"],
    ["'score == need'", "8:12 '==' does not work between the whole of 'score' and the whole of 'need'"],
    [
      '\'lead.source.matches("a+")\'',
      '8:12 matches() is refused: its regular expressions are unbounded; use contains(), startsWith() or endsWith()',
    ],
    [
      '\'lead.tags.exists(t, t.matches("a+"))\'',
      '8:32 matches() is refused: its regular expressions are unbounded; use contains(), startsWith() or endsWith()',
    ],
    ["'dyn(lead).x == 1'", '8:12 there is no function dyn()'],
    ['\'lead["source"] == "a"\'', '8:12 write a field with a dot: record.field'],
    ["'lead.source == null'", '8:27 null is not compared with: ask with has(record.field)'],
    ['\'{"a": true}.a\'', '8:12 maps are not part of the language'],
    ['\'need.verdict == "qualifed"\'', "8:28 'need.verdict' is never 'qualifed'; did you mean 'qualified'?"],
    [
      '\'need.verdict in ["open", "lost"]\'',
      "8:37 'need.verdict' is never 'lost': it is one of qualified, disqualified, open",
    ],
    ["'score.value >'", '8:25 cannot be read as a condition: Unexpected token: EOF'],
    [
      "'lead.tags.all(a, lead.tags.all(b, lead.tags.all(c, a == b)))'",
      '8:46 at most 2 of exists, all, filter and map inside each other',
    ],
    [`'${'score.value > 1 && '.repeat(40)}true'`, '8:12 a condition has at most 600 characters'],
    ['true', "8:11 'when' must be a condition in quotes, so it must be a text"],
    ['\'reply.label == "x"\'', "8:12 nothing is called 'reply' here"],
    ['\'constructor.name == "x"\'', "8:12 nothing is called 'constructor' here"],
    ['\'lead.constructor == "x"\'', "8:17 'lead' has no field 'constructor'"],
  ]
  it.each(bad)('refuses %s', (text, expected) => expect(when(text)).toEqual([expected]))

  it('finds the column in folded text', () => {
    expect(when('>\n      score.value < 1 &&\n      score.vlaue < 1')).toEqual([
      "10:13 'score' has no field 'vlaue'; did you mean 'value'?",
    ])
  })

  it('gives the event of a wait its own type', () => {
    const wait = (where: string) =>
      inSteps(`- { id: reply, wait: { for: message.received, where: '${where}', at_most: 1 day } }\n`)
    expect(wait('event.human && event.label == "question"')).toEqual([])
    expect(wait('event.stage == "won"')).toEqual(["5:61 'event' has no field 'stage'"])
  })

  it('lets a wait read none, and no other word that cannot come', () => {
    const after = (text: string) =>
      inSteps(
        `- { id: reply, wait: { for: message.received, at_most: 1 day } }\n- choose: [{ when: '${text}', steps: [{ end: x }] }]\n`,
      )
    expect(after('reply.label == "none" || reply.outcome == "happened" || reply.margin > 0.5')).toEqual([])
    expect(after('reply.label == "nonne"')).toEqual(["6:36 'reply.label' is never 'nonne'; did you mean 'none'?"])
  })

  it('knows a delay has no result', () => {
    const steps =
      '- { id: pause, wait: 1 day }\n- choose: [{ when: \'pause.outcome == "none"\', steps: [{ end: x }] }]\n'
    expect(inSteps(steps)).toEqual(["6:21 'pause' only lets time pass: it has no result"])
  })

  it('says nothing about uses of a step that is wrong itself', () => {
    const steps =
      '- { id: r, wait: { for: deal.chnged } }\n- { id: m, do: drft }\n- { id: s, propose: send_mail, with: { draft: m } }\n' +
      '- choose: [{ when: \'r.stage == "won" && m.by == "x"\', steps: [{ end: x }] }]\n'
    expect(inSteps(steps)).toEqual([
      "5:18 a wait needs 'at_most': without it the run might never end",
      "5:25 there is no event 'deal.chnged'; did you mean 'deal.changed'?",
      "6:16 there is nothing to do called 'drft'; did you mean 'draft'?",
    ])
  })

  it('says nothing about a condition whose step is of an unknown kind', () => {
    const steps = "- { id: s, do: scor }\n- choose: [{ when: 's.value > 1', steps: [{ end: x }] }]\n"
    expect(inSteps(steps)).toEqual(["5:16 there is nothing to do called 'scor'; did you mean 'score'?"])
  })
})

describe('what is set where', () => {
  const ask = (id: string) => `- choose: [{ when: '${id}.value > 1', steps: [{ end: x }] }]\n`

  it('is not a step of one branch only', () => {
    const steps = `- choose: [{ when: 'true', steps: [{ id: s, do: score }] }]\n${ask('s')}`
    expect(inSteps(steps)).toEqual(["6:21 's' is set at line 5, in a branch that may not have been taken"])
  })

  it('is not a step of another branch', () => {
    const steps =
      "- choose:\n  - { when: 'true', steps: [{ id: s, do: score }] }\n  - { when: 's.value > 1', steps: [{ end: x }] }\n"
    expect(inSteps(steps)).toEqual(["7:14 's' is set at line 6, in a branch that may not have been taken"])
  })

  it('is a step of the only branch that goes on', () => {
    const steps = `- choose: [{ when: 'true', steps: [{ end: y }] }, { else: [{ id: s, do: score }] }]\n${ask('s')}`
    expect(inSteps(steps)).toEqual([])
  })

  it('is a step of a repeat, since its first round always runs', () => {
    expect(inSteps(`- { repeat: 2, steps: [{ id: s, do: score }] }\n${ask('s')}`)).toEqual([])
  })

  it('is no step of the round before', () => {
    const steps = `- repeat: 2\n  steps:\n  ${ask('s')}  - { id: s, do: score }\n`
    expect(inSteps(steps)).toEqual(["7:23 's' is used before it is set at line 8"])
  })

  it('is nothing in the trigger’s own condition', () => {
    const text =
      "playbook: test\nlanguage: 1\non: { event: lead.created, when: 's.value > 1' }\nsteps:\n- { id: s, do: score }\n"
    expect(problems(text)).toEqual(["3:35 's' is used before it is set at line 5"])
  })
})
