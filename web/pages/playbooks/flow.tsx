/** How a playbook goes, drawn: each part a button that lights its lines, the part that one's cursor stands in lit. */
import { useEffect, useMemo, useRef } from 'react'
import { Text, UnstyledButton } from '@mantine/core'
import {
  IconBolt,
  IconFlag,
  IconGitBranch,
  IconHourglass,
  IconRepeat,
  IconSend,
  IconSettings,
  type Icon,
} from '@tabler/icons-react'
import { DOT, layoutFlow, ROW, type FlowRow } from './flow-layout.ts'
import classes from './playbooks.module.css'

const ICONS: Record<FlowRow['form'], Icon> = {
  start: IconBolt,
  do: IconSettings,
  propose: IconSend,
  wait: IconHourglass,
  delay: IconHourglass,
  choose: IconGitBranch,
  branch: IconGitBranch,
  repeat: IconRepeat,
  end: IconFlag,
}

const HEARD: Record<FlowRow['form'], string> = {
  start: 'Begins',
  do: 'Does',
  propose: 'Proposes',
  wait: 'Waits',
  delay: 'Waits',
  choose: 'Chooses',
  branch: 'Branch',
  repeat: 'Repeats',
  end: 'Ends',
}

interface Props {
  rows: readonly FlowRow[]
  /** The row that is lit. */
  lit: number | null
  pick: (row: FlowRow) => void
  /** The text has mistakes since: this is how it was. */
  stale: boolean
}

export function Flow({ rows, lit, pick, stale }: Props) {
  const { nodes, lines, width, height, finish } = useMemo(() => layoutFlow(rows), [rows])
  const place = useRef<HTMLDivElement>(null)
  useEffect(() => {
    place.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' })
  }, [lit])
  return (
    <section aria-label="How it goes" className={classes.flow} ref={place} data-stale={stale || undefined}>
      {stale && (
        <Text size="xs" className={classes.stale} role="status">
          As it was before the mistakes
        </Text>
      )}
      <div className={classes.drawing} style={{ height, minWidth: width + 190 }}>
        <svg width={width + DOT} height={height} aria-hidden className={classes.lines}>
          {lines.map(({ path, kind }, n) => (
            <path key={n} d={path} data-kind={kind} />
          ))}
          {finish && <circle cx={finish.x} cy={finish.y} r={5} className={classes.finish} />}
        </svg>
        {nodes.map(({ row, x, y }) => {
          const Shown = ICONS[row.form]
          return (
            <UnstyledButton
              key={row.id}
              className={classes.node}
              data-form={row.form}
              aria-current={row.id === lit || undefined}
              style={{ top: y - ROW / 2 + 3, left: x - DOT, height: ROW - 6 }}
              onClick={() => pick(row)}
              title={row.about ? `${row.title}: ${row.about}` : row.title}
            >
              <span className={classes.dot} aria-hidden>
                <Shown size={12} stroke={2} />
              </span>
              <span className={classes.words}>
                <span className={classes.title}>
                  <span className="dw-heard">{HEARD[row.form]}: </span>
                  {row.title}
                </span>
                {row.about && <span className={classes.about}>{row.about}</span>}
              </span>
            </UnstyledButton>
          )
        })}
        {finish && (
          <span className={classes.over} style={{ top: finish.y - 9, left: finish.x + DOT + 8 }}>
            Finished
          </span>
        )}
      </div>
    </section>
  )
}
