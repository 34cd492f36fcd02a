/** What a text would have decided otherwise: of past actions, of the scores and the owners of current leads. */
import { Badge, Text } from '@mantine/core'
import { useMutation, type UseMutationResult } from '@tanstack/react-query'
import { Link } from 'wouter'
import { answered, api } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { formatNumber, inWords, shortSummary } from '../../parts/format.ts'
import { ProblemNote } from '../../parts/problem.tsx'
import classes from './definitions.module.css'
import type { Kind } from './kinds.ts'

interface Change {
  id: string
  href: string
  title: string
  before: string
  after: string
  why: readonly string[]
}

interface Tried {
  /** The text that was tried. */
  text: string
  looked: number
  /** What was looked at. */
  of: string
  changed: readonly Change[]
}

const nobody = (owner: string | null): string => owner ?? 'nobody'
const nameOf = ({ name, company }: { name: string; company: string | null }): string =>
  company && company !== name ? `${name}, ${company}` : name

const TRY: Readonly<Record<Kind, (text: string) => Promise<Tried>>> = {
  policy: async text => {
    const { data } = await answered(api.policy.try.$post({ json: { text } }))
    const changed = data.changed.map(({ id, summary, was, would, rule }) => ({
      id,
      href: to.approvals(id),
      title: shortSummary(summary),
      before: inWords(was),
      after: inWords(would),
      why: [`by ${rule}`],
    }))
    return { text, looked: data.actions, of: 'past actions', changed }
  },
  scoring: async text => {
    const { data } = await answered(api.scoring.try.$post({ json: { text } }))
    const changed = data.changed.map(({ lead, before, after, why, ...who }) => ({
      id: lead,
      href: to.lead(lead),
      title: nameOf(who),
      before: String(Math.round(before)),
      after: String(Math.round(after)),
      why,
    }))
    return { text, looked: data.leads, of: 'current leads', changed }
  },
  territories: async text => {
    const { data } = await answered(api.territories.try.$post({ json: { text } }))
    const changed = data.changed.map(({ lead, before, after, owner, ...who }) => ({
      id: lead,
      href: to.lead(lead),
      title: nameOf(who),
      before: nobody(before.owner),
      after: nobody(after.owner),
      why: [after.reason, `Stays with ${nobody(owner)}: leads keep their owner.`],
    }))
    return { text, looked: data.leads, of: 'current leads', changed }
  },
}

export const useTrial = (kind: Kind) => useMutation({ mutationFn: (text: string) => TRY[kind](text) })

interface Props {
  kind: Kind
  of: UseMutationResult<Tried, Error, string>
  /** As it stands now. */
  text: string
}

const MOST = 100

export function Trial({ of: { data, error, isIdle, mutate }, text }: Props) {
  if (isIdle) return null
  if (error) return <ProblemNote error={error} retry={() => mutate(text)} />
  if (!data) return <Text size="sm">Trying it…</Text>
  const { looked, changed } = data
  return (
    <section aria-label="Tried on the past" className={classes.trial}>
      <Text size="sm" fw={600} role="status">
        {changed.length === 0
          ? `Nothing would change for ${formatNumber(looked)} ${data.of}.`
          : `${formatNumber(changed.length)} of ${formatNumber(looked)} ${data.of} would change.`}
      </Text>
      {data.text !== text && (
        <Text size="xs" c="orange">
          You have changed the text since.
        </Text>
      )}
      <ul className={classes.changes}>
        {changed.slice(0, MOST).map(({ id, href, title, before, after, why }) => (
          <li key={id}>
            <Link href={href} className={classes.title}>
              {title}
            </Link>
            <div className={classes.move}>
              <Badge color="gray">{before}</Badge> <span aria-label="becomes">→</span> <Badge>{after}</Badge>
            </div>
            {why.map(line => (
              <Text key={line} size="xs" className="dw-soft">
                {line}
              </Text>
            ))}
          </li>
        ))}
      </ul>
      {changed.length > MOST && (
        <Text size="xs" className="dw-soft">
          And {formatNumber(changed.length - MOST)} more.
        </Text>
      )}
    </section>
  )
}
