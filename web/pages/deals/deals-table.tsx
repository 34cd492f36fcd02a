/** Deals as a table: filtered, in the order and with the columns that one wants, and changed many at once. */
import { useState } from 'react'
import { Button, Group, SegmentedControl, Select, Text } from '@mantine/core'
import { useLocation } from 'wouter'
import { answered, api } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { useMe } from '../../app/session.tsx'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useUrlState } from '../../app/url-state.ts'
import { BulkDialog } from '../../parts/bulk.tsx'
import { useChoice } from '../../parts/choice.ts'
import { ColumnChoice, columnsShown } from '../../parts/columns.tsx'
import { ExportRows } from '../../parts/export-rows.tsx'
import { Keys } from '../../parts/keys.tsx'
import { inWords } from '../../parts/format.ts'
import { Empty } from '../../parts/page.tsx'
import { OwnerFilter } from '../../parts/owner-filter.tsx'
import { useOwners } from '../../parts/people.ts'
import { ProblemNote } from '../../parts/problem.tsx'
import { useRows } from '../../parts/rows.ts'
import { SavedViews } from '../../parts/saved-views.tsx'
import { DataTable } from '../../parts/table.tsx'
import classes from './board.module.css'
import { dealBulk } from './deal-bulk.ts'
import { dealColumns, FILE, USUAL, type Sort } from './deal-columns.tsx'
import { usePipelines, type Pipeline } from './deal-data.ts'

const PAGE = '100'
const MOST_AT_ONCE = 200
const SORTS: Readonly<Record<string, Sort>> = { amount: 'amount', newest: 'newest' }

export function DealsTable({ may }: { may: boolean }) {
  const me = useMe()
  const [, navigate] = useLocation()
  const [view, setView] = useUrlState({ open: 'true', stage: '', owner: '', sort: '', cols: '' })
  const [chosen, setChosen] = useState<string>()
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [changing, setChanging] = useState(false)
  const owners = useOwners()
  const { data: pipelines } = usePipelines()
  const sort = SORTS[view.sort] ?? 'closes'
  const owner = view.owner === 'me' ? me.id : view.owner
  const load = (limit: string) => (cursor: string | undefined) =>
    answered(
      api.deals.$get({
        query: {
          limit,
          sort,
          ...(view.open === 'all' ? {} : { open: view.open === 'false' ? 'false' : 'true' }),
          ...(view.stage ? { stage: view.stage } : {}),
          ...(owner ? { owner } : {}),
          ...(cursor ? { cursor } : {}),
        },
      }),
    )
  const list = useRows(['deals', 'table', view.open, view.stage, owner, sort], load(PAGE))
  const choice = useChoice(list.rows ?? [], chosen, setChosen)
  const all = dealColumns(sort, next => setView({ sort: next }))
  const shown = columnsShown(all, view.cols, USUAL)
  const rows = (list.rows ?? []).filter(({ id }) => ticked.has(id))
  useShortcuts('Deals that are ticked', [
    { keys: 'b', what: 'Change those that are ticked', run: () => rows.length > 0 && setChanging(true) },
  ])
  return (
    <div className={classes.table}>
      <Group gap="xs" mb="sm">
        <SegmentedControl
          size="xs"
          aria-label="Which"
          value={view.open}
          onChange={open => setView({ open })}
          data={[
            { value: 'true', label: 'Open' },
            { value: 'false', label: 'Closed' },
            { value: 'all', label: 'All' },
          ]}
        />
        <Select
          size="xs"
          w={160}
          aria-label="Stage"
          placeholder="Any stage"
          clearable
          value={view.stage || null}
          onChange={value => setView({ stage: value ?? '' })}
          data={stageChoices(pipelines ?? [])}
        />
        <OwnerFilter value={view.owner} set={owner => setView({ owner })} />
        <SavedViews area="deals" path={to.deals()} />
        <ColumnChoice all={all} shown={shown} set={cols => setView({ cols })} />
        <ExportRows name="deals" columns={FILE} load={async cursor => (await load('200')(cursor)).data} />
        {rows.length > 0 && (
          <Button size="xs" onClick={() => setChanging(true)} rightSection={<Keys of="b" />}>
            Change {rows.length}
          </Button>
        )}
      </Group>
      {list.error && !list.rows ? (
        <ProblemNote error={list.error} retry={list.retry} />
      ) : (
        <div className={classes.rows}>
          <DataTable
            label="Deals"
            columns={shown}
            rows={list.rows}
            choice={choice}
            open={({ id }) => navigate(to.deal(id))}
            more={list.more}
            hasMore={list.hasMore}
            {...(may ? { ticks: { ticked, set: setTicked, most: MOST_AT_ONCE } } : {})}
            empty={
              <Empty title={view.stage || owner || view.open !== 'true' ? 'No deal is like that' : 'No open deals'}>
                A deal is opened when somebody answers that they are interested, or by hand. It shows up here with what
                comes next.
              </Empty>
            }
          />
        </div>
      )}
      {changing && owners && pipelines && (
        <BulkDialog
          of={dealBulk(owners, stageChoices(pipelines))}
          rows={rows}
          close={() => setChanging(false)}
          done={ids => setTicked(now => new Set([...now].filter(id => !ids.includes(id))))}
        />
      )}
      <Text className="dw-heard" role="status">
        {rows.length > 0 ? `${rows.length} ticked` : ''}
      </Text>
    </div>
  )
}

/** Named with their pipeline where there are several. */
function stageChoices(pipelines: readonly Pipeline[]): { value: string; label: string }[] {
  return pipelines.flatMap(({ name, stages }) =>
    stages.map(stage => ({
      value: stage.id,
      label: pipelines.length > 1 ? `${name}: ${inWords(stage.name)}` : inWords(stage.name),
    })),
  )
}
