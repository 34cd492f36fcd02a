/** Finding one's way through a playbook's nested steps by a run's cursor. */
import type { Playbook, Statement } from './model.ts'
import type { Frame } from './state.ts'

/** The list of steps that the innermost frame stands in. Throws when the cursor belongs to another playbook. */
function listAt(playbook: Playbook, cursor: readonly Frame[]): Statement[] {
  let list = playbook.steps
  for (const frame of cursor.slice(0, -1)) {
    const statement = list[frame.at]
    if (statement?.form === 'repeat') list = statement.steps
    else if (statement?.form === 'choose') list = statement.branches[frame.branch ?? -1]?.steps ?? lost(playbook)
    else lost(playbook)
  }
  return list
}

function lost(playbook: Playbook): never {
  throw new Error(`the run's cursor does not fit the playbook ${playbook.name}: it belongs to another version`)
}

/**
 * The statement the cursor stands on, after leaving every list that is done: a repeat begins its next round, a choose is
 * left. Null at the end of the playbook. Changes `cursor`.
 */
export function settle(playbook: Playbook, cursor: Frame[]): Statement | null {
  for (;;) {
    const frame = cursor.at(-1) ?? lost(playbook)
    const list = listAt(playbook, cursor)
    const statement = list[frame.at]
    if (statement) return statement
    cursor.pop()
    const outer = cursor.at(-1)
    if (!outer) return null
    const owner = listAt(playbook, cursor)[outer.at]
    if (owner?.form === 'repeat' && outer.round !== undefined && outer.round < owner.times) {
      outer.round += 1
      cursor.push({ at: 0 })
    } else step(cursor)
  }
}

/** Moves past the statement the cursor stands on. */
export function step(cursor: Frame[]): void {
  const frame = cursor.pop()
  if (frame) cursor.push({ at: frame.at + 1 })
}

/** Goes into a branch or a round of the statement the cursor stands on. */
export function enter(cursor: Frame[], how: { branch: number } | { round: number }): void {
  const frame = cursor.pop()
  if (frame) cursor.push({ at: frame.at, ...how }, { at: 0 })
}
