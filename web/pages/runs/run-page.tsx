/** One run: every step it took, what waits because of it, and how it can be steered or taken back. */
import { useState } from 'react'
import { Alert, Anchor, Badge, Button, Group, Text, Title } from '@mantine/core'
import { IconAlertTriangle, IconExternalLink } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from 'wouter'
import { answered, api } from '../../api/here.ts'
import { useMay } from '../../app/may.ts'
import { to } from '../../app/paths.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useUrlState } from '../../app/url-state.ts'
import { inWords, shortSummary } from '../../parts/format.ts'
import { Keys } from '../../parts/keys.tsx'
import { Page, TextSkeleton } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { When } from '../../parts/time.tsx'
import { WhyDialog } from './dialogs.tsx'
import classes from './runs.module.css'
import { useSteer, type Word } from './steer.ts'
import { Timeline } from './timeline.tsx'
import { UndoDialog } from './undo-dialog.tsx'
import { RunBadge, spentWords, standOf, stepName, took, type Run } from './words.tsx'

export default function RunPage() {
  const { id } = useParams<{ id: string }>()
  const { data, error, refetch } = useQuery({
    queryKey: ['runs', 'one', id],
    queryFn: () => answered(api.runs[':id'].$get({ param: { id } })),
  })
  if (error && !data)
    return (
      <Page title="Run">
        <ProblemNote error={error} retry={() => void refetch()}>
          <Button component={Link} href={to.runs()} size="compact-sm" variant="subtle">
            All runs
          </Button>
        </ProblemNote>
      </Page>
    )
  if (!data)
    return (
      <Page title="Run">
        <TextSkeleton lines={12} />
      </Page>
    )
  return <OneRun key={id} run={data.data} etag={data.etag} />
}

function OneRun({ run, etag }: { run: Run; etag: string | null }) {
  const may = useMay()
  const [view, setView] = useUrlState({ step: '' })
  const [asking, setAsking] = useState<'skip' | 'cancel' | 'undo' | null>(null)
  const steer = useSteer(run.id, etag)
  const ended = run.endedAt !== null
  const stopped = run.status === 'paused'
  const words: Word[] = !may('run.steer') || ended ? [] : stopped ? ['resume', 'skip', 'cancel'] : ['cancel']
  const canUndo = ended && may('run.undo')
  const say = (word: Word) => (word === 'resume' ? steer.send('resume', '') : setAsking(word))
  useShortcuts('This run', [
    ...words.map(word => ({ keys: KEYS[word], what: DEEDS[word], run: () => say(word) })),
    ...(canUndo ? [{ keys: 'u', what: 'Take back what it changed', run: () => setAsking('undo') }] : []),
  ])
  const spent = spentWords(run.model)
  return (
    <Page
      title={run.about ?? `Run of ${run.playbook}`}
      about={
        <Group gap={8} mt={4}>
          <RunBadge status={run.status} />
          <span>
            <Anchor component={Link} href={to.playbook(run.playbook)} size="sm">
              {run.playbook}
            </Anchor>{' '}
            version {run.version}
          </span>
          <span>
            began <When at={run.startedAt} />
            {run.endedAt && `, took ${took(run.startedAt, run.endedAt)}`}
          </span>
          {spent && <span>{spent}</span>}
          {run.temporal && (
            <Anchor href={run.temporal} target="_blank" rel="noopener noreferrer" size="sm">
              In Temporal <IconExternalLink size={12} aria-hidden />
            </Anchor>
          )}
        </Group>
      }
      actions={
        <>
          {words.map(word => (
            <Button
              key={word}
              size="xs"
              variant={word === 'resume' ? 'filled' : 'default'}
              disabled={steer.sent}
              onClick={() => say(word)}
              rightSection={<Keys of={KEYS[word]} />}
            >
              {DEEDS[word]}
            </Button>
          ))}
          {canUndo && (
            <Button size="xs" variant="default" onClick={() => setAsking('undo')} rightSection={<Keys of="u" />}>
              Take back
            </Button>
          )}
        </>
      }
    >
      {stopped && (
        <Alert
          color="red"
          variant="light"
          mb="md"
          icon={<IconAlertTriangle aria-hidden />}
          title={`Stopped at: ${stepName(run.currentKey)}`}
        >
          {run.errorWhy ?? (run.errorCode ? inWords(run.errorCode) : 'It did not say why.')}
        </Alert>
      )}
      {steer.sent && (
        <Text size="sm" role="status" mb="sm" className="dw-soft">
          Your word is on its way to the run.
        </Text>
      )}
      <div className={classes.columns}>
        <section aria-labelledby="steps">
          <Title order={2} fz="md" mb="xs" id="steps">
            Steps
          </Title>
          <Timeline run={run} chosen={view.step} choose={step => setView({ step })} />
        </section>
        <Aside run={run} />
      </div>
      <WhyDialog
        word={asking === 'skip' || asking === 'cancel' ? asking : null}
        about={standOf(run)}
        close={() => setAsking(null)}
        done={(word, why) => steer.send(word, why)}
      />
      <UndoDialog id={run.id} opened={asking === 'undo'} close={() => setAsking(null)} />
    </Page>
  )
}

const KEYS: Record<Word, string> = { resume: 'a', skip: 's', cancel: 'r' }
const DEEDS: Record<Word, string> = { resume: 'Try again', skip: 'Skip the step', cancel: 'Cancel the run' }

const ACTION_COLORS: Record<string, string> = { waiting: 'indigo', done: 'green', failed: 'red', uncertain: 'red' }

/** What it is about, and what it asked leave for. */
function Aside({ run }: { run: Run }) {
  const places = [
    run.leadId && { word: 'Lead', href: to.lead(run.leadId) },
    run.dealId && { word: 'Deal', href: to.deal(run.dealId) },
    run.contactId && { word: 'Contact', href: to.contact(run.contactId) },
    run.accountId && { word: 'Account', href: to.account(run.accountId) },
  ].filter(place => typeof place === 'object' && place !== null)
  return (
    <div>
      {places.length > 0 && (
        <section aria-labelledby="records" className={classes.block}>
          <Title order={2} fz="md" mb="xs" id="records">
            About
          </Title>
          <Group gap="md">
            {places.map(({ word, href }) => (
              <Anchor key={href} component={Link} href={href} size="sm">
                {word}
              </Anchor>
            ))}
          </Group>
        </section>
      )}
      <section aria-labelledby="actions" className={classes.block}>
        <Title order={2} fz="md" mb="xs" id="actions">
          What it proposed
        </Title>
        {run.actions.length === 0 && (
          <Text size="sm" className="dw-soft">
            Nothing so far. What a run wants to send or change stands here, with what became of it.
          </Text>
        )}
        <ul className={classes.actions}>
          {run.actions.map(action => (
            <li key={action.id}>
              <Group justify="space-between" gap="xs" wrap="nowrap" align="flex-start">
                <Text size="sm">
                  {action.status === 'waiting' ? (
                    <Anchor component={Link} href={to.approvals(action.id)}>
                      {shortSummary(action.summary)}
                    </Anchor>
                  ) : (
                    shortSummary(action.summary)
                  )}
                </Text>
                <Badge variant="dot" color={ACTION_COLORS[action.status] ?? 'gray'} style={{ flex: 'none' }}>
                  {action.status === 'waiting' ? 'Waits for a word' : inWords(action.status)}
                </Badge>
              </Group>
              {action.failureWhy && (
                <Text size="xs" className="dw-soft">
                  {action.failureWhy}
                </Text>
              )}
            </li>
          ))}
        </ul>
      </section>
    </div>
  )
}
