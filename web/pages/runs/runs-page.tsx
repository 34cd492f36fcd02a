/** Runs of playbooks: those that stopped and need a person first. */
import { useState } from 'react'
import { Select, Text } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { answered, api } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { useUrlState } from '../../app/url-state.ts'
import { useChoice } from '../../parts/choice.ts'
import { Empty, Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { useRows } from '../../parts/rows.ts'
import { DataTable, type Column } from '../../parts/table.tsx'
import { When } from '../../parts/time.tsx'
import { RunBadge, standOf, STATUSES, type RunRow } from './words.tsx'

const COLUMNS: readonly Column<RunRow>[] = [
  {
    key: 'about',
    title: 'About',
    width: 'minmax(0, 1.4fr)',
    render: ({ about }) => (
      <Text span size="sm" fw={500}>
        {about ?? 'Nobody in particular'}
      </Text>
    ),
  },
  { key: 'status', title: 'Status', width: '96px', render: ({ status }) => <RunBadge status={status} /> },
  {
    key: 'stands',
    title: 'Where it stands',
    width: 'minmax(0, 2fr)',
    from: 'sm',
    render: row => <span className={row.status === 'paused' ? undefined : 'dw-soft'}>{standOf(row)}</span>,
  },
  {
    key: 'playbook',
    title: 'Playbook',
    width: 'minmax(0, 1fr)',
    from: 'md',
    render: ({ playbook, version }) => (
      <>
        {playbook} <span className="dw-soft">version {version}</span>
      </>
    ),
  },
  { key: 'began', title: 'Began', width: '104px', from: 'sm', render: ({ startedAt }) => <When at={startedAt} /> },
  {
    key: 'ended',
    title: 'Ended',
    width: '104px',
    from: 'lg',
    render: ({ endedAt }) => <When at={endedAt} none="Not yet" />,
  },
]

const PAGE = '100'

export default function RunsPage() {
  const [, navigate] = useLocation()
  const [view, setView] = useUrlState({ status: '', playbook: '' })
  const [chosen, setChosen] = useState<string>()
  const playbooks = useQuery({
    queryKey: ['playbooks'],
    queryFn: async () => (await answered(api.playbooks.$get())).data,
  })
  const list = useRows(['runs', view], cursor => {
    const { status, playbook } = view
    return answered(
      api.runs.$get({
        query: {
          limit: PAGE,
          ...(status ? { status } : {}),
          ...(playbook ? { playbook } : {}),
          ...(cursor ? { cursor } : {}),
        },
      }),
    )
  })
  const choice = useChoice(list.rows ?? [], chosen, setChosen)
  const filtered = view.status !== '' || view.playbook !== ''
  return (
    <Page
      title="Runs"
      about="Stopped ones first: they need a person"
      fill
      actions={
        <>
          <Select
            size="xs"
            w={170}
            aria-label="Playbook"
            placeholder="All playbooks"
            clearable
            data={playbooks.data?.map(({ name }) => name) ?? (view.playbook ? [view.playbook] : [])}
            value={view.playbook || null}
            onChange={playbook => setView({ playbook: playbook ?? '' })}
          />
          <Select
            size="xs"
            w={130}
            aria-label="Status"
            placeholder="Any status"
            clearable
            data={Object.entries(STATUSES).map(([value, { word }]) => ({ value, label: word }))}
            value={view.status || null}
            onChange={status => setView({ status: status ?? '' })}
          />
        </>
      }
    >
      {list.error && !list.rows ? (
        <ProblemNote error={list.error} retry={list.retry} />
      ) : (
        <DataTable
          label="Runs"
          columns={COLUMNS}
          rows={list.rows}
          choice={choice}
          open={({ id }) => navigate(to.run(id))}
          more={list.more}
          hasMore={list.hasMore}
          empty={
            <Empty
              icon={<IconRoute size={36} stroke={1.4} aria-hidden />}
              title={filtered ? 'No run is like that' : 'No run yet'}
            >
              {filtered
                ? 'Take a filter away to see the others.'
                : 'A run begins when something happens that a playbook begins on, such as a new lead, and shows here each step that it takes.'}
            </Empty>
          }
        />
      )}
    </Page>
  )
}
