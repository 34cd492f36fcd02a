/** Random sound playbooks: a tree is drawn, then ids and conditions are filled in so that each reads only what is set. */
import * as fc from 'fast-check'
import { stringify } from 'yaml'

type Tree =
  | { form: 'do' | 'propose' | 'wait' | 'delay'; pick: number }
  | { form: 'choose'; branches: { pick: number; steps: Tree[] }[]; otherwise: Tree[] | null; ends: boolean[] }
  | { form: 'repeat'; times: number; steps: Tree[] }

const leaf: fc.Arbitrary<Tree> = fc.record({
  form: fc.constantFrom('do' as const, 'propose' as const, 'wait' as const, 'delay' as const),
  pick: fc.nat(1000),
})

const { list } = fc.letrec<{ list: Tree[]; tree: Tree; choose: Tree; repeat: Tree }>(tie => ({
  list: fc.array(tie('tree'), { minLength: 1, maxLength: 3, depthIdentifier: 'steps' }),
  tree: fc.oneof(
    { maxDepth: 3, depthIdentifier: 'steps' },
    { weight: 4, arbitrary: leaf },
    { weight: 2, arbitrary: tie('choose') },
    { weight: 1, arbitrary: tie('repeat') },
  ),
  choose: fc.record({
    form: fc.constant('choose' as const),
    branches: fc.array(fc.record({ pick: fc.nat(1000), steps: tie('list') }), { minLength: 1, maxLength: 2 }),
    otherwise: fc.option<Tree[]>(tie('list')),
    ends: fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }),
  }),
  repeat: fc.record({
    form: fc.constant('repeat' as const),
    times: fc.integer({ min: 1, max: 3 }),
    steps: tie('list'),
  }),
}))

/** The YAML text of a playbook without mistakes. */
export const playbookText: fc.Arbitrary<string> = list.map(steps => {
  const writer = new Writer()
  return stringify({
    playbook: 'random',
    language: 1,
    on: { event: 'lead.created' },
    stop_on: ['contact.suppressed', 'lead.closed'],
    steps: writer.list(steps, []),
  })
})

/** A step that conditions may read, and conditions over it, one of which can break while running. */
const CONDITIONS: Record<string, (id: string) => string[]> = {
  do: id => [`${id}.value > 50`, `has(${id}.fit) && ${id}.fit == 1`, `1 / int(${id}.engagement) > 0`],
  propose: id => [`${id}.outcome == "done"`, `${id}.outcome in ["refused", "withdrawn"]`],
  wait: id => [`${id}.label == "none"`, `${id}.outcome == "happened" && ${id}.human`],
}

class Writer {
  #next = 0

  list(trees: readonly Tree[], set: readonly [string, string][]): unknown[] {
    const known = [...set]
    return trees.map(tree => {
      if (tree.form === 'choose') return this.#choose(tree, known)
      if (tree.form === 'repeat') return { repeat: tree.times, steps: this.list(tree.steps, known) }
      const id = `s${this.#next++}`
      const step = writeLeaf(tree.form, id, tree.pick)
      if (tree.form !== 'delay') known.push([tree.form, id])
      return step
    })
  }

  #choose(tree: Extract<Tree, { form: 'choose' }>, known: readonly [string, string][]): unknown {
    const block = (steps: readonly Tree[], ends: boolean | undefined) => [
      ...this.list(steps, known),
      ...(ends ? [{ end: 'early' }] : []),
    ]
    const branches: unknown[] = tree.branches.map(({ pick, steps }, at) => ({
      when: condition(pick, known),
      steps: block(steps, tree.ends[at]),
    }))
    // A last branch that goes on, so that what follows can be reached.
    if (tree.otherwise) branches.push({ else: block(tree.otherwise, false) })
    return { choose: branches }
  }
}

function condition(pick: number, known: readonly [string, string][]): string {
  const choices = ['lead.source == "form"', '!has(lead.status)', 'account.employees < 10 || lead.source == "list"']
  for (const [form, id] of known) choices.push(...(CONDITIONS[form]?.(id) ?? []))
  return choices[pick % choices.length] ?? 'true'
}

function writeLeaf(form: 'do' | 'propose' | 'wait' | 'delay', id: string, pick: number): unknown {
  switch (form) {
    case 'do':
      return { id, do: 'score' }
    case 'propose':
      return {
        id,
        propose: 'create_task',
        with: { title: 'Call', due: '2 working days' },
        approve: { by: 'manager', expires: '1 working day' },
        ...(pick % 3 ? {} : { unless: { event: 'message.received', where: 'event.label == "question"' } }),
      }
    case 'wait':
      return {
        id,
        wait: {
          for: 'message.received',
          ...(pick % 2 ? { where: 'event.human' } : {}),
          at_most: `${1 + (pick % 3)} working days`,
        },
      }
    default:
      return { id, wait: `${1 + (pick % 5)} hours` }
  }
}

/** One thing that reaches a run, drawn before it is known where the run stands. */
export type Blow =
  | { kind: 'result'; value: number; outcome: string }
  | { kind: 'fail' | 'time' | 'resume' | 'skip' | 'unknown_key' }
  | { kind: 'again'; pick: number }
  | { kind: 'message'; id: number; human: boolean | null; label: string }
  | { kind: 'other' | 'stop' | 'cancel' }

const usual: fc.Arbitrary<Blow> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      kind: fc.constant('result' as const),
      value: fc.integer({ min: 0, max: 100 }),
      outcome: fc.constantFrom('done', 'refused', 'expired', 'superseded', 'failed'),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('time' as const) }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom('fail' as const, 'resume' as const, 'skip' as const, 'unknown_key' as const),
    }),
  },
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('again' as const), pick: fc.nat(1000) }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('message' as const),
      id: fc.nat(8),
      human: fc.option(fc.boolean()),
      label: fc.constantFrom('interested', 'question', 'out_of_office'),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('other' as const) }) },
)

export const blows = fc.array(usual, { maxLength: 60 })
export const ending = fc.constantFrom<Blow>({ kind: 'stop' }, { kind: 'cancel' })
