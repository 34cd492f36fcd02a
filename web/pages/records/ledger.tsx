/** What agents did not do, and why. */
import { Anchor, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { answered, api } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { Empty, RowSkeletons } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { When } from '../../parts/time.tsx'
import { keyOf, type Kind } from './record.ts'
import classes from './records.module.css'

type Of = Exclude<Kind, 'account'>

const ROUTES = {
  lead: (id: string) => answered(api.leads[':id']['why-not'].$get({ param: { id } })),
  contact: (id: string) => answered(api.contacts[':id']['why-not'].$get({ param: { id } })),
  deal: (id: string) => answered(api.deals[':id']['why-not'].$get({ param: { id } })),
} as const

export function Ledger({ kind, id }: { kind: Of; id: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: [...keyOf(kind, id), 'why-not'],
    queryFn: async () => (await ROUTES[kind](id)).data,
  })
  return (
    <section className={`dw-card ${classes.section}`} aria-label="Not done">
      {error && !data ? (
        <ProblemNote error={error} retry={() => void refetch()} />
      ) : !data ? (
        <RowSkeletons rows={4} />
      ) : data.length === 0 ? (
        <Empty title="Nothing was left undone">
          What agents could have done and did not stands here, each with the reason: held back, refused, not known, not
          theirs to do.
        </Empty>
      ) : (
        <ol className={classes.rows} aria-label="What was not done, and why">
          {data.map(entry => {
            const place = placeOf(entry)
            return (
              <li key={`${entry.code} ${entry.source} ${entry.id}`} className={classes.line}>
                <span aria-hidden>·</span>
                <Text size="sm">
                  {entry.sentence}{' '}
                  {place && (
                    <Anchor component={Link} href={place} size="sm" underline="always">
                      Look at it
                    </Anchor>
                  )}
                </Text>
                <span className={classes.time}>
                  <When at={entry.at} />
                </span>
              </li>
            )
          })}
        </ol>
      )}
    </section>
  )
}

function placeOf({ source, id }: { source: string; id: string | null }): string | null {
  if (id === null) return null
  if (source === 'action') return to.approvals(id)
  if (source === 'run') return to.run(id)
  return null
}
