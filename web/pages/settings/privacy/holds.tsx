/** Legal holds: of whom nothing is erased or swept, and why. */
import { useState } from 'react'
import { Badge, Button, Group, SegmentedControl, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Item } from '../../../api/here.ts'
import { Actor } from '../../../app/actor.tsx'
import { plainly, ProblemNote } from '../../../parts/problem.tsx'
import { When } from '../../../parts/time.tsx'
import { toast } from '../../../parts/toast.tsx'
import { Confirm, Section } from '../parts.tsx'
import classes from '../settings.module.css'
import { FindRecord, type Chosen } from './find.tsx'

type Hold = Item<typeof api.privacy.holds.$get>

export function Holds() {
  const { data, error, refetch } = useQuery({
    queryKey: ['privacy', 'holds'],
    queryFn: async () => (await answered(api.privacy.holds.$get())).data.items,
  })
  return (
    <Section
      title="Legal holds"
      about="What is under hold is neither erased nor swept, whoever asks, until it is released."
    >
      {error && !data && <ProblemNote error={error} retry={() => void refetch()} />}
      {data && data.length > 0 && (
        <ul className={classes.list}>
          {data.map(hold => (
            <Row key={hold.id} of={hold} />
          ))}
        </ul>
      )}
      <NewHold />
    </Section>
  )
}

function useName({ contactId, accountId }: Hold): string {
  const { data } = useQuery({
    queryKey: contactId ? ['contacts', contactId, 'name'] : ['accounts', accountId, 'name'],
    queryFn: async () =>
      contactId
        ? (await answered(api.contacts[':id'].$get({ param: { id: contactId } }))).data.name
        : (await answered(api.accounts[':id'].$get({ param: { id: accountId ?? '' } }))).data.name,
  })
  return data ?? (contactId ? 'A person' : 'A company')
}

function Row({ of }: { of: Hold }) {
  const client = useQueryClient()
  const name = useName(of)
  const release = async () => {
    await answered(api.privacy.holds[':id'].release.$post({ param: { id: of.id } }))
    toast({ message: `${name} is no longer under hold.` })
    await client.invalidateQueries({ queryKey: ['privacy'] })
  }
  return (
    <li className={classes.row}>
      <div className={classes.rowWords}>
        <Group gap="xs">
          <Text size="sm" fw={500}>
            {name}
          </Text>
          {of.releasedAt && <Badge color="gray">Released</Badge>}
        </Group>
        <Text size="xs" className="dw-soft">
          {of.why}, by <Actor of={of.setBy} /> <When at={of.setAt} />
        </Text>
      </div>
      {!of.releasedAt && (
        <Confirm word="Release" title={`Release the hold on ${name}?`} does="Release it" run={release}>
          What is due is swept again, and they can be erased.
        </Confirm>
      )}
    </li>
  )
}

function NewHold() {
  const client = useQueryClient()
  const [what, setWhat] = useState<'contact' | 'account'>('contact')
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [why, setWhy] = useState('')
  const add = useMutation({
    mutationFn: async () => {
      const id = chosen?.id ?? ''
      const json = what === 'contact' ? { contact: id, why: why.trim() } : { account: id, why: why.trim() }
      await answered(api.privacy.holds.$post({ json }))
    },
    onSuccess: async () => {
      setChosen(null)
      setWhy('')
      await client.invalidateQueries({ queryKey: ['privacy'] })
    },
  })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        add.mutate()
      }}
    >
      <Stack gap="sm" maw={560} mt="md">
        <SegmentedControl
          size="xs"
          value={what}
          onChange={value => {
            setWhat(value)
            setChosen(null)
          }}
          data={[
            { value: 'contact', label: 'A person' },
            { value: 'account', label: 'A company' },
          ]}
          style={{ alignSelf: 'flex-start' }}
          aria-label="A person or a company"
        />
        <FindRecord key={what} what={what} label="Put under hold" chosen={chosen} set={setChosen} />
        <TextInput
          label="Why"
          value={why}
          onChange={event => setWhy(event.currentTarget.value)}
          maxLength={500}
          error={add.error ? plainly(add.error).what : null}
        />
        <Group>
          <Button type="submit" loading={add.isPending} disabled={chosen === null || why.trim() === ''}>
            Hold it
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
