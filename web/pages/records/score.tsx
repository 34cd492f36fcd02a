/** A lead's score: its parts side by side as one bar, and as the table that the bar is drawn from; they add up to the score. */
import { Text } from '@mantine/core'
import { inWords } from '../../parts/format.ts'
import { Cites } from './cite.tsx'
import type { Fact, Overview } from './record.ts'
import classes from './records.module.css'
import { Section } from './section.tsx'

type Score = NonNullable<Overview['score']>

const inTenths = (points: number): string => (Number.isInteger(points) ? String(points) : points.toFixed(1))

export function ScoreSection({ of, facts }: { of: Score | null; facts: ReadonlyMap<string, Fact> }) {
  if (!of) return null
  const known = of.parts.filter(({ status }) => status === 'known')
  const unknown = of.parts.filter(({ status }) => status === 'unknown')
  return (
    <Section
      title="Score"
      aside={
        <Text fw={600} size="lg">
          {inTenths(of.value)}
          <Text span size="xs" className="dw-soft">
            {' '}
            of 100
          </Text>
        </Text>
      }
    >
      <div className={classes.bar} aria-hidden>
        {known
          .filter(({ points }) => points > 0)
          .map(({ name, group, points }) => (
            <div
              key={name}
              className={classes[group]}
              style={{ width: `${points}%` }}
              title={`${inWords(name)}: ${inTenths(points)}`}
            />
          ))}
      </div>
      <table className={classes.parts}>
        <caption className="dw-heard">What the score is made of</caption>
        <thead>
          <tr>
            <th scope="col">Part</th>
            <th scope="col">Why</th>
            <th scope="col" className={classes.number}>
              Points
            </th>
          </tr>
        </thead>
        <tbody>
          {known.map(({ name, group, points, reason, factIds }) => (
            <tr key={name}>
              <th scope="row">
                <span className={`${classes.dot} ${classes[group]}`} aria-hidden />
                {inWords(name)}
              </th>
              <td className="dw-soft">
                {reason}
                <Cites ids={factIds} facts={facts} />
              </td>
              <td className={classes.number}>{inTenths(points)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">All together</th>
            <td className="dw-soft">
              {inTenths(of.fit)} for how they fit, {inTenths(of.engagement)} for their interest
            </td>
            <td className={classes.number}>{inTenths(of.value)}</td>
          </tr>
        </tfoot>
      </table>
      {unknown.length > 0 && (
        <Text size="xs" className="dw-soft" mt="xs">
          Not counted, since not known: {unknown.map(({ name }) => inWords(name).toLowerCase()).join(', ')}.
        </Text>
      )}
    </Section>
  )
}
