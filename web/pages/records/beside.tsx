/** What lies beside a record: what waits about it, tasks, runs, people, leads and deals. */
import { Badge, Checkbox, Group, Text } from '@mantine/core'
import { Link } from 'wouter'
import { answered, api } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { formatMoney, inWords, shortSummary } from '../../parts/format.ts'
import { decided, hold } from '../../parts/held.ts'
import { When } from '../../parts/time.tsx'
import { placeOf, useRefresh, type Beside, type Kind, type Overview } from './record.ts'
import classes from './records.module.css'
import { Nothing, Section } from './section.tsx'

export function WaitingSection({ of }: { of: Overview['actions'] }) {
  const hidden = decided.use()
  const open = of.filter(({ id }) => !hidden.has(id))
  if (open.length === 0) return null
  return (
    <Section title="Waits for a decision" needs>
      <ul className={classes.rows}>
        {open.map(({ id, summary, status, expiresAt }) => (
          <li key={id}>
            <Link href={to.approvals(id)} className={classes.go}>
              <Text size="sm" fw={500}>
                {shortSummary(summary)}
              </Text>
              <Text size="xs" className="dw-soft">
                {status === 'uncertain' ? (
                  'It is not known whether this left: look in Sent and say so'
                ) : expiresAt === null ? (
                  'Look at it, approve or refuse'
                ) : (
                  <>
                    Look at it, approve or refuse; it expires <When at={expiresAt} />
                  </>
                )}
              </Text>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}

export function TasksSection({ kind, id, of }: { kind: Kind; id: string; of: Overview['tasks'] }) {
  const hidden = decided.use()
  const refresh = useRefresh(kind, id)
  const open = of.filter(task => !hidden.has(task.id))
  if (open.length === 0) return null
  const finish = (task: Overview['tasks'][number]) =>
    hold({
      ids: [task.id],
      said: `Done: ${task.title}`,
      send: async () => {
        await answered(
          api.tasks[':id'].$patch(
            { param: { id: task.id }, json: { set: { status: 'done' }, why: 'done' } },
            { headers: { 'if-match': '*' } },
          ),
        )
        await refresh()
      },
    })
  return (
    <Section title="To do">
      <ul className={classes.rows}>
        {open.map(task => (
          <li key={task.id}>
            <Checkbox
              size="xs"
              checked={false}
              classNames={{ description: 'dw-soft' }}
              onChange={() => finish(task)}
              label={task.title}
              description={
                <>
                  {task.owner ?? 'Nobody'}
                  {task.dueAt && (
                    <>
                      , due <When at={task.dueAt} />
                    </>
                  )}
                </>
              }
            />
          </li>
        ))}
      </ul>
    </Section>
  )
}

const RUN_COLORS: Record<string, string> = { paused: 'orange', running: 'blue', waiting: 'blue', completed: 'green' }

export function RunsSection({ of }: { of: Overview['runs'] }) {
  return (
    <Section title="Playbooks">
      {of.length === 0 && <Nothing>No playbook has begun for this yet.</Nothing>}
      <ul className={classes.rows}>
        {of.slice(0, 8).map(({ id, playbook, status, outcome, errorWhy, startedAt }) => (
          <li key={id}>
            <Link href={to.run(id)} className={classes.go}>
              <Group justify="space-between" gap="xs" wrap="nowrap">
                <Text size="sm" fw={500}>
                  {playbook}
                </Text>
                <Badge variant="dot" size="sm" color={RUN_COLORS[status] ?? 'gray'}>
                  {inWords(status)}
                </Badge>
              </Group>
              <Text size="xs" className="dw-soft">
                <When at={startedAt} />
                {status === 'paused' && errorWhy ? ` · ${errorWhy}` : outcome ? ` · ${inWords(outcome)}` : ''}
              </Text>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const TITLES: Record<Kind, string> = { account: 'Company', contact: 'People', lead: 'Leads', deal: 'Deals' }

/** @param only the kinds to show, in this order */
export function BesideSections({ of, only }: { of: readonly Beside[]; only: readonly Kind[] }) {
  return only.map(kind => {
    const rows = of.filter(row => row.kind === kind)
    return rows.length === 0 ? null : <BesideSection key={kind} kind={kind} rows={rows} />
  })
}

function BesideSection({ kind, rows }: { kind: Kind; rows: readonly Beside[] }) {
  return (
    <Section
      title={TITLES[kind]}
      aside={
        rows.length > 1 && (
          <Text size="xs" className="dw-soft">
            {rows.length}
          </Text>
        )
      }
    >
      <ul className={classes.rows}>
        {rows.map(row => (
          <li key={row.id}>
            <Link href={placeOf(kind, row.id)} className={classes.go}>
              <Group justify="space-between" gap="xs" wrap="nowrap">
                <Text size="sm" fw={500}>
                  {row.name}
                </Text>
                {row.amountMinor !== null && row.currency !== null && (
                  <Text size="sm">{formatMoney(row.amountMinor, row.currency)}</Text>
                )}
                {row.score !== null && <Text size="sm">{Math.round(row.score)}</Text>}
              </Group>
              <Text size="xs" className="dw-soft">
                {[row.about && (kind === 'contact' || kind === 'account' ? row.about : inWords(row.about)), row.owner]
                  .filter(Boolean)
                  .join(' · ')}
              </Text>
            </Link>
          </li>
        ))}
      </ul>
    </Section>
  )
}
