/** What one has asked, newest first. */
import { Button, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import { answered, api, type AskRow } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { ProblemNote } from '../../parts/problem.tsx'
import { useRows } from '../../parts/rows.ts'
import { When } from '../../parts/time.tsx'
import classes from './ask.module.css'

const PAGE = '30'

const STATUS: Record<AskRow['status'], string> = {
  asked: 'waiting',
  answering: 'answering',
  answered: 'answered',
  offered: 'saved queries offered',
  failed: 'failed',
  cancelled: 'stopped',
}

export function AskedBefore({ current }: { current: string | undefined }) {
  const list = useRows(['asks', 'list'], cursor =>
    answered(api.asks.$get({ query: { limit: PAGE, ...(cursor ? { cursor } : {}) } })),
  )
  return (
    <aside className={classes.before} aria-labelledby="before">
      <Title order={2} fz="sm" id="before">
        Asked before
      </Title>
      {list.error !== null && !list.rows && <ProblemNote error={list.error} retry={list.retry} />}
      {list.rows?.length === 0 && (
        <Text size="sm" className="dw-soft">
          Your questions will stand here, for half a year; nobody else sees them.
        </Text>
      )}
      <ul className={classes.list}>
        {list.rows?.map(({ id, question, status, createdAt }) => (
          <li key={id}>
            <Link href={to.ask(id)} className={classes.past} aria-current={id === current ? 'page' : undefined}>
              <span className={classes.pastWords}>{question}</span>
              <Text span size="xs" className="dw-soft">
                <When at={createdAt} /> · {STATUS[status]}
              </Text>
            </Link>
          </li>
        ))}
      </ul>
      {list.hasMore && (
        <Button size="compact-sm" variant="subtle" onClick={list.more}>
          Show more
        </Button>
      )}
    </aside>
  )
}
