/** A playbook as it is drawn: its steps, branches and rounds in plain words, each with its line and what it stands in. */
import { formatDuration } from '../calendar/duration.ts'
import { askInWords } from '../policy/asks.ts'
import type { Approve, Argument, Playbook, Statement } from './model.ts'

export const FLOW_FORMS = ['start', 'do', 'propose', 'wait', 'delay', 'choose', 'branch', 'repeat', 'end'] as const
export type FlowForm = (typeof FLOW_FORMS)[number]

export interface FlowRow {
  /** Its place in the list, which is in the order of the file. */
  id: number
  /** The choose, branch or repeat that it stands in; null: none. */
  parent: number | null
  form: FlowForm
  /** Where it begins in the file, from 1. */
  line: number
  /** The step's id; null for what has none. */
  step: string | null
  title: string
  about: string | null
}

/** The first row is what begins the playbook. */
export function flowOf(playbook: Playbook): FlowRow[] {
  const rows: FlowRow[] = []
  const add = (row: Omit<FlowRow, 'id'>): number => rows.push({ id: rows.length, ...row }) - 1
  const { event, when, oncePer } = playbook.on
  const once = oncePer === null ? null : `once for each ${oncePer}`
  add({
    parent: null,
    form: 'start',
    line: 1,
    step: null,
    title: `When ${happening(event)}`,
    about: joined([when === null ? null : `if ${when}`, once]),
  })
  const walk = (steps: readonly Statement[], parent: number | null): void => {
    for (const step of steps) {
      const at = add({ parent, line: step.line, ...worded(step) })
      if (step.form === 'repeat') walk(step.steps, at)
      if (step.form !== 'choose') continue
      for (const [n, branch] of step.branches.entries()) {
        const title = branch.when === null ? 'Otherwise' : `${n === 0 ? 'If' : 'Else if'} ${branch.when}`
        const inner = add({ parent: at, form: 'branch', line: branch.line, step: null, title, about: null })
        walk(branch.steps, inner)
      }
    }
  }
  walk(playbook.steps, null)
  return rows
}

type Worded = Pick<FlowRow, 'form' | 'step' | 'title' | 'about'>

function worded(step: Statement): Worded {
  switch (step.form) {
    case 'do':
      return { form: 'do', step: step.id, title: plain(step.kind), about: terms(step.with) }
    case 'propose':
      return {
        form: 'propose',
        step: step.id,
        title: plain(step.kind),
        about: joined([
          terms(step.with),
          approval(step.approve),
          step.unless === null ? null : `unless ${happening(step.unless.event)}`,
        ]),
      }
    case 'wait':
      return {
        form: 'wait',
        step: step.id,
        title: `Wait until ${happening(step.for)}`,
        about: joined([step.where === null ? null : `where ${step.where}`, `at most ${formatDuration(step.atMost)}`]),
      }
    case 'delay':
      return { form: 'delay', step: step.id, title: `Wait ${formatDuration(step.time)}`, about: null }
    case 'repeat':
      return { form: 'repeat', step: null, title: `Up to ${step.times} times`, about: null }
    case 'choose':
      return { form: 'choose', step: null, title: 'Choose', about: null }
    default:
      return { form: 'end', step: null, title: plain(step.outcome), about: null }
  }
}

/** `lead.created` → `lead created`. */
const happening = (event: string): string => event.replaceAll(/[._]/g, ' ')

/** `send_mail` → `Send mail`. */
function plain(name: string): string {
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function approval({ by, people, notByMaker, expires, always }: Approve): string {
  const asked = askInWords({ approver: by, people: people ?? 1, notByMaker: notByMaker === true })
  const until = expires === null ? '' : ` within ${formatDuration(expires)}`
  return `${asked} ${people === 2 ? 'approve' : 'approves'}${until}${always ? ', always' : ''}`
}

function terms(args: Record<string, Argument>): string | null {
  return joined(
    Object.entries(args).map(([name, argument]) => {
      const value =
        'step' in argument
          ? argument.step
          : 'duration' in argument
            ? formatDuration(argument.duration)
            : inWords(argument.value)
      return `${name.replaceAll('_', ' ')}: ${value}`
    }),
  )
}

/** Names of ours without their dashes; other texts as they are. */
const inWords = (value: string | number | boolean): string =>
  typeof value === 'string' && /^[a-z]+(_[a-z]+)+$/.test(value) ? value.replaceAll('_', ' ') : String(value)

function joined(parts: readonly (string | null)[]): string | null {
  const said = parts.filter(part => part !== null)
  return said.length === 0 ? null : said.join(' · ')
}
