/** Pipelines, their stages, how likely each is to be won, and what must be true of a deal before it moves on. */
import { useState } from 'react'
import { ActionIcon, Badge, Button, Group, NativeSelect, NumberInput, Stack, Text, TextInput } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconX } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Item } from '../../../api/here.ts'
import { RowSkeletons } from '../../../parts/page.tsx'
import { plainly, ProblemNote } from '../../../parts/problem.tsx'
import { toast, toastProblem } from '../../../parts/toast.tsx'
import { Confirm, FormBody, Section } from '../parts.tsx'
import classes from '../settings.module.css'
import { useForm } from '../use-form.ts'

type Pipeline = Item<typeof api.pipelines.$get>
type Stage = Pipeline['stages'][number]

export default function PipelinesSettings() {
  const { data, error, refetch } = useQuery({
    queryKey: ['pipelines', 'settings'],
    queryFn: async () => (await answered(api.pipelines.$get({ query: {} }))).data.items,
  })
  if (error && !data) return <ProblemNote error={error} retry={() => void refetch()} />
  if (!data) return <RowSkeletons rows={4} />
  return (
    <>
      {data.map(pipeline => (
        <One key={pipeline.id} pipeline={pipeline} />
      ))}
      <NewPipeline />
    </>
  )
}

function One({ pipeline }: { pipeline: Pipeline }) {
  const client = useQueryClient()
  const renew = () => client.invalidateQueries({ queryKey: ['pipelines'] })
  const param = { id: pipeline.id }
  const change = async (json: { order?: string[]; archived?: boolean }) => {
    const { etag } = await answered(api.pipelines[':id'].$get({ param }))
    await answered(api.pipelines[':id'].$patch({ param, json }, { headers: { 'if-match': etag ?? '' } }))
    await renew()
  }
  const move = useMutation({ mutationFn: (order: string[]) => change({ order }), onError: toastProblem })
  const ids = pipeline.stages.map(({ id }) => id)
  const swap = (n: number, by: 1 | -1) => {
    const order = [...ids]
    const [one] = order.splice(n, 1)
    if (one !== undefined) order.splice(n + by, 0, one)
    move.mutate(order)
  }
  return (
    <Section
      title={pipeline.name}
      about={`${pipeline.stages.length} stages`}
      actions={
        <Confirm
          word="Take out of use"
          title={`Take ${pipeline.name} out of use?`}
          does="Take it out of use"
          run={() => change({ archived: true })}
        >
          Its deals and their history stay; no deal begins in it any more.
        </Confirm>
      }
    >
      <ol className={classes.list}>
        {pipeline.stages.map((stage, n) => (
          <StageRow
            key={stage.id}
            stage={stage}
            others={pipeline.stages.filter(({ id }) => id !== stage.id)}
            up={n > 0 ? () => swap(n, -1) : undefined}
            down={n < ids.length - 1 ? () => swap(n, 1) : undefined}
            renew={renew}
          />
        ))}
      </ol>
      <NewStage pipelineId={pipeline.id} renew={renew} />
    </Section>
  )
}

const KINDS = {
  open: { word: 'Open', color: 'blue' },
  won: { word: 'Won', color: 'green' },
  lost: { word: 'Lost', color: 'gray' },
} as const

interface StageProps {
  stage: Stage
  others: readonly Stage[]
  up: (() => void) | undefined
  down: (() => void) | undefined
  renew: () => Promise<void>
}

