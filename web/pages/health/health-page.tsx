/** What works, what does not, since when, and what to do: what is not well stands first. */
import { Button, Group, Text, ThemeIcon } from '@mantine/core'
import { IconAlertTriangle, IconCheck } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { answered, api, type Answer } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { inWords } from '../../parts/format.ts'
import { Page, RowSkeletons } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { When } from '../../parts/time.tsx'
import classes from './health.module.css'

type Check = Answer<typeof api.health.$get>['checks'][number]

/** Looked at again by itself: what is not well is mended meanwhile. */
const AGAIN_MS = 30_000

export default function HealthPage() {
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['health'],
    queryFn: async () => (await answered(api.health.$get())).data,
    refetchInterval: AGAIN_MS,
  })
  const bad = data?.checks.filter(({ ok }) => !ok) ?? []
  const good = data?.checks.filter(({ ok }) => ok) ?? []
  return (
    <Page
      title="Health"
      about={
        data ? (
          <>
            {aboutAll(bad.length)} Looked at <When at={data.at} whole />.
          </>
        ) : (
          ' '
        )
      }
      actions={
        <Button variant="default" size="xs" loading={isFetching} onClick={() => void refetch()}>
          Look again
        </Button>
      }
    >
      {data ? (
        <div className={classes.parts}>
          {bad.length > 0 && (
            <section aria-label="What does not work">
              <ul className={classes.list}>
                {bad.map(check => (
                  <Part key={check.name} of={check} />
                ))}
              </ul>
            </section>
          )}
          <section aria-label="What works">
            <ul className={classes.list}>
              {good.map(check => (
                <Part key={check.name} of={check} />
              ))}
            </ul>
          </section>
        </div>
      ) : error ? (
        <ProblemNote error={error} retry={() => void refetch()} />
      ) : (
        <RowSkeletons />
      )}
    </Page>
  )
}

/** Where each part can be looked into. */
const PLACES: Readonly<Record<string, { href: string; word: string }>> = {
  runs: { href: to.runs({ status: 'paused' }), word: 'See them' },
  playbooks: { href: to.playbooks(), word: 'Playbooks' },
  webhooks: { href: to.settings('webhooks'), word: 'Webhooks' },
  mailboxes: { href: to.settings('mailboxes'), word: 'Mailboxes' },
  model: { href: to.settings('model'), word: 'Model' },
  'uncertain mail': { href: to.today(), word: 'Today' },
}

function Part({ of: { name, ok, what, since, todo } }: { of: Check }) {
  const place = ok ? undefined : PLACES[name]
  return (
    <li className={classes.part}>
      <ThemeIcon variant="light" color={ok ? 'green' : 'red'} size={30} radius="md" aria-hidden>
        {ok ? <IconCheck size={16} stroke={2} /> : <IconAlertTriangle size={16} stroke={1.8} />}
      </ThemeIcon>
      <div className={classes.words}>
        <Group gap="xs" justify="space-between">
          <Text size="sm" fw={550}>
            {inWords(name)}
            <span className="dw-heard">{ok ? ' works' : ' does not work'}</span>
          </Text>
          {since && (
            <Text size="xs" className="dw-soft">
              since <When at={since} whole />
            </Text>
          )}
        </Group>
        <Text size="sm" className={ok ? 'dw-soft' : undefined}>
          {what}
        </Text>
        {todo && (
          <Group gap="xs" mt={4} align="baseline">
            <Text size="sm" flex={1} miw={200}>
              <b>What to do:</b> {todo}
            </Text>
            {place && (
              <Button component={Link} href={place.href} size="compact-sm" variant="light">
                {place.word}
              </Button>
            )}
          </Group>
        )}
      </div>
    </li>
  )
}

function aboutAll(bad: number): string {
  if (bad === 0) return 'Everything works.'
  return bad === 1 ? 'One part does not work as it should.' : `${bad} parts do not work as they should.`
}
