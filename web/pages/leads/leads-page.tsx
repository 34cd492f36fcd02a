/** Leads, best score first. */
import { Badge, SegmentedControl, Text } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { answered, api, type LeadRow } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { useUrlState } from '../../app/url-state.ts'
import { useChoice } from '../../parts/choice.ts'
import { inWords } from '../../parts/format.ts'
import { Empty, Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { useRows } from '../../parts/rows.ts'
import { DataTable, type Column } from '../../parts/table.tsx'
import { When } from '../../parts/time.tsx'

const STATUSES = [
  { value: '', label: 'All' },
  { value: 'new', label: 'New' },
  { value: 'working', label: 'Working' },
  { value: 'qualified', label: 'Qualified' },
  { value: 'nurture', label: 'Nurture' },
]
const PAGE = '100'

const COLUMNS: readonly Column<LeadRow>[] = [
  {
    key: 'name',
    title: 'Lead',
    width: 'minmax(0, 2fr)',
    render: ({ name, account }) => (
      <>
        <Text span size="sm" fw={500}>
          {name ?? account ?? 'Without a name'}
        </Text>{' '}
        {name && account && (
          <Text span size="sm" className="dw-soft">
            {account}
          </Text>
        )}
      </>
    ),
  },
  {
    key: 'score',
    title: 'Score',
    width: '52px',
    right: true,
    render: ({ score }) => (score === null ? '–' : Math.round(score)),
  },
  {
    key: 'status',
    title: 'Status',
    width: '96px',
    from: 'sm',
    render: ({ status }) => <Badge>{inWords(status)}</Badge>,
  },
  {
    key: 'next',
    title: 'What comes next',
    width: 'minmax(0, 2fr)',
    from: 'md',
    render: ({ nextStep }) => <span className="dw-soft">{nextStep ?? '–'}</span>,
  },
  { key: 'owner', title: 'Owner', width: 'minmax(80px, 0.8fr)', from: 'md', render: ({ owner }) => owner ?? 'Nobody' },
  { key: 'source', title: 'Source', width: '96px', from: 'lg', render: ({ source }) => inWords(source) },
  { key: 'created', title: 'Came', width: '104px', from: 'sm', render: ({ createdAt }) => <When at={createdAt} /> },
]

export default function LeadsPage() {
  const [, navigate] = useLocation()
  const [view, setView] = useUrlState({ status: '' })
  const [chosen, setChosen] = useState<string>()
  const list = useRows(['leads', view], cursor =>
    answered(
      api.leads.$get({
        query: { limit: PAGE, ...(view.status ? { status: view.status } : {}), ...(cursor ? { cursor } : {}) },
      }),
    ),
  )
  const choice = useChoice(list.rows ?? [], chosen, setChosen)
  return (
    <Page
      title="Leads"
      about="Best score first"
      fill
      actions={
        <SegmentedControl
          size="xs"
          data={STATUSES}
          value={view.status}
          onChange={status => setView({ status })}
          aria-label="Status"
        />
      }
    >
      {list.error && !list.rows ? (
        <ProblemNote error={list.error} retry={list.retry} />
      ) : (
        <DataTable
          label="Leads"
          columns={COLUMNS}
          rows={list.rows}
          choice={choice}
          open={({ id }) => navigate(to.lead(id))}
          more={list.more}
          hasMore={list.hasMore}
          empty={
            <Empty title={view.status ? 'No lead is in this status' : 'No leads yet'}>
              Leads come from your web forms, from mail that is passed on, and from files that are imported. Each is
              researched and scored within minutes.
            </Empty>
          }
        />
      )}
    </Page>
  )
}
