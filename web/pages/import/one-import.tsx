/** One import as it stands, with what was kept aside to mend. */
import { Button, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { answered, api } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { TextSkeleton } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { When } from '../../parts/time.tsx'
import classes from './import.module.css'
import { figuresOf, State } from './imports.tsx'
import { KeptFile } from './outcome.tsx'

const LOOK_MS = 2_000

export function OneImport({ id }: { id: string }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['imports', id],
    queryFn: async () => (await answered(api.imports[':id'].$get({ param: { id } }))).data,
    refetchInterval: query => (query.state.data?.status === 'running' ? LOOK_MS : false),
  })
  if (error && !data) return <ProblemNote error={error} retry={() => void refetch()} />
  if (!data) return <TextSkeleton lines={3} />
  return (
    <section className={classes.card} aria-label={data.file}>
      <Group gap="xs" mb={4}>
        <Text fw={600} component="h2">
          {data.file}
        </Text>
        <State of={data} />
      </Group>
      <Text size="sm">
        {figuresOf(data)}. Begun <When at={data.startedAt} whole />
        {data.endedAt && (
          <>
            , ended <When at={data.endedAt} whole />
          </>
        )}
        .
      </Text>
      {data.error && (
        <Text size="sm" c="red" mt={4}>
          {data.error} Send the same file again: it goes on where it broke off.
        </Text>
      )}
      {data.kept > 0 && (
        <Text size="sm" className="dw-soft" mt="xs">
          Rows that could not be used stand in a file, each with its reason. Mend them there and import that file: its
          added columns are known and left out.
        </Text>
      )}
      <Group gap="xs" mt="sm">
        {data.kept > 0 && <KeptFile id={id} />}
        <Button component={Link} href={to.imports()} variant="light" size="compact-md">
          Import a file
        </Button>
      </Group>
    </section>
  )
}
