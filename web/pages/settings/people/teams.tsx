/** Teams, each with whoever leads it. */
import { useState } from 'react'
import { Button, Group, NativeSelect, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Item } from '../../../api/here.ts'
import { usePeople } from '../../../app/actor.tsx'
import { Empty, RowSkeletons } from '../../../parts/page.tsx'
import { plainly, ProblemNote } from '../../../parts/problem.tsx'
import { FormBody, Section } from '../parts.tsx'
import classes from '../settings.module.css'
import { useForm } from '../use-form.ts'
import { useTeams } from './invite.tsx'

type Team = Item<typeof api.teams.$get>

export default function TeamsSettings() {
  const client = useQueryClient()
  const { data, error, refetch } = useTeams()
  const [name, setName] = useState('')
  const add = useMutation({
    mutationFn: async () => answered(api.teams.$post({ json: { name: name.trim() } })),
    onSuccess: async () => {
      setName('')
      await client.invalidateQueries({ queryKey: ['teams'] })
    },
  })
  return (
    <Section
      title="Teams"
      about="Whoever is in a team sees its records; whoever leads it decides what waits for a manager."
    >
      {error && !data ? (
        <ProblemNote error={error} retry={() => void refetch()} />
      ) : !data ? (
        <RowSkeletons rows={3} />
      ) : data.length === 0 ? (
        <Empty title="No teams yet">Without teams everybody’s records are their own, and admins and ops see all.</Empty>
      ) : (
        <ul className={classes.list}>
          {data.map(team => (
            <Row key={team.id} team={team} />
          ))}
        </ul>
      )}
      <form
        onSubmit={event => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <Group gap="xs" align="flex-end" mt="md">
          <TextInput
            label="A new team"
            value={name}
            onChange={event => setName(event.currentTarget.value)}
            maxLength={80}
            error={add.error ? plainly(add.error).what : null}
          />
          <Button type="submit" loading={add.isPending} disabled={name.trim() === ''}>
            Add it
          </Button>
        </Group>
      </form>
    </Section>
  )
}

function Row({ team }: { team: Team }) {
  const [opened, setOpened] = useState(false)
  return (
    <li className={classes.row}>
      <div className={classes.rowWords}>
        <Text size="sm" fw={500}>
          {team.name}
        </Text>
        <Text size="xs" className="dw-soft">
          {team.members === 1 ? 'one person' : `${team.members} people`},{' '}
          {team.manager ? `led by ${team.manager}` : 'led by nobody'}
        </Text>
      </div>
      <Button size="compact-sm" variant="subtle" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        {opened ? 'Close' : 'Change'}
      </Button>
      {opened && <TeamForm id={team.id} />}
    </li>
  )
}

function TeamForm({ id }: { id: string }) {
  const people = usePeople()
  const param = { id }
  const form = useForm({
    name: `team ${id}`,
    queryKey: ['teams', id],
    load: () => answered(api.teams[':id'].$get({ param })),
    from: ({ name, managerId }) => ({ name, managerId }),
    save: (json, ifMatch) => answered(api.teams[':id'].$patch({ param, json }, ifMatch)),
    said: 'Saved.',
  })
  const leaders = (people.data ?? []).filter(({ active, role }) => active && (role === 'manager' || role === 'admin'))
  return (
    <FormBody of={form}>
      {({ name, managerId }) => (
        <>
          <TextInput label="Name" value={name} onChange={event => form.set({ name: event.currentTarget.value })} />
          <NativeSelect
            label="Led by"
            value={managerId ?? ''}
            onChange={event => form.set({ managerId: event.currentTarget.value || null })}
            data={[{ value: '', label: 'Nobody' }, ...leaders.map(one => ({ value: one.id, label: one.name }))]}
          />
        </>
      )}
    </FormBody>
  )
}
