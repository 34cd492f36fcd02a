/** Files that came in before, newest first. */
import { Badge, Button, Group, Text } from '@mantine/core'
import { Link } from 'wouter'
import { answered, api, type Item } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { formatNumber, inWords } from '../../parts/format.ts'
import { RowSkeletons } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { useRows } from '../../parts/rows.ts'
import { When } from '../../parts/time.tsx'
import classes from './import.module.css'

export type ImportRow = Item<typeof api.imports.$get>

export const STATES: Readonly<Record<string, { color: string; word: string }>> = {
  running: { color: 'blue', word: 'Under way' },
  done: { color: 'green', word: 'Done' },
  failed: { color: 'red', word: 'Broke off' },
}

export function Imports({ chosen }: { chosen: string | undefined }) {
  const list = useRows(['imports', 'all'], cursor =>
    answered(api.imports.$get({ query: { limit: '25', ...(cursor ? { cursor } : {}) } })),
  )
  if (list.error && !list.rows) return <ProblemNote error={list.error} retry={list.retry} />
  if (!list.rows) return <RowSkeletons rows={3} />
  if (list.rows.length === 0) return null
  return (
    <section className={classes.card} aria-label="Imports before">
      <Text fw={600} size="sm" mb={4} component="h2">
        Imports before
      </Text>
      <ul className={classes.list}>
        {list.rows.map(row => (
          <li key={row.id}>
            <Link href={to.importJob(row.id)} className={classes.row} aria-current={row.id === chosen || undefined}>
              <span className={classes.words}>
                <Group gap="xs">
                  <Text size="sm" fw={500}>
                    {row.file}
                  </Text>
                  <State of={row} />
                </Group>
                <Text size="xs" className="dw-soft">
                  {figuresOf(row)}, <When at={row.startedAt} />
                </Text>
              </span>
            </Link>
          </li>
        ))}
      </ul>
      {list.hasMore && (
        <Button variant="subtle" size="xs" onClick={list.more}>
          Show more
        </Button>
      )}
    </section>
  )
}

export function State({ of }: { of: ImportRow }) {
  const { color, word } = STATES[of.status] ?? { color: 'gray', word: inWords(of.status) }
  return <Badge color={color}>{word}</Badge>
}

export const figuresOf = ({ kind, rows, created, merged, kept }: ImportRow): string =>
  `${formatNumber(rows)} ${kind}: ${formatNumber(created)} new, ${formatNumber(merged)} brought up to date, ${formatNumber(kept)} kept aside`
