/** Leads as a table: filtered, in the order and with the columns that one wants, and changed many at once. */
import { Badge, Button, SegmentedControl, Text } from '@mantine/core'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { answered, api, type LeadRow } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { isOneOf, useMe } from '../../app/session.tsx'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useUrlState } from '../../app/url-state.ts'
import { BulkDialog } from '../../parts/bulk.tsx'
import { useChoice } from '../../parts/choice.ts'
import { ColumnChoice, columnsShown } from '../../parts/columns.tsx'
import { ExportRows } from '../../parts/export-rows.tsx'
import { inWords } from '../../parts/format.ts'
import { Keys } from '../../parts/keys.tsx'
import { Empty, Page } from '../../parts/page.tsx'
import { OwnerFilter } from '../../parts/owner-filter.tsx'
import { useOwners } from '../../parts/people.ts'
import { ProblemNote } from '../../parts/problem.tsx'
import { useRows } from '../../parts/rows.ts'
import { SavedViews } from '../../parts/saved-views.tsx'
import { DataTable, type Column } from '../../parts/table.tsx'
import { When } from '../../parts/time.tsx'
import { leadBulk } from './lead-bulk.ts'

const STATUSES = [
  { value: '', label: 'All' },
  { value: 'new', label: 'New' },
  { value: 'working', label: 'Working' },
  { value: 'qualified', label: 'Qualified' },
  { value: 'nurture', label: 'Nurture' },
]
const PAGE = '100'
const MOST_AT_ONCE = 200
const USUAL = ['score', 'status', 'next', 'owner', 'source', 'created']

type Sort = 'score' | 'newest' | 'oldest'
const SORTS: Readonly<Record<string, Sort>> = { newest: 'newest', oldest: 'oldest' }
const ABOUT: Readonly<Record<Sort, string>> = {
  score: 'Best score first',
  newest: 'Newest first',
  oldest: 'Oldest first',
}

const nameOf = ({ name, account }: LeadRow): string => name ?? account ?? 'Without a name'

const columns = (sort: Sort, setSort: (sort: string) => void): readonly Column<LeadRow>[] => [
  {
    key: 'name',
    title: 'Lead',
    width: 'minmax(0, 2fr)',
    render: row => (
      <>
        <Text span size="sm" fw={500}>
          {nameOf(row)}
        </Text>{' '}
        {row.name && row.account && (
          <Text span size="sm" className="dw-soft">
            {row.account}
          </Text>
        )}
      </>
    ),
  },
  {
    key: 'score',
    title: 'Score',
    width: '60px',
    right: true,
    onSort: () => setSort(''),
    sorted: sort === 'score' ? 'descending' : undefined,
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
  {
    key: 'title',
    title: 'Job title',
    width: 'minmax(80px, 1fr)',
    from: 'md',
    render: ({ title }) => title ?? '–',
  },
  { key: 'email', title: 'E-mail', width: 'minmax(80px, 1fr)', from: 'md', render: ({ email }) => email ?? '–' },
  {
    key: 'verdict',
    title: 'Qualified',
    width: '112px',
    from: 'md',
    render: ({ verdict }) => (verdict === null ? '–' : inWords(verdict)),
  },
  {
    key: 'created',
    title: 'Came',
    width: '104px',
    from: 'sm',
    onSort: () => setSort(sort === 'newest' ? 'oldest' : 'newest'),
    sorted: sort === 'newest' ? 'descending' : sort === 'oldest' ? 'ascending' : undefined,
    render: ({ createdAt }) => <When at={createdAt} />,
  },
]

const FILE: { title: string; value: (row: LeadRow) => string | number | null }[] = [
  { title: 'Name', value: ({ name }) => name },
  { title: 'Job title', value: ({ title }) => title },
  { title: 'E-mail', value: ({ email }) => email },
  { title: 'Company', value: ({ account }) => account },
  { title: 'Domain', value: ({ domain }) => domain },
  { title: 'Score', value: ({ score }) => score },
  { title: 'Status', value: ({ status }) => status },
  { title: 'Owner', value: ({ owner }) => owner },
  { title: 'Source', value: ({ source }) => source },
  { title: 'What comes next', value: ({ nextStep }) => nextStep },
  { title: 'Came', value: ({ createdAt }) => createdAt },
]

export default function LeadsPage() {
  const me = useMe()
  const [, navigate] = useLocation()
  const [view, setView] = useUrlState({ status: '', owner: '', sort: '', cols: '' })
  const [chosen, setChosen] = useState<string>()
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [changing, setChanging] = useState(false)
  const owners = useOwners()
  const sort = SORTS[view.sort] ?? 'score'
  const owner = view.owner === 'me' ? me.id : view.owner
  const load = (limit: string) => (cursor: string | undefined) =>
    answered(
      api.leads.$get({
        query: {
          limit,
          sort,
          ...(view.status ? { status: view.status } : {}),
          ...(owner ? { owner } : {}),
          ...(cursor ? { cursor } : {}),
        },
      }),
    )
  const list = useRows(['leads', view.status, owner, sort], load(PAGE))
  const choice = useChoice(list.rows ?? [], chosen, setChosen)
  const all = columns(sort, next => setView({ sort: next }))
  const shown = columnsShown(all, view.cols, USUAL)
  const may = isOneOf(me, ['rep', 'manager', 'admin'])
  const rows = (list.rows ?? []).filter(({ id }) => ticked.has(id))
  useShortcuts('Leads that are ticked', [
    { keys: 'b', what: 'Change those that are ticked', run: () => rows.length > 0 && setChanging(true) },
  ])
  return (
    <Page
      title="Leads"
      about={ABOUT[sort]}
      fill
      actions={
        <>
          {rows.length > 0 && (
            <Button size="xs" onClick={() => setChanging(true)} rightSection={<Keys of="b" />}>
              Change {rows.length}
            </Button>
          )}
          <OwnerFilter value={view.owner} set={owner => setView({ owner })} />
          <SegmentedControl
            size="xs"
            data={STATUSES}
            value={view.status}
            onChange={status => setView({ status })}
            aria-label="Status"
          />
          <SavedViews area="leads" path={to.leads()} />
          <ColumnChoice all={all} shown={shown} set={cols => setView({ cols })} />
          <ExportRows name="leads" columns={FILE} load={async cursor => (await load('200')(cursor)).data} />
        </>
      }
    >
      {list.error && !list.rows ? (
        <ProblemNote error={list.error} retry={list.retry} />
      ) : (
        <DataTable
          label="Leads"
          columns={shown}
          rows={list.rows}
          choice={choice}
          open={({ id }) => navigate(to.lead(id))}
          more={list.more}
          hasMore={list.hasMore}
          {...(may ? { ticks: { ticked, set: setTicked, most: MOST_AT_ONCE } } : {})}
          empty={
            <Empty title={view.status || owner ? 'No lead is like that' : 'No leads yet'}>
              Leads come from your web forms, from mail that is passed on, and from files that are imported. Each is
              researched and scored within minutes.
            </Empty>
          }
        />
      )}
      {changing && owners && (
        <BulkDialog
          of={leadBulk(owners)}
          rows={rows.map(row => ({ id: row.id, name: nameOf(row) }))}
          close={() => setChanging(false)}
          done={ids => setTicked(now => new Set([...now].filter(id => !ids.includes(id))))}
        />
      )}
    </Page>
  )
}
