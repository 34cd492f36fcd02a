/** Policy, scoring or territories: the text, what another would have changed, its versions; put in force and taken back. */
import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { to } from '../../app/paths.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useUrlState } from '../../app/url-state.ts'
import { Page, TextSkeleton } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { KINDS, type Kind } from './kinds.ts'
import { TextView } from './text-view.tsx'
import { VersionsView } from './versions-view.tsx'

const PLACES = { policies: 'policy', scoring: 'scoring', territories: 'territories' } as const

const isPlace = (place: string): place is keyof typeof PLACES => place in PLACES

export default function RulesPage() {
  const [location, navigate] = useLocation()
  const place = location.split('/')[1] ?? ''
  const kind: Kind = isPlace(place) ? PLACES[place] : 'policy'
  const [view, setView] = useUrlState({ view: 'text' })
  const { title, about, load } = KINDS[kind]
  const { data, error, refetch } = useQuery({ queryKey: [kind, 'in force'], queryFn: load })
  useShortcuts('Rules', [
    { keys: '1', what: 'Text', run: () => setView({ view: 'text' }) },
    { keys: '2', what: 'Versions', run: () => setView({ view: 'versions' }) },
  ])
  return (
    <Page
      title={title}
      about={
        <>
          {about}
          {data && (data.version > 0 ? `. Version ${data.version} in force.` : '. None is in force yet.')}
        </>
      }
      fill
      actions={
        <>
          <SegmentedControl
            size="xs"
            data={[
              { value: 'policies', label: 'Policy' },
              { value: 'scoring', label: 'Scoring' },
              { value: 'territories', label: 'Territories' },
            ]}
            value={place}
            onChange={next => isPlace(next) && navigate(to.rules(next))}
            aria-label="Which rules"
          />
          <SegmentedControl
            size="xs"
            data={[
              { value: 'text', label: 'Text' },
              { value: 'versions', label: 'Versions' },
            ]}
            value={view.view}
            onChange={value => setView({ view: value })}
            aria-label="What is shown"
          />
        </>
      }
    >
      {error && !data ? (
        <ProblemNote error={error} retry={() => void refetch()} />
      ) : !data ? (
        <TextSkeleton lines={14} />
      ) : view.view === 'versions' ? (
        <VersionsView key={kind} kind={kind} inForce={data} />
      ) : (
        <TextView key={kind} kind={kind} inForce={data} />
      )}
    </Page>
  )
}
