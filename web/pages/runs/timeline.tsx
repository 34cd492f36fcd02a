/** The steps of a run as they went: how each ended, how long it took and how often it was tried; opened, what it was given and gave back. */
import { Anchor, Text, UnstyledButton } from '@mantine/core'
import {
  IconAlertTriangle,
  IconCheck,
  IconChevronRight,
  IconCircleDashed,
  IconPlayerSkipForward,
  IconX,
  type Icon,
} from '@tabler/icons-react'
import { Link } from 'wouter'
import { to } from '../../app/paths.ts'
import { inWords } from '../../parts/format.ts'
import { useNow, When } from '../../parts/time.tsx'
import classes from './runs.module.css'
import { spentWords, stepName, stepStatus, took, type Run, type RunStep } from './words.tsx'

const ICONS: Record<string, Icon> = {
  done: IconCheck,
  failed: IconAlertTriangle,
  skipped: IconPlayerSkipForward,
  cancelled: IconX,
}

interface Props {
  run: Run
  /** The key of the step that is open; empty: the one that failed last. */
  chosen: string
  choose: (key: string) => void
}

export function Timeline({ run, chosen, choose }: Props) {
  const now = useNow().toISOString()
  const open = chosen || (run.status === 'paused' ? run.currentKey : null)
  const longest = Math.max(1, ...run.steps.map(step => lasted(step, now)))
  if (run.steps.length === 0)
    return (
      <Text size="sm" className="dw-soft">
        No step has begun yet. It begins as soon as a worker is free.
      </Text>
    )
  return (
    <ol className={classes.timeline}>
      {run.steps.map(step => (
        <Step
          key={step.key}
          step={step}
          until={step.endedAt ?? run.endedAt ?? now}
          share={lasted(step, now) / longest}
          open={step.key === open}
          toggle={() => choose(step.key === open ? NONE : step.key)}
        />
      ))}
    </ol>
  )
}

/** Closed by hand, and so none is open. */
const NONE = '-'

const lasted = ({ startedAt, endedAt }: RunStep, now: string): number =>
  Math.max(0, Date.parse(endedAt ?? now) - Date.parse(startedAt))

interface StepProps {
  step: RunStep
  until: string
  /** How long it took, of the one that took longest. */
  share: number
  open: boolean
  toggle: () => void
}

function Step({ step, until, share, open, toggle }: StepProps) {
  const Shown = ICONS[step.status] ?? IconCircleDashed
  const spent = spentWords(step.spent)
  const notes = [step.attempts > 1 ? `tried ${step.attempts} times` : null, spent].filter(note => note !== null)
  return (
    <li className={classes.step} data-status={step.status}>
      <UnstyledButton className={classes.head} aria-expanded={open} onClick={toggle}>
        <span className={classes.dot} aria-hidden>
          <Shown size={13} stroke={2.4} />
        </span>
        <span className={classes.name}>
          <Text span size="sm" fw={550}>
            {stepName(step.key)}
          </Text>{' '}
          <Text span size="xs" className="dw-soft">
            {step.verb === 'propose'
              ? `proposes: ${inWords(step.kind).toLowerCase()}`
              : inWords(step.kind).toLowerCase()}
          </Text>
        </span>
        <Text span size="xs" className={classes.stand}>
          {stepStatus(step.status)}
        </Text>
        <span className={classes.time}>
          <span>{took(step.startedAt, until)}</span>
          <span className={classes.bar} aria-hidden>
            <span style={{ width: `${Math.max(2, Math.round(share * 100))}%` }} />
          </span>
        </span>
        <IconChevronRight size={14} aria-hidden className={classes.chevron} data-open={open || undefined} />
      </UnstyledButton>
      {step.errorWhy && (
        <Text size="sm" className={classes.error}>
          {step.errorWhy}
        </Text>
      )}
      {open && (
        <div className={classes.detail}>
          <Text size="xs" className="dw-soft" mb={6}>
            Began <When at={step.startedAt} whole />
            {step.endedAt && (
              <>
                {', ended '}
                <When at={step.endedAt} whole />
              </>
            )}
            {notes.length > 0 && ` · ${notes.join(' · ')}`}
          </Text>
          <Values title="Given" of={step.given} none="Nothing besides the record" />
          <Values title="Gave back" of={step.result} none={step.endedAt ? 'Nothing' : 'Nothing yet'} />
        </div>
      )}
    </li>
  )
}

function Values({ title, of, none }: { title: string; of: unknown; none: string }) {
  const entries = typeof of === 'object' && of !== null ? Object.entries(of) : []
  return (
    <div className={classes.values}>
      <Text size="xs" fw={500} className="dw-soft">
        {title}
      </Text>
      {entries.length === 0 ? (
        <Text size="sm" className="dw-soft">
          {none}
        </Text>
      ) : (
        <dl>
          {entries.map(([name, value]) => (
            <div key={name}>
              <dt>{inWords(name)}</dt>
              <dd>
                <Value name={name} value={value} />
              </dd>
            </div>
          ))}
        </dl>
      )}
    </div>
  )
}

/** A name of ours rather than somebody's text. */
const WORD = /^[a-z]+(_[a-z]+)*$/
const UUID = /^[0-9a-f]{8}-[0-9a-f-]{27}$/
const PLACES: Record<string, (id: string) => string> = {
  lead: to.lead,
  deal: to.deal,
  contact: to.contact,
  account: to.account,
  action: id => to.approvals(id),
}

/** Records by reference, the rest as it is. */
function Value({ name, value }: { name: string; value: unknown }) {
  if (value === null || value === '') return <span className="dw-soft">nothing</span>
  if (typeof value === 'boolean') return <>{value ? 'yes' : 'no'}</>
  if (typeof value === 'object' && 'key' in value) return <>from {stepName(String(value.key)).toLowerCase()}</>
  if (typeof value !== 'string') return <>{typeof value === 'number' ? String(value) : JSON.stringify(value)}</>
  if (/^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value)) return <When at={value} whole />
  if (!UUID.test(value)) return <>{WORD.test(value) ? inWords(value) : value}</>
  const place = PLACES[name]
  if (place)
    return (
      <Anchor component={Link} href={place(value)} size="sm">
        open it
      </Anchor>
    )
  return <span className="dw-soft">record {value.slice(0, 8)}</span>
}
