/** A playbook as an outline that people can read: one line a step, indented as it is nested. */
import { formatDuration } from '../calendar/duration.ts'
import { askOf } from '../policy/asks.ts'
import type { Approve, Argument, Playbook, Statement } from './model.ts'

export interface OutlineLine {
  /** 0 for the outermost steps. */
  depth: number
  text: string
  /** The step's id; null for what has none. */
  id: string | null
  /** Where it stands in the file. */
  line: number
}

export function describePlaybook(playbook: Playbook): { heading: string; lines: OutlineLine[] } {
  const { on, stopOn } = playbook
  const parts = [`on ${on.event}`]
  if (on.when !== null) parts.push(`when ${on.when}`)
  if (on.oncePer !== null) parts.push(`once for each ${on.oncePer}`)
  if (stopOn.length > 0) parts.push(`until ${stopOn.join(' or ')}`)
  return { heading: `${playbook.name}: ${parts.join(', ')}`, lines: playbook.steps.flatMap(step => outline(step, 0)) }
}

function outline(step: Statement, depth: number): OutlineLine[] {
  const { line } = step
  switch (step.form) {
    case 'do':
      return [{ depth, line, id: step.id, text: `${step.kind}${written(step.with)}` }]
    case 'propose': {
      const expires = step.approve.expires === null ? '' : ` within ${formatDuration(step.approve.expires)}`
      const unless = step.unless === null ? '' : `, unless ${step.unless.event}`
      const text = `propose ${step.kind}${written(step.with)}, ${approvedBy(step.approve)}${expires}${unless}`
      return [{ depth, line, id: step.id, text }]
    }
    case 'wait': {
      const where = step.where === null ? '' : ` where ${step.where}`
      return [
        { depth, line, id: step.id, text: `wait for ${step.for}${where}, at most ${formatDuration(step.atMost)}` },
      ]
    }
    case 'delay':
      return [{ depth, line, id: step.id, text: `wait ${formatDuration(step.time)}` }]
    case 'end':
      return [{ depth, line, id: null, text: `end: ${step.outcome}` }]
    case 'repeat':
      return [
        { depth, line, id: null, text: `up to ${step.times} times` },
        ...step.steps.flatMap(one => outline(one, depth + 1)),
      ]
    default:
      return step.branches.flatMap((branch, at) => {
        const text = branch.when === null ? 'else' : `${at === 0 ? 'if' : 'else if'} ${branch.when}`
        return [{ depth, line: branch.line, id: null, text }, ...branch.steps.flatMap(one => outline(one, depth + 1))]
      })
  }
}

function approvedBy({ by, people, notByMaker, always }: Approve): string {
  const asked = askOf({ approver: by, people: people ?? 1, notByMaker: notByMaker === true })
  return `${always ? 'always ' : ''}approved by ${asked}${notByMaker ? ' and not who made it' : ''}`
}

function written(args: Record<string, Argument>): string {
  const parts = Object.entries(args).map(([name, argument]) => {
    if ('step' in argument) return `${name}: ${argument.step}`
    return `${name}: ${'duration' in argument ? formatDuration(argument.duration) : String(argument.value)}`
  })
  return parts.length === 0 ? '' : ` (${parts.join(', ')})`
}
