/** The playbooks in force, and whether they are well. */
import { useState } from 'react'
import { Badge, Button, Text } from '@mantine/core'
import { IconBook2, IconPlus } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import { Actor } from '../../app/actor.tsx'
import { answered, api, type Item } from '../../api/here.ts'
import { useMay } from '../../app/may.ts'
import { to } from '../../app/paths.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useChoice } from '../../parts/choice.ts'
import { formatNumber } from '../../parts/format.ts'
import { Empty, Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { DataTable, type Column } from '../../parts/table.tsx'
import { When } from '../../parts/time.tsx'

type Row = Item<typeof api.playbooks.$get> & { id: string }

/** The worst that can be said of it. */
function healthOf({ pausedAt, paused, failedLately, running }: Row): { word: string; color: string } {
  if (paused > 0)
    return { word: paused === 1 ? 'One run stopped' : `${formatNumber(paused)} runs stopped`, color: 'red' }
  if (pausedAt !== null) return { word: 'Paused', color: 'orange' }
  if (failedLately > 0) return { word: 'Failed lately', color: 'yellow' }
  return running > 0 ? { word: 'Well', color: 'green' } : { word: 'Idle', color: 'gray' }
}

const number = (n: number) => (n === 0 ? <span className="dw-soft">–</span> : formatNumber(n))

const COLUMNS: readonly Column<Row>[] = [
  {
    key: 'name',
    title: 'Playbook',
    width: 'minmax(0, 1.4fr)',
    render: ({ name, onEvent }) => (
      <>
        <Text span size="sm" fw={500}>
          {name}
        </Text>{' '}
        <Text span size="xs" className="dw-soft">
          on {onEvent.replaceAll(/[._]/g, ' ')}
        </Text>
      </>
    ),
  },
  {
    key: 'health',
    title: 'Health',
    width: '140px',
    render: row => {
      const { word, color } = healthOf(row)
      return (
        <Badge color={color} variant={color === 'red' ? 'light' : 'dot'}>
          {word}
        </Badge>
      )
    },
  },
  { key: 'running', title: 'Under way', width: '80px', right: true, from: 'sm', render: row => number(row.running) },
  { key: 'waiting', title: 'Waiting', width: '72px', right: true, from: 'md', render: row => number(row.waiting) },
  {
    key: 'ended',
    title: 'Ended, 7 days',
    width: '96px',
    right: true,
    from: 'md',
    render: row => number(row.endedLately),
  },
  {
    key: 'failed',
    title: 'Failed, 7 days',
    width: '96px',
    right: true,
    from: 'lg',
    render: row => number(row.failedLately),
  },
  {
    key: 'published',
    title: 'Published',
    width: 'minmax(0, 1.3fr)',
    from: 'sm',
    render: ({ version, publishedAt, publishedBy }) => (
      <span className="dw-soft">
        Version {version}, <When at={publishedAt} /> by <Actor of={publishedBy} />
      </span>
    ),
  },
]

export default function PlaybooksPage() {
  const may = useMay()
  const [, navigate] = useLocation()
  const [chosen, setChosen] = useState<string>()
  const { data, error, refetch } = useQuery({
    queryKey: ['playbooks'],
    queryFn: async () => (await answered(api.playbooks.$get())).data,
    // Their runs come and go, which says nothing of the playbooks themselves.
    refetchInterval: 30_000,
  })
  const rows = data?.map(row => ({ ...row, id: row.name }))
  const choice = useChoice(rows ?? [], chosen, setChosen)
  const mayPublish = may('playbook.publish')
  useShortcuts(
    'Playbooks',
    mayPublish ? [{ keys: 'c', what: 'New playbook', run: () => navigate(to.newPlaybook()) }] : [],
  )
  return (
    <Page
      title="Playbooks"
      about="What the agents do, step by step"
      fill
      actions={
        mayPublish && (
          <Button
            component={Link}
            href={to.newPlaybook()}
            size="xs"
            variant="default"
            leftSection={<IconPlus size={14} aria-hidden />}
          >
            New playbook
          </Button>
        )
      }
    >
      {error && !data ? (
        <ProblemNote error={error} retry={() => void refetch()} />
      ) : (
        <DataTable
          label="Playbooks"
          columns={COLUMNS}
          rows={rows}
          choice={choice}
          open={({ name }) => navigate(to.playbook(name))}
          empty={
            <Empty icon={<IconBook2 size={36} stroke={1.4} aria-hidden />} title="No playbook is in force">
              A playbook says what the agents do when something happens: research, write, propose, wait. Write the first
              one, or publish one of those that ship with Dealwright.
            </Empty>
          }
        />
      )}
    </Page>
  )
}
