/** A playbook's text with its flow beside it, each lighting the other. */
import { useEffect, useMemo, useState, type ReactNode } from 'react'
import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answered, api } from '../../api/here.ts'
import { RowSkeletons } from '../../parts/page.tsx'
import { plainly } from '../../parts/problem.tsx'
import { useCheck } from '../../parts/yaml-editor/check.ts'
import type { Schema } from '../../parts/yaml-editor/schema.ts'
import { YamlEditor } from '../../parts/yaml-editor/yaml-editor.tsx'
import { Flow } from './flow.tsx'
import { type FlowRow, linesOf, rowAt } from './flow-layout.ts'
import classes from './playbooks.module.css'

interface Props {
  label: string
  /** The one that the text has to name; undefined: any. */
  name?: string
  text: string
  /** Undefined: it is read alone. */
  write: ((text: string) => void) | undefined
  /** Told whether this very text could be put in force, and how it names itself. */
  told?: (ready: boolean, name: string | null) => void
  bar?: ReactNode
}

export function TextAndFlow({ label, name, text, write, told, bar }: Props) {
  const check = useCheck('playbook', text)
  const [line, setLine] = useState(1)
  const schema = useQuery({
    queryKey: ['schemas', 'playbook'],
    queryFn: async () => (await answered(api.schemas.playbook.$get())).data as Schema,
    staleTime: Number.POSITIVE_INFINITY,
    enabled: write !== undefined,
  })
  const flow = check.found?.flow
  const [drawn, setDrawn] = useState<readonly FlowRow[]>()
  if (flow && flow !== drawn) setDrawn(flow)
  const named = check.found?.name ?? null
  const misnamed = name !== undefined && named !== null && named !== name
  const ready = check.inOrder && !misnamed
  useEffect(() => told?.(ready, ready ? named : null), [told, ready, named])
  const lines = useMemo(() => text.split('\n'), [text])
  const lit = drawn && rowAt(drawn, line)
  const problems = misnamed
    ? [
        {
          line: lines.findIndex(one => one.startsWith('playbook:')) + 1 || 1,
          column: 1,
          message: `this is ${name}: leave its name, or begin a new playbook called ${named}`,
        },
      ]
    : check.problems
  return (
    <div className={classes.beside}>
      <div className={classes.text}>
        <YamlEditor
          label={label}
          value={text}
          readOnly={write === undefined}
          problems={problems}
          complete={schema.data}
          highlight={lit && flow ? linesOf(drawn, lit, lines) : null}
          onCursor={setLine}
          {...(write ? { onChange: write } : {})}
        />
        {check.error !== null && (
          <Text size="xs" className="dw-soft" role="status">
            Not checked: {plainly(check.error).what}
          </Text>
        )}
        {bar}
      </div>
      {drawn ? (
        <Flow rows={drawn} lit={lit?.id ?? null} pick={row => setLine(row.line)} stale={flow === null} />
      ) : (
        <div className={classes.flow}>{check.found ? <NoFlow /> : <RowSkeletons />}</div>
      )}
    </div>
  )
}

function NoFlow() {
  return (
    <Text size="sm" p="md" className="dw-soft">
      The way it goes is drawn here once the text has no mistakes.
    </Text>
  )
}
