/** The page of a lead, account, contact or deal: what it is, what waits about it, what is known, what happened and what was not done. */
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { Alert, Anchor, Tabs, UnstyledButton } from '@mantine/core'
import { IconMailOff } from '@tabler/icons-react'
import { Link } from 'wouter'
import { ApiProblem } from '../../api/here.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useUrlState } from '../../app/url-state.ts'
import { formatClock } from '../../parts/format.ts'
import { Empty, Page, TextSkeleton } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { useNow } from '../../parts/time.tsx'
import { BesideSections, RunsSection, TasksSection, WaitingSection } from './beside.tsx'
import { FieldsSection } from './fields.tsx'
import { HandOver } from './hand-over.tsx'
import { BriefSection, FactsSection, QualificationSection, UnknownsSection } from './known.tsx'
import { Ledger } from './ledger.tsx'
import { KIND_WORDS, useOverview, useRecord, type Doc, type Docs, type Kind, type Overview } from './record.ts'
import classes from './records.module.css'
import { ScoreSection } from './score.tsx'
import { SuggestionsSection } from './suggestions.tsx'
import { Timeline } from './timeline.tsx'

/** One cell of the line beneath the title. */
export interface Cell {
  label: string
  value: ReactNode
  /** Takes what room there is. */
  wide?: boolean
}

export interface RecordPageProps<K extends Kind> {
  kind: K
  id: string
  title: (doc: Docs[K]) => string
  /** One line beneath the title. */
  about: (doc: Docs[K]) => ReactNode
  cells: (doc: Docs[K], overview: Overview | undefined) => Cell[]
  /** Kinds of what lies beside it, in the order in which they are shown. */
  beside: readonly Kind[]
  /** Where such records are listed. */
  list?: { href: string; label: string }
}

export function RecordPage<K extends Kind>(props: RecordPageProps<K>) {
  const { kind, id, title, about, list } = props
  const record = useRecord(kind, id)
  const { data, error } = record
  if (!data)
    return (
      <Page title={KIND_WORDS[kind]}>
        {!error ? (
          <TextSkeleton lines={10} />
        ) : error instanceof ApiProblem && error.code === 'not_found' ? (
          <Empty title={`This ${KIND_WORDS[kind].toLowerCase()} is not here`}>
            It is gone, or not yours to see.{' '}
            {list && (
              <Anchor component={Link} href={list.href} size="sm">
                {list.label}
              </Anchor>
            )}
          </Empty>
        ) : (
          <ProblemNote error={error} retry={() => void record.refetch()} />
        )}
      </Page>
    )
  const doc = data.data
  return (
    <Page title={title(doc)} about={about(doc)}>
      <Content {...props} doc={doc} etag={data.etag ?? ''} />
    </Page>
  )
}

type ContentProps<K extends Kind> = RecordPageProps<K> & { doc: Docs[K]; etag: string }

const TABS = ['known', 'timeline', 'undone'] as const
type Tab = (typeof TABS)[number]
const TAB_WORDS: Record<Tab, string> = { known: 'Known', timeline: 'Timeline', undone: 'Not done' }

