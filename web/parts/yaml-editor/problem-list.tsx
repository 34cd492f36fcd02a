/** What is wrong with a text, beneath it; each leads to its place. */
import { Text, UnstyledButton } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import type { TextProblem } from './yaml-editor.tsx'
import classes from './yaml-editor.module.css'

export function ProblemList({
  problems,
  goTo,
}: {
  problems: readonly TextProblem[]
  goTo: (problem: TextProblem) => void
}) {
  return (
    <div className={classes.problems}>
      <Text size="xs" fw={500} role="status" className={problems.length === 0 ? classes.good : classes.bad}>
        {problems.length === 0 ? <IconCheck size={14} aria-hidden /> : <IconAlertTriangle size={14} aria-hidden />}
        {problems.length === 0 ? 'In order' : problems.length === 1 ? 'One mistake' : `${problems.length} mistakes`}
      </Text>
      {problems.length > 0 && (
        <ol aria-label="Mistakes">
          {problems.map((problem, n) => (
            <li key={n}>
              <UnstyledButton onClick={() => goTo(problem)} className={classes.problem}>
                <span className="dw-soft">
                  Line {problem.line}, column {problem.column}
                </span>{' '}
                {problem.message}
              </UnstyledButton>
            </li>
          ))}
        </ol>
      )}
    </div>
  )
}
