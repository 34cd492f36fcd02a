/** For whoever leads people: who has what, how fast they answer, what they made of drafts, and who is away. */
import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { answered, api } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useUrlState } from '../../app/url-state.ts'
import { Page, RowSkeletons } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { Absences } from './absences.tsx'
import { Coaching } from './coaching.tsx'
import { People } from './people.tsx'

const VIEWS = [
  { value: 'people', label: 'Who has what' },
  { value: 'coaching', label: 'Coaching' },
  { value: 'away', label: 'Away' },
]

export default function TeamPage() {
  const [view, setView] = useUrlState({ view: 'people', by: '' })
  const { data, error, refetch } = useQuery({
    queryKey: ['team-figures'],
    queryFn: async () => (await answered(api['team-figures'].$get())).data.items,
  })
  useShortcuts(
    'Team',
    VIEWS.map(({ value, label }, n) => ({ keys: String(n + 1), what: label, run: () => setView({ view: value }) })),
  )
  return (
    <Page
      title="Team"
      about={
        <>
          Figures are of the last thirty days. What may go by itself: <Link href={to.autonomy()}>earned autonomy</Link>.
        </>
      }
      actions={
        <SegmentedControl
          size="xs"
          data={VIEWS}
          value={view.view}
          onChange={value => setView({ view: value })}
          aria-label="What is shown"
        />
      }
    >
      {view.view === 'away' ? (
        <Absences />
      ) : error && !data ? (
        <ProblemNote error={error} retry={() => void refetch()} />
      ) : !data ? (
        <RowSkeletons />
      ) : view.view === 'coaching' ? (
        <Coaching people={data} by={view.by} set={by => setView({ by })} />
      ) : (
        <People people={data} coach={by => setView({ view: 'coaching', by })} />
      )}
    </Page>
  )
}
