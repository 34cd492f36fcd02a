/** What changed between the versions of a proposal, line by line, as people read it. */
import { diffLines } from 'diff'
import type { Sql } from '../db/sql.ts'
import { type Action, versionsBefore } from '../db/stores/actions.ts'

export type Line = { change: 'same' | 'added' | 'removed'; text: string }

/** Against the version before, and against the first where that is another one. Null: there is none. */
export async function diffsOf(
  sql: Sql,
  action: Action,
): Promise<{ diff: Line[] | null; diffFromFirst: Line[] | null }> {
  const before = await versionsBefore(sql, action.id)
  const [last, first] = [before[0], before.length > 1 ? before.at(-1) : undefined]
  return { diff: last ? between(last, action) : null, diffFromFirst: first ? between(first, action) : null }
}

const between = (before: Action, after: Action): Line[] =>
  diffLines(readable(before), readable(after)).map(({ added, removed, value }) => ({
    change: added ? 'added' : removed ? 'removed' : 'same',
    text: value,
  }))

/** Of a mail also from whom and to whom it goes: that changes too. */
function readable({ content }: Action): string {
  const { subject, text, envelope } = content
  if (typeof text !== 'string') return `${JSON.stringify(content, null, 2)}\n`
  const { from, to } = (envelope ?? {}) as { from?: string; to?: string[] }
  const head = [
    `From: ${from ?? ''}`,
    `To: ${to?.join(', ') ?? ''}`,
    `Subject: ${typeof subject === 'string' ? subject : ''}`,
  ]
  return `${head.join('\n')}\n\n${text.trimEnd()}\n`
}
