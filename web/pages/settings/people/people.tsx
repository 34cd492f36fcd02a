/** The people who work here: who may what, who is in which team, and links for who is new or lost their password. */
import { useState } from 'react'
import { Badge, Button, Group, Text, TextInput } from '@mantine/core'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api } from '../../../api/here.ts'
import { Actor, usePeople } from '../../../app/actor.tsx'
import { useUrlState } from '../../../app/url-state.ts'
import { RowSkeletons } from '../../../parts/page.tsx'
import { ProblemNote } from '../../../parts/problem.tsx'
import { When } from '../../../parts/time.tsx'
import { toast } from '../../../parts/toast.tsx'
import { Confirm, Section } from '../parts.tsx'
import classes from '../settings.module.css'
import { InviteForm } from './invite.tsx'
import { PersonForm } from './person.tsx'

export default function PeopleSettings() {
  const { data, error, refetch } = usePeople()
  const [view, setView] = useUrlState({ of: '' })
  const [words, setWords] = useState('')
  const shown = (data ?? []).filter(({ name, email, team }) =>
    `${name} ${email} ${team ?? ''}`.toLowerCase().includes(words.trim().toLowerCase()),
  )
  return (
    <>
      <InviteForm />
      <Invitations />
      <Section
        title="People"
        actions={
          <TextInput
            size="xs"
            placeholder="Find"
            aria-label="Find a person"
            value={words}
            onChange={event => setWords(event.currentTarget.value)}
          />
        }
      >
        {error && !data ? (
          <ProblemNote error={error} retry={() => void refetch()} />
        ) : data ? (
          <ul className={classes.list}>
            {shown.map(person => (
              <li key={person.id} className={classes.row}>
                <div className={classes.rowWords}>
                  <Group gap="xs">
                    <Text size="sm" fw={500}>
                      {person.name}
                    </Text>
                    <Badge color="gray">{person.role}</Badge>
                    {!person.active && <Badge color="red">Left</Badge>}
                    {person.active && !person.canSignIn && <Badge color="orange">Cannot sign in yet</Badge>}
                    {person.twoFactor && <Badge color="green">Two-factor</Badge>}
                  </Group>
                  <Text size="xs" className="dw-soft">
                    {person.email}
                    {person.team && `, ${person.team}`}
                  </Text>
                </div>
                <Button
                  size="compact-sm"
                  variant="subtle"
                  aria-expanded={view.of === person.id}
                  onClick={() => setView({ of: view.of === person.id ? '' : person.id })}
                >
                  {view.of === person.id ? 'Close' : 'Change'}
                </Button>
                {view.of === person.id && <PersonForm id={person.id} />}
              </li>
            ))}
          </ul>
        ) : (
          <RowSkeletons rows={5} />
        )}
      </Section>
    </>
  )
}

function Invitations() {
  const client = useQueryClient()
  const { data } = useQuery({
    queryKey: ['invitations'],
    queryFn: async () => (await answered(api.invitations.$get())).data.items,
  })
  if (!data || data.length === 0) return null
  const revoke = async (id: string) => {
    await answered(api.invitations[':id'].$delete({ param: { id } }))
    toast({ message: 'That link no longer works.' })
    await client.invalidateQueries({ queryKey: ['invitations'] })
  }
  return (
    <Section title="Links that are open" about="Each works once. The links themselves were shown to whoever made them.">
      <ul className={classes.list}>
        {data.map(({ id, name, email, role, invitedBy, expiresAt }) => (
          <li key={id} className={classes.row}>
            <div className={classes.rowWords}>
              <Text size="sm">
                {name ?? email ?? 'Whoever opens it'} <span className="dw-soft">as {role}</span>
              </Text>
              <Text size="xs" className="dw-soft">
                by <Actor of={invitedBy} />, ends <When at={expiresAt} />
              </Text>
            </div>
            <Confirm word="Make it void" title="Make this link void?" does="Make it void" run={() => revoke(id)}>
              Whoever opens it is told that it no longer works. You can make another.
            </Confirm>
          </li>
        ))}
      </ul>
    </Section>
  )
}
