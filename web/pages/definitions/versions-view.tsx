/** Versions: two of them side by side, and an earlier one put in force again. */
import { Badge, Button, Group, Radio, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Actor } from '../../app/actor.tsx'
import { useMay } from '../../app/may.ts'
import { useUrlState } from '../../app/url-state.ts'
import { Empty, RowSkeletons, TextSkeleton } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { When } from '../../parts/time.tsx'
import { YamlDiff } from '../../parts/yaml-editor/yaml-diff.tsx'
import classes from './definitions.module.css'
import { KINDS, type InForce, type Kind } from './kinds.ts'
import { useRollBack } from './use-changes.ts'

export function VersionsView({ kind, inForce }: { kind: Kind; inForce: InForce }) {
  const { versions, right } = KINDS[kind]
  const mayPublish = useMay()(right)
  const back = useRollBack(kind)
  const { data, error, refetch } = useQuery({ queryKey: [kind, 'versions'], queryFn: versions })
  const [view, setView] = useUrlState({ view: 'text', from: '', to: '' })
  if (error && !data) return <ProblemNote error={error} retry={() => void refetch()} />
  if (!data) return <RowSkeletons />
  if (data.length === 0)
    return <Empty title="No versions yet">The first one is made when a text is put in force.</Empty>
  const after = Number(view.to) || inForce.version
  const before = Number(view.from) || (data.find(({ version }) => version < after)?.version ?? after)
  return (
    <div className={classes.versions}>
      <section aria-label="Versions" className={classes.list}>
        {data.map(({ version, publishedAt, publishedBy }) => (
          <div key={version} className={classes.row}>
            <Radio
              size="xs"
              name="from"
              aria-label={`Compare from version ${version}`}
              checked={before === version}
              onChange={() => setView({ from: String(version), to: String(after) })}
            />
            <Radio
              size="xs"
              name="to"
              aria-label={`Compare to version ${version}`}
              checked={after === version}
              onChange={() => setView({ from: String(before), to: String(version) })}
            />
            <div>
              <Group gap={6}>
                <Text size="sm" fw={550}>
                  Version {version}
                </Text>
                {version === inForce.version && <Badge color="green">In force</Badge>}
              </Group>
              <Text size="xs" className="dw-soft">
                <When at={publishedAt} /> by <Actor of={publishedBy} />
              </Text>
              {mayPublish && version !== inForce.version && (
                <Button
                  mt={4}
                  size="compact-xs"
                  variant="default"
                  disabled={back.isPending}
                  onClick={() => back.mutate({ version, etag: inForce.etag })}
                >
                  Put in force again
                </Button>
              )}
            </div>
          </div>
        ))}
      </section>
      <Difference kind={kind} from={before} to={after} />
    </div>
  )
}

function useText(kind: Kind, version: number) {
  return useQuery({
    queryKey: [kind, 'text', version],
    queryFn: () => KINDS[kind].textOf(version),
    // A version never changes.
    staleTime: Number.POSITIVE_INFINITY,
  })
}

function Difference({ kind, from, to }: { kind: Kind; from: number; to: number }) {
  const [before, after] = [useText(kind, from), useText(kind, to)]
  const error = before.error ?? after.error
  if (error)
    return (
      <ProblemNote
        error={error}
        retry={() => {
          void before.refetch()
          void after.refetch()
        }}
      />
    )
  if (before.data === undefined || after.data === undefined) return <TextSkeleton lines={10} />
  return <YamlDiff before={before.data} after={after.data} labels={[`Version ${from}`, `Version ${to}`]} />
}
