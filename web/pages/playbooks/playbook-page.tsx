/** One playbook: its text with the flow beside it, its versions, and what it would have done. */
import { Badge, Button, SegmentedControl } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useParams } from 'wouter'
import { Actor } from '../../app/actor.tsx'
import { answered, api, ApiProblem } from '../../api/here.ts'
import { useMay } from '../../app/may.ts'
import { to } from '../../app/paths.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useUrlState } from '../../app/url-state.ts'
import { Page, TextSkeleton } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { When } from '../../parts/time.tsx'
import { toast, toastProblem } from '../../parts/toast.tsx'
import { PastView } from './past-view.tsx'
import { TextView } from './text-view.tsx'
import { showState, usePlaybook, type Known } from './use-playbook.ts'
import { VersionsView } from './versions-view.tsx'
import classes from './playbooks.module.css'

const VIEWS = [
  { value: 'text', label: 'Text and flow' },
  { value: 'past', label: 'On the past' },
  { value: 'versions', label: 'Versions' },
]

export default function PlaybookPage() {
  const { name } = useParams<{ name: string }>()
  const { known, error, retry } = usePlaybook(name)
  if (error && !known)
    return (
      <Page title={name}>
        <ProblemNote error={error} retry={retry}>
          <Button component={Link} href={to.playbooks()} size="compact-sm" variant="subtle">
            All playbooks
          </Button>
        </ProblemNote>
      </Page>
    )
  if (!known)
    return (
      <Page title={name}>
        <TextSkeleton lines={14} />
      </Page>
    )
  return <OnePlaybook key={name} known={known} />
}

function OnePlaybook({ known }: { known: Known }) {
  const { name, state, etag, versions } = known
  const may = useMay()
  const client = useQueryClient()
  const [view, setView] = useUrlState({ view: 'text' })
  const inForce = versions.find(({ active }) => active)
  const pause = useMutation({
    mutationFn: (paused: boolean) =>
      answered(
        api.playbooks[':name'].$patch({ param: { name }, json: { paused } }, { headers: { 'if-match': etag ?? '*' } }),
      ),
    onSuccess: ({ data, etag: now }) => {
      showState(client, name, data, now)
      const paused = data.pausedAt !== null
      toast({
        message: paused ? `${name} starts nothing more. Runs that have begun go on.` : `${name} begins runs again.`,
      })
    },
    onError: error => {
      if (error instanceof ApiProblem && error.code === 'precondition_failed')
        toast({ message: 'Somebody changed this playbook meanwhile. Look at how it stands now.', bad: true })
      else toastProblem(error)
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['playbooks'] }),
  })
  const isPaused = state.pausedAt !== null
  const steers = may('playbook.publish')
  useShortcuts('This playbook', [
    { keys: '1', what: 'Text and flow', run: () => setView({ view: 'text' }) },
    { keys: '2', what: 'Try it on the past', run: () => setView({ view: 'past' }) },
    { keys: '3', what: 'Versions', run: () => setView({ view: 'versions' }) },
    ...(steers
      ? [{ keys: 'p', what: isPaused ? 'Let it begin runs again' : 'Pause it', run: () => pause.mutate(!isPaused) }]
      : []),
  ])
  return (
    <Page
      title={name}
      fill
      about={
        <span className={classes.head}>
          {isPaused && (
            <Badge color="orange">
              Paused <When at={state.pausedAt} />
            </Badge>
          )}
          <span>
            Version {state.version} in force
            {inForce && (
              <>
                , published <When at={inForce.publishedAt} /> by <Actor of={inForce.publishedBy} />
              </>
            )}
          </span>
          <Health name={name} />
        </span>
      }
      actions={
        <>
          {steers && (
            <Button size="xs" variant="default" loading={pause.isPending} onClick={() => pause.mutate(!isPaused)}>
              {isPaused ? 'Let it begin runs' : 'Pause'}
            </Button>
          )}
          <SegmentedControl
            size="xs"
            data={VIEWS.filter(({ value }) => value !== 'past' || steers)}
            value={view.view}
            onChange={value => setView({ view: value })}
            aria-label="What is shown"
          />
        </>
      }
    >
      {view.view === 'versions' ? (
        <VersionsView known={known} />
      ) : view.view === 'past' && steers ? (
        <PastView known={known} />
      ) : (
        <TextView known={known} />
      )}
    </Page>
  )
}

/** How its runs stand, each figure leading to them. */
function Health({ name }: { name: string }) {
  const { data } = useQuery({
    queryKey: ['playbooks'],
    queryFn: async () => (await answered(api.playbooks.$get())).data,
  })
  const row = data?.find(one => one.name === name)
  if (!row) return null
  const figures = [
    { n: row.paused, word: 'stopped', status: 'paused' },
    { n: row.running - row.waiting, word: 'at work', status: 'running' },
    { n: row.waiting, word: 'waiting', status: 'waiting' },
    { n: row.completed, word: 'done', status: 'completed' },
  ].filter(({ n }) => n > 0)
  return (
    <span className={classes.figures}>
      {figures.map(({ n, word, status }) => (
        <Link key={status} href={to.runs({ playbook: name, status })} data-bad={status === 'paused' || undefined}>
          {n} {word}
        </Link>
      ))}
    </span>
  )
}
