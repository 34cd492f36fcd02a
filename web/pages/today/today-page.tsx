/** What needs me, most urgent first; each with its reason and one main action, all of it by keyboard. */
import { useMemo } from 'react'
import { Button } from '@mantine/core'
import { IconCoffee } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { answered, api, type TodayItem } from '../../api/here.ts'
import { useUrlState } from '../../app/url-state.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useChoice } from '../../parts/choice.ts'
import { Empty, Page, RowSkeletons } from '../../parts/page.tsx'
import { Panes } from '../../parts/panes.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { useSteady } from '../../parts/steady.ts'
import { ItemDetail } from './item-detail.tsx'
import { TodayList } from './today-list.tsx'

export default function TodayPage() {
  const [view, setView] = useUrlState({ item: '', open: '' })
  const { data, error, refetch } = useQuery({
    queryKey: ['today'],
    queryFn: async () => (await answered(api.today.$get())).data,
  })
  const { shown, fresh, gone, renew } = useSteady(data, 'today')
  const choice = useChoice(shown, view.item || undefined, item => setView({ item }))
  useShortcuts('Today', [
    { keys: 'j', what: 'Next', run: () => choice.move(1) },
    { keys: 'k', what: 'Before', run: () => choice.move(-1) },
  ])
  const overdue = useMemo(() => shown.filter(isOverdue).length, [shown])
  const { chosen } = choice
  return (
    <Page
      title="Today"
      fill
      about={data ? aboutDay(shown.length, overdue) : ' '}
      actions={
        fresh > 0 && (
          <Button size="xs" variant="light" onClick={renew}>
            Show {fresh} new
          </Button>
        )
      }
    >
      {error && !data ? (
        <ProblemNote error={error} retry={() => void refetch()} />
      ) : data && shown.length === 0 ? (
        <Empty icon={<IconCoffee size={36} stroke={1.4} aria-hidden />} title="Nothing needs you now">
          What agents want to do, replies, tasks that fall due and leads worth a call show up here by themselves, the
          most urgent first.
        </Empty>
      ) : (
        <Panes
          label="The chosen one"
          open={view.open !== ''}
          back={() => setView({ open: '' })}
          list={
            data ? (
              <TodayList
                items={shown}
                gone={gone}
                chosen={chosen?.id}
                choose={item => setView({ item, open: 'yes' })}
              />
            ) : (
              <RowSkeletons />
            )
          }
          detail={chosen && <ItemDetail key={chosen.id} item={chosen} gone={gone.has(chosen.id)} />}
        />
      )}
    </Page>
  )
}

const isOverdue = ({ due, kind }: TodayItem): boolean => kind === 'task' && due !== null && new Date(due) < new Date()

function aboutDay(all: number, overdue: number): string {
  if (all === 0) return 'All done'
  const things = all === 1 ? 'One thing needs you' : `${all} things need you`
  return overdue > 0 ? `${things}, ${overdue} overdue` : things
}
