/** Who is away, now or soon, and who decides for them meanwhile. */
import { useState } from 'react'
import { Badge, Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Item } from '../../api/here.ts'
import { usePeople } from '../../app/actor.tsx'
import { useMe } from '../../app/session.tsx'
import { Empty, RowSkeletons } from '../../parts/page.tsx'
import { plainly, ProblemNote } from '../../parts/problem.tsx'
import { When } from '../../parts/time.tsx'
import { toast, toastProblem } from '../../parts/toast.tsx'
import classes from './team.module.css'

type Absence = Item<typeof api.absences.$get>

export function Absences() {
  const { data, error, refetch } = useQuery({
    queryKey: ['absences'],
    queryFn: async () => (await answered(api.absences.$get())).data.items,
  })
  return (
    <div className={classes.notes}>
      {error && !data ? (
        <ProblemNote error={error} retry={() => void refetch()} />
      ) : !data ? (
        <RowSkeletons rows={3} />
      ) : data.length === 0 ? (
        <Empty title="Nobody is away">
          While somebody is away, their deputy finds in Approvals what would wait for them.
        </Empty>
      ) : (
        <div className={classes.card}>
          {data.map(absence => (
            <Row key={absence.id} of={absence} />
          ))}
        </div>
      )}
      <NewAbsence />
    </div>
  )
}

function Row({ of }: { of: Absence }) {
  const client = useQueryClient()
  const end = useMutation({
    mutationFn: async () => answered(api.absences[':id'].end.$post({ param: { id: of.id } })),
    onSuccess: async () => {
      toast({ message: `${of.user} decides again.` })
      await client.invalidateQueries({ queryKey: ['absences'] })
    },
    onError: toastProblem,
  })
  return (
    <Group className={classes.row} justify="space-between" gap="sm">
      <div>
        <Group gap="xs">
          <Text size="sm" fw={550}>
            {of.user}
          </Text>
          {of.away && <Badge color="orange">Away now</Badge>}
        </Group>
        <Text size="xs" className="dw-soft">
          <When at={of.fromAt} whole /> to <When at={of.toAt} whole />, {of.deputy} decides
        </Text>
      </div>
      <Button size="compact-sm" variant="subtle" loading={end.isPending} onClick={() => end.mutate()}>
        {of.away ? 'Back already' : 'Not away after all'}
      </Button>
    </Group>
  )
}

/** A day of this browser's zone as the instant at which it begins, or at which the next one does. */
const instantOf = (day: string, end: boolean): string => {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  return new Date(year, month - 1, date + (end ? 1 : 0)).toISOString()
}

function NewAbsence() {
  const me = useMe()
  const client = useQueryClient()
  const people = usePeople()
  const [user, setUser] = useState<string | null>(me.id)
  const [deputy, setDeputy] = useState<string | null>(null)
  const [from, setFrom] = useState('')
  const [to, setTo] = useState('')
  const add = useMutation({
    mutationFn: async () =>
      answered(
        api.absences.$post({
          json: {
            user: user ?? me.id,
            deputy: deputy ?? '',
            from: instantOf(from, false),
            to: instantOf(to, true),
          },
        }),
      ),
    onSuccess: async () => {
      setFrom('')
      setTo('')
      setDeputy(null)
      await client.invalidateQueries({ queryKey: ['absences'] })
    },
  })
  const here = (people.data ?? []).filter(({ active, role }) => active && role !== 'viewer')
  const options = here.map(({ id, name }) => ({ value: id, label: id === me.id ? `${name} (me)` : name }))
  return (
    <form
      className={classes.form}
      onSubmit={event => {
        event.preventDefault()
        add.mutate()
      }}
    >
      <Title order={2} fz="md" mb="xs">
        Somebody will be away
      </Title>
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <Select
            label="Who"
            data={options}
            value={user}
            onChange={setUser}
            allowDeselect={false}
            searchable
            miw={200}
          />
          <Select
            label="Who decides meanwhile"
            data={options.filter(({ value }) => value !== user)}
            value={deputy}
            onChange={setDeputy}
            searchable
            miw={200}
          />
        </Group>
        <Group gap="sm" align="flex-end">
          <TextInput
            type="date"
            label="First day"
            value={from}
            onChange={event => setFrom(event.currentTarget.value)}
          />
          <TextInput
            type="date"
            label="Last day"
            value={to}
            min={from}
            onChange={event => setTo(event.currentTarget.value)}
          />
        </Group>
        {add.error && (
          <Text size="sm" c="red" role="alert">
            {plainly(add.error).what}
          </Text>
        )}
        <Group>
          <Button type="submit" loading={add.isPending} disabled={!deputy || !from || !to || to < from}>
            Say so
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
