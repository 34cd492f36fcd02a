/** What waits for my word: one by one by single keys, or many of a kind at once. */
import { useEffect, useState } from 'react'
import { Button, SegmentedControl } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import { useLocation, useParams } from 'wouter'
import { answered, api } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { isOneOf, useMe } from '../../app/session.tsx'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useUrlState } from '../../app/url-state.ts'
import { useChoice } from '../../parts/choice.ts'
import { decided } from '../../parts/held.ts'
import { Empty, Page, RowSkeletons } from '../../parts/page.tsx'
import { Panes } from '../../parts/panes.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { useRows } from '../../parts/rows.ts'
import { useSteady } from '../../parts/steady.ts'
import { ApprovalList } from './approval-list.tsx'
import { ApprovalPane } from './approval-pane.tsx'
import { useDecide } from './decide.ts'
import { RefuseDialog } from './dialogs.tsx'

export default function ApprovalsPage() {
  const me = useMe()
  const { id } = useParams<{ id?: string }>()
  const [, navigate] = useLocation()
  const [view, setView] = useUrlState({ all: '' })
  const { rows, error, hasMore, more, retry } = useRows(['approvals', view], cursor =>
    answered(
      api.approvals.$get({
        query: {
          limit: '100',
          ...(view.all === 'true' ? { all: 'true' as const } : {}),
          ...(cursor ? { cursor } : {}),
        },
      }),
    ),
  )
  const { shown, fresh, gone, renew } = useSteady(rows, view.all)
  const goTo = (next: string) =>
    navigate(to.approvals(next, view.all === 'true' ? { all: 'true' } : {}), { replace: true })
  const choice = useChoice(shown, id, goTo)
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set())
  const [refusing, setRefusing] = useState(false)
  const decide = useDecide()
  const chosenOnes = shown.filter(one => ticked.has(one.id) && !gone.has(one.id))
  const tick = (one: string) =>
    setTicked(now => new Set(now.has(one) ? [...now].filter(other => other !== one) : [...now, one]))
  const many = (decision: 'approve' | 'refuse', why?: string) => {
    decide.many(chosenOnes, decision, why)
    setTicked(new Set())
  }
  const { chosen } = choice
  const last = decided.use().has(id ?? '') && shown.length === 0
  useEffect(() => {
    if (last) navigate(to.approvals(), { replace: true })
  }, [last, navigate])
  const alike = shown.filter(one => one.kind === chosen?.kind && one.playbook === chosen?.playbook && !gone.has(one.id))
  useShortcuts('Approvals', [
    { keys: 'j', what: 'Next', run: () => choice.move(1) },
    { keys: 'k', what: 'Before', run: () => choice.move(-1) },
    { keys: 'x', what: 'Tick it', run: () => chosen && tick(chosen.id) },
    { keys: 's', what: 'Tick all of its kind', run: () => setTicked(new Set(alike.map(one => one.id))) },
    { keys: 'Shift+A', what: 'Approve all that are ticked', run: () => chosenOnes.length > 0 && many('approve') },
    { keys: 'Shift+R', what: 'Refuse all that are ticked', run: () => chosenOnes.length > 0 && setRefusing(true) },
  ])
  const detail = chosen ?? (id !== undefined && rows ? { id } : undefined)
  return (
    <Page
      title="Approvals"
      about={rows ? aboutWaiting(shown.length, hasMore) : ' '}
      fill
      actions={
        <>
          {fresh > 0 && (
            <Button size="xs" variant="light" onClick={renew}>
              Show {fresh} new
            </Button>
          )}
          {isOneOf(me, ['manager', 'ops', 'admin']) && (
            <SegmentedControl
              size="xs"
              value={view.all}
              onChange={all => setView({ all })}
              data={[
                { value: '', label: 'For me' },
                { value: 'true', label: 'All I may decide' },
              ]}
              aria-label="Which"
            />
          )}
        </>
      }
    >
      {error && !rows ? (
        <ProblemNote error={error} retry={retry} />
      ) : rows && shown.length === 0 && id === undefined ? (
        <Empty icon={<IconChecks size={36} stroke={1.4} aria-hidden />} title="Nothing waits for your word">
          When an agent wants to send a mail or change a record that a person owns, it asks here first, with its
          evidence. What nobody decides in time expires and is not carried out.
        </Empty>
      ) : (
        <Panes
          label="The chosen action"
          open={id !== undefined}
          back={() => navigate(to.approvals(), { replace: true })}
          list={
            rows ? (
              <ApprovalList
                rows={shown}
                gone={gone}
                chosen={chosen?.id}
                choose={goTo}
                ticked={ticked}
                tick={tick}
                batch={chosenOnes.length}
                approve={() => many('approve')}
                refuse={() => setRefusing(true)}
                more={hasMore ? more : undefined}
              />
            ) : (
              <RowSkeletons />
            )
          }
          detail={detail && <ApprovalPane key={detail.id} id={detail.id} gone={gone.has(detail.id)} />}
        />
      )}
      <RefuseDialog opened={refusing} close={() => setRefusing(false)} done={why => many('refuse', why)} />
    </Page>
  )
}

function aboutWaiting(n: number, hasMore: boolean): string {
  if (n === 0) return 'All decided'
  return n === 1 && !hasMore
    ? 'One waits, soonest expiry first'
    : `${n}${hasMore ? '+' : ''} wait, soonest expiry first`
}
