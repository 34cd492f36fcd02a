/** What became of the rows, or would; and how far an import is. */
import { Button, Group, Progress as Bar, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { answered, api } from '../../api/here.ts'
import { keptAddress, type ImportResult } from '../../api/upload.ts'
import { to } from '../../app/paths.ts'
import { formatNumber, inWords } from '../../parts/format.ts'
import classes from './import.module.css'

const MOST_KEPT = 50

export function Outcome({ of, file }: { of: ImportResult; file?: string }) {
  const n = formatNumber
  return (
    <div role="status">
      <Text size="sm" mb="xs">
        {file && `${file} is in. `}
        {n(of.rows)} {of.rows === 1 ? 'row' : 'rows'}: {n(of.created)} {of.dryRun ? 'would be new' : 'are new'},{' '}
        {n(of.merged)} {of.dryRun ? 'would bring up to date what is here' : 'brought up to date what was here'},{' '}
        {n(of.kept.length)} {of.dryRun ? 'cannot be used as they are' : 'were kept aside'}.
        {of.spared > 0 && ` ${n(of.spared)} values that people had set were spared.`}
      </Text>
      {of.kept.length > 0 && <Kept of={of} />}
      {of.job && (
        <Group gap="xs">
          <Button component={Link} href={placeOf(of.kind)} variant="light" size="compact-md">
            See them
          </Button>
          {of.kept.length > 0 && <KeptFile id={of.job} />}
        </Group>
      )}
    </div>
  )
}

const placeOf = (kind: string): string => (kind === 'deals' ? to.deals() : to.leads())

export function KeptFile({ id }: { id: string }) {
  return (
    <Button component="a" href={keptAddress(id)} download variant="default" size="compact-md">
      Rows to mend, as a file
    </Button>
  )
}

function Kept({ of: { kept } }: { of: ImportResult }) {
  return (
    <div className={classes.kept} tabIndex={0} role="region" aria-label="Rows that cannot be used">
      {kept.slice(0, MOST_KEPT).map(({ row, line, reason, message }) => (
        <Text key={row} size="sm">
          <span className="dw-soft">Line {formatNumber(line)}:</span> {message || inWords(reason)}
        </Text>
      ))}
      {kept.length > MOST_KEPT && (
        <Text size="sm" className="dw-soft">
          And {formatNumber(kept.length - MOST_KEPT)} more.
        </Text>
      )}
    </div>
  )
}

const LOOK_MS = 1_000

/** Read from the list of imports, which the import itself keeps up to date batch by batch. */
export function Progress({ file, rows }: { file: string; rows: number }) {
  const { data } = useQuery({
    queryKey: ['imports', 'progress', file],
    queryFn: async () =>
      (await answered(api.imports.$get({ query: { limit: '10' } }))).data.items.find(one => one.file === file) ?? null,
    refetchInterval: LOOK_MS,
  })
  const done = data?.status === 'running' ? data.rows : 0
  return (
    <section className={classes.card} aria-label="Importing">
      <Stack gap="xs">
        <Text fw={600}>Importing {file}</Text>
        <Bar value={rows > 0 ? Math.min(100, (done / rows) * 100) : 0} animated aria-label="How far the import is" />
        <Text size="sm" className="dw-soft" role="status">
          {formatNumber(done)} of {formatNumber(rows)} rows. If this page is closed it goes on; sent again, it goes on
          where it was.
        </Text>
      </Stack>
    </section>
  )
}
