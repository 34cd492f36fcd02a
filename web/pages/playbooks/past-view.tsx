/** What a text, mine or the one in force, would have made of runs that have ended. */
import { Anchor, Text } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { answered, api, type Answer } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { formatNumber, inWords } from '../../parts/format.ts'
import { Empty, RowSkeletons } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { When } from '../../parts/time.tsx'
import { usePlaybookDraft, type Known } from './use-playbook.ts'
import classes from './playbooks.module.css'

type Trial = Answer<typeof api.playbooks.try.$post>
type Would = Trial['changed'][number]['would']

export function PastView({ known }: { known: Known }) {
  const { text } = usePlaybookDraft(known).value
  const mine = text !== known.text
  const { data, error, refetch } = useQuery({
    queryKey: ['trial', text],
    queryFn: async () => (await answered(api.playbooks.try.$post({ json: { text } }))).data,
  })
  if (error)
    return (
      <ProblemNote error={error} retry={() => void refetch()}>
        <Text size="sm">A text with mistakes cannot be tried: put it right first.</Text>
      </ProblemNote>
    )
  if (!data) return <RowSkeletons />
  if (data.runs === 0)
    return (
      <Empty icon={<IconHistory size={36} stroke={1.4} aria-hidden />} title="No run has ended yet">
        Once runs of this playbook have ended, your changes can be tried on them before they are put in force.
      </Empty>
    )
  return (
    <div>
      <Text size="sm" fw={500}>
        {sentence(data, mine)}
      </Text>
      <Text size="sm" className="dw-soft" mb="md">
        Steps answer as they did then, mails and other happenings come when they came. Nothing is sent, and no model is
        asked.
      </Text>
      {data.changed.length > 0 && (
        <div className={classes.past}>
          <table>
            <caption className="dw-heard">Runs that would have gone otherwise</caption>
            <thead>
              <tr>
                <th scope="col">Run</th>
                <th scope="col">Ended</th>
                <th scope="col">Would have</th>
              </tr>
            </thead>
            <tbody>
              {data.changed.map(({ run, about, startedAt, was, would }) => (
                <tr key={run}>
                  <td>
                    <Anchor component={Link} href={to.run(run)} size="sm">
                      {about ?? 'Nobody in particular'}
                    </Anchor>{' '}
                    <span className="dw-soft">
                      <When at={startedAt} />
                    </span>
                  </td>
                  <td>{was === null ? 'Without a word' : inWords(was)}</td>
                  <td data-unknown={would.kind === 'unknown' || undefined}>{wouldHave(would)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </div>
  )
}

function sentence({ runs, same, changed }: Trial, mine: boolean): string {
  const of = mine ? 'With what you changed' : 'With the text in force'
  const looked = runs === 1 ? 'the one run that ended' : `the ${formatNumber(runs)} newest runs that ended`
  if (changed.length === 0) return `${of}, ${looked} would have gone just so.`
  return `${of}, of ${looked} ${formatNumber(same)} would have gone just so and ${formatNumber(changed.length)} otherwise.`
}

function wouldHave(would: Would): string {
  switch (would.kind) {
    case 'not_begun':
      return 'Not begun'
    case 'ended':
      return `Ended: ${inWords(would.outcome).toLowerCase()}`
    case 'stopped':
      return `Stopped at ${inWords(would.step).toLowerCase()}`
    default:
      return `Gone another way at ${inWords(would.step).toLowerCase()}, which nobody can know the end of`
  }
}
