/** The language model: whether it answers, what it does here, and what that costs. */
import { Badge, Button, Table, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answered, api, type Answer } from '../../api/here.ts'
import { formatDay, formatNumber, inWords } from '../../parts/format.ts'
import { Empty, TextSkeleton } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { When } from '../../parts/time.tsx'
import { Section } from './parts.tsx'
import classes from './settings.module.css'

type Use = Answer<typeof api.model.$get>

const MICRO = 1_000_000

const dollars = (micros: number): string =>
  new Intl.NumberFormat(navigator.languages as string[], {
    style: 'currency',
    currency: 'USD',
    maximumFractionDigits: micros > 0 && micros < MICRO ? 4 : 2,
  }).format(micros / MICRO)

export default function ModelSettings() {
  const { data, error, refetch, isFetching } = useQuery({
    queryKey: ['model'],
    queryFn: async () => (await answered(api.model.$get())).data,
  })
  if (error && !data) return <ProblemNote error={error} retry={() => void refetch()} />
  if (!data) return <TextSkeleton lines={6} />
  return (
    <>
      <Section
        title="Language model"
        about={<About of={data} />}
        actions={
          <>
            <State of={data} />
            <Button size="compact-sm" variant="default" loading={isFetching} onClick={() => void refetch()}>
              Look again
            </Button>
          </>
        }
      >
        <Text size="sm" className="dw-soft" maw={640}>
          Which model, its key and its budgets for a day and a run are set where Dealwright is started, since workers
          hold the key and the server never sees it. Whoever runs it tries the model with <code>dealwright doctor</code>
          .
        </Text>
      </Section>
      {data.agents.length === 0 ? (
        <Empty title="It was not asked anything these fourteen days">
          As soon as a lead is researched or a message read, what it cost stands here.
        </Empty>
      ) : (
        <>
          <Section title="By what it does">
            <Figures
              first="Agent"
              rows={data.agents.map(({ agent, medianMs, ...figures }) => ({
                ...figures,
                name: inWords(agent),
                speed: medianMs === null ? '–' : `${formatNumber(Math.round(medianMs / 100) / 10)} s`,
              }))}
            />
          </Section>
          <Section title="By day" about="Fourteen days, in universal time, as the budget counts them.">
            <Figures
              first="Day"
              rows={data.days.map(({ day, ...figures }) => ({ ...figures, name: formatDay(day) }))}
            />
          </Section>
        </>
      )}
    </>
  )
}

function isAnswering({ answeredAt, failedAt }: Use): boolean | null {
  if (failedAt === null) return answeredAt === null ? null : true
  return answeredAt !== null && answeredAt > failedAt
}

function State({ of }: { of: Use }) {
  const state = isAnswering(of)
  if (state === null) return <Badge color="gray">Not asked lately</Badge>
  return <Badge color={state ? 'green' : 'red'}>{state ? 'Answers' : 'Does not answer'}</Badge>
}

function About({ of }: { of: Use }) {
  const { model, answeredAt, failedAt, failedCode } = of
  const state = isAnswering(of)
  if (state === null) return 'Rules read and write, and every mail waits for a person.'
  return (
    <>
      {model}, answered <When at={answeredAt} none="never" />
      {failedAt && (
        <>
          , last without a usable answer <When at={failedAt} />
          {failedCode && ` (${inWords(failedCode).toLowerCase()})`}
        </>
      )}
      .{!state && ' Rules do its work meanwhile.'}
    </>
  )
}

interface FigureRow {
  name: string
  calls: number
  tokens: number
  micros: number
  byRules: number
  speed?: string
}

function Figures({ first, rows }: { first: string; rows: readonly FigureRow[] }) {
  const speed = rows.some(row => row.speed !== undefined)
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label={`Figures by ${first.toLowerCase()}`}>
      <Table verticalSpacing={4} horizontalSpacing="sm" miw={440}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{first}</Table.Th>
            <Table.Th ta="right">Calls</Table.Th>
            <Table.Th ta="right">Tokens</Table.Th>
            <Table.Th ta="right">Cost</Table.Th>
            <Table.Th ta="right">By rules</Table.Th>
            {speed && <Table.Th ta="right">Usual time</Table.Th>}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(row => (
            <Table.Tr key={row.name}>
              <Table.Td>{row.name}</Table.Td>
              <Table.Td ta="right">{formatNumber(row.calls)}</Table.Td>
              <Table.Td ta="right">{formatNumber(row.tokens)}</Table.Td>
              <Table.Td ta="right">{dollars(row.micros)}</Table.Td>
              <Table.Td ta="right">{formatNumber(row.byRules)}</Table.Td>
              {speed && <Table.Td ta="right">{row.speed}</Table.Td>}
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
