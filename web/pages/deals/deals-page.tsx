/** Deals: by stage on a board, or as a table. */
import { SegmentedControl, Select, Skeleton } from '@mantine/core'
import { IconLayoutKanban } from '@tabler/icons-react'
import { isOneOf, useMe } from '../../app/session.tsx'
import { useUrlState } from '../../app/url-state.ts'
import { Empty, Page } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { Board } from './board.tsx'
import { pipelineOf, usePipelines } from './deal-data.ts'
import { DealsTable } from './deals-table.tsx'

export default function DealsPage() {
  const me = useMe()
  const [address, setAddress] = useUrlState({ view: 'board', pipeline: '', owner: '' })
  const { data: pipelines, error, refetch } = usePipelines()
  const pipeline = pipelines && pipelineOf(pipelines, address.pipeline)
  const isTable = address.view === 'table'
  const may = isOneOf(me, ['rep', 'manager', 'admin'])
  return (
    <Page
      title="Deals"
      about={isTable ? 'Each with what comes next' : 'By stage, soonest close date first'}
      fill
      actions={
        <>
          {!isTable && (pipelines?.length ?? 0) > 1 && (
            <Select
              size="xs"
              w={160}
              aria-label="Pipeline"
              allowDeselect={false}
              value={pipeline?.id ?? null}
              onChange={id => setAddress({ pipeline: id ?? '' })}
              data={(pipelines ?? []).map(({ id, name }) => ({ value: id, label: name }))}
            />
          )}
          {!isTable && (
            <SegmentedControl
              size="xs"
              aria-label="Whose"
              value={address.owner}
              onChange={owner => setAddress({ owner })}
              data={[
                { value: '', label: 'Everybody’s' },
                { value: 'me', label: 'Mine' },
              ]}
            />
          )}
          <SegmentedControl
            size="xs"
            aria-label="Shown as"
            value={isTable ? 'table' : 'board'}
            onChange={view => setAddress({ view })}
            data={[
              { value: 'board', label: 'Board' },
              { value: 'table', label: 'Table' },
            ]}
          />
        </>
      }
    >
      {isTable ? (
        <DealsTable may={may} />
      ) : error && !pipelines ? (
        <ProblemNote error={error} retry={() => void refetch()} />
      ) : pipeline ? (
        <Board key={pipeline.id} pipeline={pipeline} owner={address.owner === 'me' ? me.id : undefined} may={may} />
      ) : pipelines ? (
        <Empty icon={<IconLayoutKanban size={36} stroke={1.4} aria-hidden />} title="There is no pipeline yet">
          A pipeline says through which stages deals go. Ops makes one in the settings; then deals show up here by
          stage.
        </Empty>
      ) : (
        <Skeleton height="60%" aria-busy="true" aria-label="Loading" />
      )}
    </Page>
  )
}
