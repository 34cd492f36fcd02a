/** The way in: choose a file, look at what it means, import it. */
import { Alert, Button, FileButton, Group, NativeSelect, Stack, Switch, Text, TextInput } from '@mantine/core'
import { IconUpload } from '@tabler/icons-react'
import { useState, type DragEvent } from 'react'
import { inWords } from '../../parts/format.ts'
import { TextSkeleton } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import classes from './import.module.css'
import { MappingTable } from './mapping-table.tsx'
import { Outcome, Progress } from './outcome.tsx'
import { useImport, type Import } from './use-import.ts'

const KINDS = ['leads', 'accounts', 'contacts', 'deals', 'products']
const BASES = ['consent', 'contract', 'legal_obligation', 'vital_interests', 'public_task', 'legitimate_interests']
const MOST_MB = 50

export function Wizard() {
  const of = useImport()
  const { file, look, run } = of
  if (!file) return <Drop choose={of.choose} />
  if (run.data)
    return (
      <section className={classes.card} aria-label="What became of it">
        <Outcome of={run.data} file={file.name} />
        <Group mt="md">
          <Button variant="default" onClick={() => of.choose(null)}>
            Another file
          </Button>
        </Group>
      </section>
    )
  if (run.isPending) return <Progress file={file.name} rows={look.data?.rows ?? 0} />
  return (
    <section className={classes.card} aria-label="What the file means">
      <Group justify="space-between" mb="sm">
        <Text fw={600}>{file.name}</Text>
        <Button size="compact-sm" variant="subtle" onClick={() => of.choose(null)}>
          Another file
        </Button>
      </Group>
      <Stack gap="md">
        <TermFields of={of} />
        {look.error && (
          <ProblemNote error={look.error}>
            <Text size="sm">Say above what the rows are, or choose another file.</Text>
          </ProblemNote>
        )}
        {run.error && <ProblemNote error={run.error} retry={() => run.mutate()} />}
        {look.isPending && !look.data && <TextSkeleton lines={6} />}
        {look.data && <Looked of={of} />}
      </Stack>
    </section>
  )
}

function Drop({ choose }: { choose: (file: File | null) => void }) {
  const [over, setOver] = useState(false)
  const [tooLarge, setTooLarge] = useState<string | null>(null)
  const take = (file: File | null | undefined) => {
    if (!file) return
    const large = file.size > MOST_MB * 2 ** 20
    setTooLarge(large ? file.name : null)
    if (!large) choose(file)
  }
  const drag = (event: DragEvent, inside: boolean) => {
    event.preventDefault()
    setOver(inside)
  }
  return (
    <section
      className={classes.drop}
      data-over={over || undefined}
      aria-label="Choose a file"
      onDragOver={event => drag(event, true)}
      onDragLeave={event => drag(event, false)}
      onDrop={event => {
        drag(event, false)
        take(event.dataTransfer.files[0])
      }}
    >
      <IconUpload size={28} stroke={1.5} aria-hidden />
      <Text fw={600}>Drop a file here</Text>
      <FileButton onChange={take} accept=".csv,.tsv,.txt,.jsonl,.ndjson,.gz,text/csv">
        {props => (
          <Button {...props} variant="default">
            Choose a file
          </Button>
        )}
      </FileButton>
      <Text size="sm" className="dw-soft" maw={520} ta="center">
        Nothing is changed yet: you see first what each column is taken for. Exports of HubSpot, Salesforce and
        Pipedrive are known by their columns; a row that is here already is brought up to date, not doubled.
      </Text>
      {tooLarge && (
        <Alert color="red" variant="light" role="alert">
          {tooLarge} is larger than {MOST_MB} MB: import it with the command <code>dealwright import</code>, or in
          parts.
        </Alert>
      )}
    </section>
  )
}

function TermFields({ of: { terms, change, look } }: { of: Import }) {
  return (
    <Group gap="sm" align="flex-end">
      <NativeSelect
        label="The rows are"
        value={terms.as || look.data?.kind || ''}
        onChange={event => change({ as: event.currentTarget.value })}
        data={[
          ...(look.data || terms.as ? [] : [{ value: '', label: 'As the columns tell' }]),
          ...KINDS.map(kind => ({ value: kind, label: inWords(kind) })),
        ]}
      />
      <TextInput
        label="Where they come from"
        value={terms.source}
        onChange={event => change({ source: event.currentTarget.value })}
        maxLength={50}
        w={180}
      />
      <NativeSelect
        label="Lawful basis, where a row names none"
        value={terms.basis}
        onChange={event => change({ basis: event.currentTarget.value })}
        data={[{ value: '', label: 'None' }, ...BASES.map(basis => ({ value: basis, label: inWords(basis) }))]}
      />
      <Switch
        mb={8}
        label="Playbooks start for new leads"
        checked={terms.start}
        onChange={event => change({ start: event.currentTarget.checked })}
      />
    </Group>
  )
}

function Looked({ of }: { of: Import }) {
  const { look, run } = of
  const result = look.data
  if (!result) return null
  return (
    <>
      {result.warnings.map(warning => (
        <Alert key={warning} color="orange" variant="light">
          {warning}
        </Alert>
      ))}
      <Outcome of={result} />
      <MappingTable of={result} choices={of.choices} map={of.map} />
      <Group gap="sm">
        <Button
          onClick={() => run.mutate()}
          disabled={look.isPending || result.created + result.merged === 0}
          loading={look.isPending}
        >
          Import {result.created + result.merged === 1 ? 'one row' : `${result.created + result.merged} rows`}
        </Button>
        {result.kept.length > 0 && (
          <Text size="sm" className="dw-soft">
            What cannot be used is kept aside and given back to mend.
          </Text>
        )}
      </Group>
    </>
  )
}
