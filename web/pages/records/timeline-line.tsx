/** One thing that happened, in a sentence, with the way to all of it. */
import type { ReactNode } from 'react'
import { Anchor, Badge, Text, UnstyledButton } from '@mantine/core'
import {
  IconArrowDownLeft,
  IconArrowUpRight,
  IconChecks,
  IconCoin,
  IconNote,
  IconPencil,
  IconRobot,
  IconSparkles,
  IconSquareCheck,
  IconStairsUp,
  IconTargetArrow,
  type Icon,
} from '@tabler/icons-react'
import { Link } from 'wouter'
import { to } from '../../app/paths.ts'
import { useEvidence } from '../../parts/evidence.tsx'
import { asText, inWords, shortSummary } from '../../parts/format.ts'
import { When } from '../../parts/time.tsx'
import { FIELDS, labelOf } from './field-list.ts'
import { shown } from './field-value.ts'
import type { Line } from './happening-groups.ts'
import type { Happening, Kind } from './record.ts'
import classes from './records.module.css'

interface Props {
  line: Line
  kind: Kind
  id: string
}

const ICONS: Record<Happening['kind'], Icon> = {
  mail: IconArrowUpRight,
  note: IconNote,
  run: IconRobot,
  decision: IconChecks,
  deed: IconSparkles,
  change: IconPencil,
  stage: IconStairsUp,
  task: IconSquareCheck,
  lead: IconTargetArrow,
  deal: IconCoin,
}

export function TimelineLine({ line, kind, id }: Props) {
  const { first } = line
  const Icon = first.kind === 'mail' && first.direction === 'in' ? IconArrowDownLeft : ICONS[first.kind]
  return (
    <li className={classes.line} data-kind={first.kind}>
      <Icon size={16} stroke={1.7} aria-hidden />
      <div>
        <Said line={line} kind={kind} id={id} />
      </div>
      <span className={classes.time}>
        <When at={first.at} />
      </span>
    </li>
  )
}

function Said({ line: { first, all }, kind, id }: Props) {
  switch (first.kind) {
    case 'mail':
      return <Mail of={first} />
    case 'note':
      return (
        <>
          <Sentence>{first.who ?? 'Somebody'} noted</Sentence>
          <Words of={first} />
        </>
      )
    case 'run':
      return (
        <Sentence>
          Playbook <Go href={to.run(first.runId ?? '')}>{first.title}</Go>{' '}
          <Badge variant="dot" size="sm" color={RUN_COLORS[first.status ?? ''] ?? 'gray'}>
            {inWords(first.status ?? '')}
          </Badge>
          {first.text && <Soft> {inWords(first.text)}</Soft>}
        </Sentence>
      )
    case 'decision':
      return (
        <>
          <Sentence>
            {decider(first)} {DECISIONS[first.status ?? ''] ?? 'decided'}{' '}
            <Go href={to.approvals(first.actionId ?? '')}>{shortSummary(first.title ?? '')}</Go>
          </Sentence>
          {first.text && <Soft>{first.text}</Soft>}
        </>
      )
    case 'deed':
      return (
        <>
          <Sentence>
            {DEEDS[first.status ?? ''] ?? 'Done'}:{' '}
            <Go href={to.approvals(first.actionId ?? '')}>{shortSummary(first.title ?? '')}</Go>
          </Sentence>
          {first.text && <Soft>{first.text}</Soft>}
        </>
      )
    case 'change':
      return <Changed all={all} kind={kind} />
    case 'stage':
      return (
        <Sentence>
          {first.who ?? 'Somebody'} moved{' '}
          {kind === 'deal' ? 'it' : <Go href={to.deal(first.dealId ?? '')}>{first.title}</Go>}{' '}
          {first.text && <>from {inWords(first.text)} </>}to <b>{inWords(first.status ?? '')}</b>
        </Sentence>
      )
    case 'task':
      return (
        <Sentence>
          {first.who ?? 'Somebody'} {first.status === 'done' ? 'did' : 'dropped'} <b>{first.title}</b>
        </Sentence>
      )
    case 'lead':
      return (
        <Sentence>
          {first.id === id ? 'The lead came' : <Go href={to.lead(first.id)}>{`Lead ${first.title ?? ''}`}</Go>}
          {first.id !== id && ' came'} by {inWords(first.text ?? '').toLowerCase()}
        </Sentence>
      )
    case 'deal':
      return (
        <Sentence>
          {first.id === id ? 'The deal was opened' : <Go href={to.deal(first.id)}>{`Deal ${first.title ?? ''}`}</Go>}
          {first.id !== id && ' was opened'}
        </Sentence>
      )
  }
}

