/**
 * What another text would have made of a run that has ended: the same trigger, the same answers of its steps, the same happenings at
 * the same times. A step that the run never took has no answer: from there on nothing is known.
 */
import type { Calendar } from '../calendar/calendar.ts'
import { DealwrightError } from '../errors.ts'
import { triggers } from './interpreter.ts'
import { type Answer, type Occurrence, rehearse, type TraceEntry, type Work } from './memory-driver.ts'
import type { Playbook } from './model.ts'
import type { JsonObject } from './types.ts'

export type Retold =
  /** What begins this text did not happen, or its condition does not hold. */
  | { kind: 'not_begun' }
  /** `outcome` as a run keeps it. */
  | { kind: 'ended'; outcome: string }
  /** It would have stopped at a step that failed. */
  | { kind: 'stopped'; step: string }
  /** It takes a step here that the run never took. */
  | { kind: 'unknown'; step: string }

/** @param history a run's events in order, from its first @param event what began it */
export function retell(
  playbook: Playbook,
  event: string,
  history: readonly Omit<TraceEntry, 'seq'>[],
  calendar: Calendar,
): Retold {
  const [first] = history
  if (first?.event.type !== 'started') throw new DealwrightError('bad_input', 'A run is retold from its beginning.')
  const trigger = first.event.fields
  if (playbook.on.event !== event || !begins(playbook, trigger)) return { kind: 'not_begun' }
  const answers = answersOf(history)
  try {
    const { state } = rehearse({
      playbook,
      trigger,
      calendar,
      startAt: first.at,
      occurrences: history.flatMap(({ at, event: one }): Occurrence[] =>
        one.type === 'happened' || one.type === 'resume' || one.type === 'skip' || one.type === 'cancel'
          ? [{ at, event: one }]
          : [],
      ),
      respond: work => answers(work),
    })
    if (state.status === 'ended') return { kind: 'ended', outcome: state.outcome ?? 'finished' }
    return { kind: 'stopped', step: idOf(state.paused?.key ?? '') }
  } catch (error) {
    if (error instanceof NeverTaken) return { kind: 'unknown', step: error.step }
    throw error
  }
}

class NeverTaken extends Error {
  readonly step: string
  constructor(step: string) {
    super(`the step ${step} was never taken`)
    this.step = step
  }
}

/** A condition that cannot be worked out is not true. */
function begins(playbook: Playbook, trigger: JsonObject): boolean {
  try {
    return triggers(playbook, trigger)
  } catch {
    return false
  }
}

const idOf = (key: string): string => key.split('#')[0] ?? key

interface Kept {
  key: string
  kind: string
  answer: Answer
}

/** By its key; a visit that the run did not come to gets the answer of the last one, as long as it is a step of the same kind. */
function answersOf(history: readonly Omit<TraceEntry, 'seq'>[]): (work: Work) => Answer {
  const begun = new Map<string, { kind: string; at: number }>()
  const kept: Kept[] = []
  for (const { at, event, commands } of history) {
    const given = event.type === 'completed' || event.type === 'failed' ? begun.get(event.key) : undefined
    if (given && (event.type === 'completed' || event.type === 'failed')) {
      const after = Math.max(0, Date.parse(at) - given.at)
      const result =
        event.type === 'completed' ? { result: event.result } : { failed: { code: event.code, message: event.message } }
      kept.push({ key: event.key, kind: given.kind, answer: { after, ...result } })
    }
    for (const command of commands)
      if (command.type === 'act' || command.type === 'propose')
        begun.set(command.key, { kind: command.kind, at: Date.parse(at) })
  }
  return ({ key, kind }) => {
    const same = kept.filter(one => one.kind === kind)
    const found = same.find(one => one.key === key) ?? same.findLast(one => idOf(one.key) === idOf(key))
    if (!found) throw new NeverTaken(idOf(key))
    return found.answer
  }
}
