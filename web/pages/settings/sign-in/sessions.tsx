/** Where one is signed in, and ending that. */
import { Badge, Group, Text } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Item } from '../../../api/here.ts'
import { RowSkeletons } from '../../../parts/page.tsx'
import { ProblemNote } from '../../../parts/problem.tsx'
import { When } from '../../../parts/time.tsx'
import { toast } from '../../../parts/toast.tsx'
import { Confirm, Section } from '../parts.tsx'
import classes from '../settings.module.css'

type Session = Item<typeof api.sessions.$get>

export function SessionsSection() {
  const client = useQueryClient()
  const { data, error, refetch } = useQuery({
    queryKey: ['sessions'],
    queryFn: async () => (await answered(api.sessions.$get())).data.items,
  })
  const end = async (id: string) => {
    await answered(api.sessions[':id'].$delete({ param: { id } }))
    toast({ message: 'That session is over.' })
    await client.invalidateQueries({ queryKey: ['sessions'] })
  }
  const everywhere = async () => {
    await answered(api['sign-out-everywhere'].$post())
    location.assign('/')
  }
  return (
    <Section
      title="Where you are signed in"
      actions={
        data && data.length > 1 ? (
          <Confirm word="Sign out everywhere" title="Sign out everywhere?" does="Sign out everywhere" run={everywhere}>
            All {data.length} sessions end, this one too. API keys stay.
          </Confirm>
        ) : null
      }
    >
      {error && !data ? (
        <ProblemNote error={error} retry={() => void refetch()} />
      ) : data ? (
        <ul className={classes.list}>
          {data.map(session => (
            <li key={session.id} className={classes.row}>
              <div className={classes.rowWords}>
                <Group gap="xs">
                  <Text size="sm" fw={500}>
                    {deviceOf(session)}
                  </Text>
                  {session.current && <Badge color="green">This one</Badge>}
                  {session.secondFactorAt && <Badge color="gray">With a code</Badge>}
                </Group>
                <Text size="xs" className="dw-soft">
                  since <When at={session.createdAt} />, until <When at={session.expiresAt} />
                </Text>
              </div>
              {!session.current && (
                <Confirm word="End it" title="End this session?" does="End it" run={() => end(session.id)}>
                  Whoever is signed in there has to sign in again: {deviceOf(session)}.
                </Confirm>
              )}
            </li>
          ))}
        </ul>
      ) : (
        <RowSkeletons rows={2} />
      )}
    </Section>
  )
}

const BROWSERS: readonly [RegExp, string][] = [
  [/Edg\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\//, 'Firefox'],
  [/Chrome\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]
const SYSTEMS: readonly [RegExp, string][] = [
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Mac OS X/, 'macOS'],
  [/Windows/, 'Windows'],
  [/Linux|X11/, 'Linux'],
]

/** `Chrome on Linux`. */
function deviceOf({ userAgent }: Session): string {
  const found = (names: readonly [RegExp, string][]) => names.find(([sign]) => sign.test(userAgent ?? ''))?.[1]
  const [browser, system] = [found(BROWSERS), found(SYSTEMS)]
  if (!browser && !system) return 'A program'
  return system ? `${browser ?? 'A browser'} on ${system}` : (browser ?? '')
}