const RUN_COLORS: Record<string, string> = { paused: 'orange', running: 'blue', waiting: 'blue', completed: 'green' }
const DECISIONS: Record<string, string> = {
  allow: 'allowed',
  approve: 'approved',
  refuse: 'refused',
  refuse_policy: 'refused',
}
const DEEDS: Record<string, string> = { done: 'Done', failed: 'Failed', expired: 'Nobody decided in time' }
const decider = ({ who }: Happening): string => (who === null ? 'Somebody' : who === 'the policy' ? 'The policy' : who)

function Mail({ of }: { of: Happening }) {
  const came = of.direction === 'in'
  const subject = of.title || 'without a subject'
  return (
    <>
      <Sentence>
        {came ? 'Mail from' : 'Mail to'} {of.who}:{' '}
        {came && of.sourceId !== null ? <Go href={to.inbox(of.id)}>{subject}</Go> : <b>{subject}</b>}{' '}
        {of.label && (
          <Badge variant="dot" size="sm">
            {inWords(of.label)}
          </Badge>
        )}
      </Sentence>
      {of.labelQuote && <Soft>“{of.labelQuote}”</Soft>}
      <Words of={of} />
    </>
  )
}

/** The beginning of what was written, and the way to all of it. */
function Words({ of }: { of: Happening }) {
  const open = useEvidence()
  const { text, sourceId } = of
  if (text === null || text.trim() === '') return null
  const short = text.length > MOST ? `${text.slice(0, MOST).trimEnd()}…` : text
  return (
    <div className={classes.words}>
      {short}
      {sourceId !== null && text.length > MOST && (
        <>
          {' '}
          <UnstyledButton onClick={() => open({ quote: text.slice(0, 80), sourceId })}>
            <Anchor component="span" size="sm">
              Read all of it
            </Anchor>
          </UnstyledButton>
        </>
      )}
    </div>
  )
}
const MOST = 420

function Changed({ all, kind }: { all: readonly Happening[]; kind: Kind }) {
  const [first] = all
  return (
    <>
      <Sentence>
        {first?.who ?? 'Somebody'} {first?.status === 'reverted' ? 'changed, and it was taken back' : 'changed'}
      </Sentence>
      {all.map(item => (
        <Text key={item.id} size="sm">
          <Text span size="sm" className="dw-soft">
            {labelOf(kind, item.field ?? '')}
          </Text>{' '}
          {item.old !== null && item.old !== undefined && (
            <>
              <s className="dw-soft">{told(kind, item.field, item.old)}</s> →{' '}
            </>
          )}
          <b>{item.new === null || item.new === undefined ? 'empty' : told(kind, item.field, item.new)}</b>
        </Text>
      ))}
      {first?.text && !COMMON_REASONS.has(first.text) && <Soft>{first.text}</Soft>}
    </>
  )
}

/** Reasons that say nothing beyond the sentence. */
const COMMON_REASONS = new Set(['changed by a person', 'made by a person'])

function told(kind: Kind, name: string | null, value: unknown): string {
  const field = FIELDS[kind].find(one => one.name === name)
  if (field && field.type !== 'money') return shown(field.type, value, field.choices) ?? asText(value)
  // In minor units; the currency is a change of its own.
  if (field && typeof value === 'number') return (value / 100).toLocaleString()
  return asText(value)
}

const Sentence = ({ children }: { children: ReactNode }) => (
  <Text size="sm" component="div">
    {children}
  </Text>
)
const Soft = ({ children }: { children: ReactNode }) => (
  <Text size="sm" className="dw-soft" component="span">
    {children}
  </Text>
)
const Go = ({ href, children }: { href: string; children: ReactNode }) => (
  <Anchor component={Link} href={href} size="sm" underline="always">
    {children}
  </Anchor>
)