function Content<K extends Kind>({ kind, id, doc, etag, cells, beside }: ContentProps<K>) {
  const overview = useOverview(kind, id)
  const [view, setView] = useUrlState({ tab: 'known', part: '' })
  const [handing, setHanding] = useState(false)
  const [noting, setNoting] = useState(0)
  const note = useRef<HTMLTextAreaElement>(null)
  const tabs = TABS.filter(tab => tab !== 'undone' || kind !== 'account')
  const tab = tabs.find(one => one === view.tab) ?? 'known'
  const known = overview.data
  useEffect(() => {
    if (noting > 0) note.current?.focus()
  }, [noting, tab])
  const mayNote = known?.may.note === true
  useShortcuts(KIND_WORDS[kind], [
    ...tabs.map((one, n) => ({ keys: String(n + 1), what: TAB_WORDS[one], run: () => setView({ tab: one }) })),
    ...(mayNote
      ? [
          {
            keys: 'n',
            what: 'Note what was said',
            run: () => {
              setView({ tab: 'timeline' })
              setNoting(now => now + 1)
            },
          },
        ]
      : []),
    ...(known?.may.change ? [{ keys: 'w', what: 'Hand it over', run: () => setHanding(true) }] : []),
  ])
  return (
    <>
      <Strip
        cells={[
          ...cells(doc, known),
          { label: 'Owner', value: <Owner doc={doc} change={known?.may.change ? () => setHanding(true) : null} /> },
          ...reachCells(known),
        ]}
      />
      {known?.reach && <Unreachable reach={known.reach} />}
      {overview.error && !known ? (
        <ProblemNote error={overview.error} retry={() => void overview.refetch()} />
      ) : !known ? (
        <TextSkeleton lines={10} />
      ) : (
        <div className={classes.columns}>
          <div className={`${classes.column} ${classes.first}`}>
            <WaitingSection of={known.actions} />
            <SuggestionsSection kind={kind} doc={doc} of={known.suggestions} may={known.may} />
            <TasksSection kind={kind} id={id} of={known.tasks} />
          </div>
          <div className={`${classes.column} ${classes.main}`}>
            <Tabs value={tab} onChange={next => setView({ tab: next ?? 'known' })} keepMounted={false}>
              <Tabs.List mb="md">
                {tabs.map(one => (
                  <Tabs.Tab key={one} value={one}>
                    {TAB_WORDS[one]}
                  </Tabs.Tab>
                ))}
              </Tabs.List>
              <Tabs.Panel value="known">
                <Known of={known} kind={kind} />
              </Tabs.Panel>
              <Tabs.Panel value="timeline">
                <Timeline
                  kind={kind}
                  id={id}
                  mayNote={mayNote}
                  note={note}
                  part={view.part}
                  setPart={part => setView({ part })}
                />
              </Tabs.Panel>
              {kind !== 'account' && (
                <Tabs.Panel value="undone">
                  <Ledger kind={kind} id={id} />
                </Tabs.Panel>
              )}
            </Tabs>
          </div>
          <div className={`${classes.column} ${classes.side}`}>
            <FieldsSection kind={kind} doc={doc} etag={etag} may={known.may} />
            <BesideSections of={known.beside} only={beside} />
            <RunsSection of={known.runs} />
          </div>
        </div>
      )}
      {handing && (
        <HandOver kind={kind} doc={doc} etag={etag} tasks={known?.tasks ?? []} close={() => setHanding(false)} />
      )}
    </>
  )
}

function Known({ of, kind }: { of: Overview; kind: Kind }) {
  const facts = useMemo(() => new Map(of.facts.map(fact => [fact.id, fact])), [of.facts])
  return (
    <div className={classes.column}>
      {(of.brief !== null || kind === 'lead') && <BriefSection brief={of.brief} facts={facts} />}
      <QualificationSection of={of.qualification} facts={facts} />
      <UnknownsSection unknowns={of.unknowns} />
      <FactsSection facts={of.facts} />
      <ScoreSection of={of.score} facts={facts} />
    </div>
  )
}

function Strip({ cells }: { cells: readonly Cell[] }) {
  return (
    <dl className={`dw-card ${classes.strip}`}>
      {cells.map(({ label, value, wide }) => (
        <div key={label} className={wide ? classes.wide : undefined}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}

function Owner({ doc, change }: { doc: Doc; change: (() => void) | null }) {
  const name = doc.owner ?? 'Nobody'
  if (change === null) return <>{name}</>
  return (
    <UnstyledButton fz="inherit" fw="inherit" td="underline" onClick={change} title="Hand it over (W)">
      {name}
    </UnstyledButton>
  )
}

function reachCells(of: Overview | undefined): Cell[] {
  return of?.reach?.zone ? [{ label: 'Their time', value: <TheirTime zone={of.reach.zone} /> }] : []
}

function TheirTime({ zone }: { zone: string }) {
  const now = useNow()
  return <time dateTime={now.toISOString()}>{formatClock(now, zone)}</time>
}

function Unreachable({ reach: { suppressed, staleWhy } }: { reach: NonNullable<Overview['reach']> }) {
  if (!suppressed && staleWhy === null) return null
  return (
    <Alert color="red" variant="light" icon={<IconMailOff aria-hidden />} mb="md" py="xs">
      {suppressed
        ? 'They must not be written to: their address is suppressed.'
        : `Their address does not work any more: ${staleWhy}.`}
    </Alert>
  )
}

/** What comes next, as far as it is known: a decision, a task, or what a playbook is at. */
export function nextOf(of: Overview | undefined): string | null {
  if (!of) return null
  const [action] = of.actions
  if (action) return `To decide: ${action.summary.replace(/ <[^<>\s]+@[^<>\s]+>/, '')}`
  const [task] = of.tasks
  if (task) return task.title
  const run = of.runs.find(({ status }) => status === 'running' || status === 'waiting')
  return run ? `Playbook ${run.playbook} is at work` : null
}