function StageRow({ stage, others, up, down, renew }: StageProps) {
  const [opened, setOpened] = useState(false)
  const [moveTo, setMoveTo] = useState('')
  const archive = async () => {
    const param = { id: stage.id }
    const { etag } = await answered(api.stages[':id'].$get({ param }))
    const { data } = await answered(
      api.stages[':id'].archive.$post(
        { param, json: { moveTo: moveTo || null } },
        { headers: { 'if-match': etag ?? '' } },
      ),
    )
    toast({
      message: `${stage.name} is out of use; ${data.moved === 1 ? 'one deal was' : `${data.moved} deals were`} moved.`,
    })
    await renew()
  }
  const { word, color } = KINDS[stage.kind]
  return (
    <li className={classes.row}>
      <div className={classes.rowWords}>
        <Group gap="xs">
          <Text size="sm" fw={500}>
            {stage.name}
          </Text>
          <Badge color={color}>{word}</Badge>
          {stage.kind === 'open' && (
            <Text size="xs" className="dw-soft">
              {Math.round(stage.probability * 100)} % likely
            </Text>
          )}
        </Group>
        {stage.exitRules.map(({ message }) => (
          <Text key={message} size="xs" className="dw-soft">
            Before it moves on: {message}
          </Text>
        ))}
      </div>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        disabled={!up}
        onClick={up}
        aria-label={`${stage.name} earlier`}
      >
        <IconArrowUp size={14} aria-hidden />
      </ActionIcon>
      <ActionIcon
        variant="subtle"
        color="gray"
        size="sm"
        disabled={!down}
        onClick={down}
        aria-label={`${stage.name} later`}
      >
        <IconArrowDown size={14} aria-hidden />
      </ActionIcon>
      <Button size="compact-sm" variant="subtle" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        {opened ? 'Close' : 'Change'}
      </Button>
      <Confirm word="Remove" title={`Take ${stage.name} out of use?`} does="Take it out of use" run={archive}>
        Deals in it move on, each with its history.
        <NativeSelect
          mt="sm"
          label="Deals in it go to"
          value={moveTo}
          onChange={event => setMoveTo(event.currentTarget.value)}
          data={[{ value: '', label: 'There are none' }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      </Confirm>
      {opened && <StageForm id={stage.id} />}
    </li>
  )
}

function StageForm({ id }: { id: string }) {
  const param = { id }
  const form = useForm({
    name: `stage ${id}`,
    queryKey: ['pipelines', 'stage', id],
    load: () => answered(api.stages[':id'].$get({ param })),
    from: ({ name, probability, exitRules }) => ({ name, probability, exitRules }),
    save: (json, ifMatch) => answered(api.stages[':id'].$patch({ param, json }, ifMatch)),
    said: 'Saved.',
  })
  return (
    <FormBody of={form}>
      {({ name, probability, exitRules }) => (
        <>
          <TextInput label="Name" value={name} onChange={event => form.set({ name: event.currentTarget.value })} />
          <NumberInput
            label="Likely to be won"
            value={Math.round(probability * 100)}
            onChange={value => typeof value === 'number' && form.set({ probability: value / 100 })}
            min={0}
            max={100}
            suffix=" %"
            maw={160}
          />
          <Rules of={exitRules} set={to => form.set({ exitRules: to })} />
        </>
      )}
    </FormBody>
  )
}

function Rules({ of, set }: { of: Stage['exitRules']; set: (rules: Stage['exitRules']) => void }) {
  const put = (n: number, change: Partial<Stage['exitRules'][number]>) =>
    set(of.map((rule, at) => (at === n ? { ...rule, ...change } : rule)))
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        Before a deal moves on
      </Text>
      {of.map(({ rule, message }, n) => (
        <Group key={n} gap="xs" align="flex-end" wrap="nowrap">
          <Stack gap={4} flex={1}>
            <TextInput
              aria-label={`Condition ${n + 1}`}
              placeholder="has(deal.amount)"
              value={rule}
              onChange={event => put(n, { rule: event.currentTarget.value })}
              ff="monospace"
            />
            <TextInput
              aria-label={`What to say where condition ${n + 1} is not met`}
              placeholder="The amount is missing."
              value={message}
              onChange={event => put(n, { message: event.currentTarget.value })}
            />
          </Stack>
          <ActionIcon
            variant="subtle"
            color="red"
            onClick={() => set(of.filter((_, at) => at !== n))}
            aria-label={`Remove condition ${n + 1}`}
          >
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Group>
        <Button size="compact-sm" variant="default" onClick={() => set([...of, { rule: '', message: '' }])}>
          Add a condition
        </Button>
      </Group>
    </Stack>
  )
}

function NewStage({ pipelineId, renew }: { pipelineId: string; renew: () => Promise<void> }) {
  const [name, setName] = useState('')
  const [kind, setKind] = useState<Stage['kind']>('open')
  const add = useMutation({
    mutationFn: async () =>
      answered(api.pipelines[':id'].stages.$post({ param: { id: pipelineId }, json: { name: name.trim(), kind } })),
    onSuccess: async () => {
      setName('')
      await renew()
    },
  })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        add.mutate()
      }}
    >
      <Group gap="xs" align="flex-end" mt="sm">
        <TextInput
          label="A new stage"
          value={name}
          onChange={event => setName(event.currentTarget.value)}
          maxLength={80}
          error={add.error ? plainly(add.error).what : null}
        />
        <NativeSelect
          aria-label="What it means"
          value={kind}
          onChange={event => setKind(event.currentTarget.value as Stage['kind'])}
          data={Object.entries(KINDS).map(([value, { word }]) => ({ value, label: word }))}
        />
        <Button type="submit" variant="default" loading={add.isPending} disabled={name.trim() === ''}>
          Add it
        </Button>
      </Group>
    </form>
  )
}

/** Begins with what every pipeline has. */
const FIRST_STAGES = [
  { name: 'Discovery', kind: 'open', probability: 0.2 },
  { name: 'Proposal', kind: 'open', probability: 0.5 },
  { name: 'Won', kind: 'won', probability: 1 },
  { name: 'Lost', kind: 'lost', probability: 0 },
] as const

function NewPipeline() {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const add = useMutation({
    mutationFn: async () =>
      answered(api.pipelines.$post({ json: { name: name.trim(), stages: FIRST_STAGES.map(stage => ({ ...stage })) } })),
    onSuccess: async () => {
      setName('')
      await client.invalidateQueries({ queryKey: ['pipelines'] })
    },
  })
  return (
    <Section title="Another pipeline" about="It begins with four stages, which you change then.">
      <form
        onSubmit={event => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <Group gap="xs" align="flex-end">
          <TextInput
            label="Name"
            value={name}
            onChange={event => setName(event.currentTarget.value)}
            maxLength={80}
            error={add.error ? plainly(add.error).what : null}
          />
          <Button type="submit" loading={add.isPending} disabled={name.trim() === ''}>
            Make it
          </Button>
        </Group>
      </form>
    </Section>
  )
}
