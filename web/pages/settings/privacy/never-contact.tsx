/** Whom nobody may write to, by our own word. */
import { useState } from 'react'
import { Badge, Button, Checkbox, Group, Modal, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Item } from '../../../api/here.ts'
import { Actor } from '../../../app/actor.tsx'
import { useMay } from '../../../app/may.ts'
import { useDraft } from '../../../parts/draft.ts'
import { Empty, RowSkeletons } from '../../../parts/page.tsx'
import { plainly, ProblemNote } from '../../../parts/problem.tsx'
import { useRows } from '../../../parts/rows.ts'
import { When } from '../../../parts/time.tsx'
import { toast } from '../../../parts/toast.tsx'
import { Section } from '../parts.tsx'
import classes from '../settings.module.css'

type Entry = Item<(typeof api)['never-contact']['$get']>

const KINDS = { address: 'An address', domain: 'A domain', account: 'A company' } as const

export default function NeverContactSettings() {
  const [all, setAll] = useState(false)
  const list = useRows(['never-contact', { all }], cursor =>
    answered(
      api['never-contact'].$get({
        query: { limit: '100', ...(all ? { all: 'true' as const } : {}), ...(cursor ? { cursor } : {}) },
      }),
    ),
  )
  return (
    <>
      <Add />
      <Section
        title="Nobody writes to these"
        about="Whoever asked us to stop is kept out besides, whatever stands here, and cannot be let back in."
        actions={
          <Checkbox
            size="xs"
            label="Those no longer in force too"
            checked={all}
            onChange={event => setAll(event.currentTarget.checked)}
          />
        }
      >
        {list.error && !list.rows ? (
          <ProblemNote error={list.error} retry={list.retry} />
        ) : !list.rows ? (
          <RowSkeletons rows={3} />
        ) : list.rows.length === 0 ? (
          <Empty title="Nobody is kept out">Add competitors, partners, or whoever must not get mail from here.</Empty>
        ) : (
          <ul className={classes.list}>
            {list.rows.map(entry => (
              <Row key={entry.id} of={entry} />
            ))}
          </ul>
        )}
        {list.hasMore && (
          <Button variant="subtle" size="xs" onClick={list.more}>
            Show more
          </Button>
        )}
      </Section>
    </>
  )
}

function Row({ of }: { of: Entry }) {
  const may = useMay()
  const client = useQueryClient()
  const [opened, setOpened] = useState(false)
  const [why, setWhy] = useState('')
  const remove = useMutation({
    mutationFn: async () =>
      answered(api['never-contact'][':id'].remove.$post({ param: { id: of.id }, json: { reason: why.trim() } })),
    onSuccess: async () => {
      setOpened(false)
      toast({ message: `${of.name ?? of.value} may be written to again.` })
      await client.invalidateQueries({ queryKey: ['never-contact'] })
    },
  })
  return (
    <li className={classes.row}>
      <div className={classes.rowWords}>
        <Group gap="xs">
          <Text size="sm" fw={500}>
            {of.name ?? of.value}
          </Text>
          <Badge color="gray">{KINDS[of.kind]}</Badge>
          {of.removedAt && <Badge color="orange">No longer in force</Badge>}
        </Group>
        <Text size="xs" className="dw-soft">
          {of.reason}, by <Actor of={of.addedBy} /> <When at={of.addedAt} />
          {of.removedBy && (
            <>
              ; taken out by <Actor of={of.removedBy} />: {of.removedWhy}
            </>
          )}
        </Text>
      </div>
      {!of.removedAt && may('never_contact.remove') && (
        <Button size="compact-sm" variant="subtle" color="red" onClick={() => setOpened(true)}>
          Take out
        </Button>
      )}
      <Modal opened={opened} onClose={() => setOpened(false)} title={`Let ${of.name ?? of.value} be written to again?`}>
        <form
          onSubmit={event => {
            event.preventDefault()
            remove.mutate()
          }}
        >
          <Stack gap="md">
            <TextInput
              data-autofocus
              label="Why"
              value={why}
              onChange={event => setWhy(event.currentTarget.value)}
              maxLength={500}
              error={remove.error ? plainly(remove.error).what : null}
            />
            <Group justify="flex-end">
              <Button type="submit" loading={remove.isPending} disabled={why.trim() === ''}>
                Take it out
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </li>
  )
}

const EMPTY = { kind: 'address' as 'address' | 'domain', value: '', reason: '' }

function Add() {
  const client = useQueryClient()
  const draft = useDraft('never contact', EMPTY)
  const { kind, value, reason } = draft.value
  const add = useMutation({
    mutationFn: async () =>
      (await answered(api['never-contact'].$post({ json: { kind, value: value.trim(), reason: reason.trim() } }))).data,
    onSuccess: async ({ made, entry }) => {
      draft.clear()
      toast({ message: made ? `Nobody writes to ${entry.value} any more.` : `${entry.value} was kept out already.` })
      await client.invalidateQueries({ queryKey: ['never-contact'] })
    },
  })
  return (
    <Section title="Keep somebody out" about="It holds from this moment, for mails too that are approved and wait.">
      <form
        onSubmit={event => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <Stack gap="sm" maw={560}>
          <Group gap="sm" align="flex-end">
            <NativeSelect
              label="Whom"
              value={kind}
              onChange={event => draft.set({ ...draft.value, kind: event.currentTarget.value as typeof kind })}
              data={[
                { value: 'address', label: 'An address' },
                { value: 'domain', label: 'A domain' },
              ]}
            />
            <TextInput
              aria-label={kind === 'address' ? 'Which address' : 'Which domain'}
              placeholder={kind === 'address' ? 'ann@company.example' : '*.company.example'}
              value={value}
              onChange={event => draft.set({ ...draft.value, value: event.currentTarget.value })}
              maxLength={300}
              flex={1}
              miw={200}
            />
          </Group>
          <TextInput
            label="Why"
            value={reason}
            onChange={event => draft.set({ ...draft.value, reason: event.currentTarget.value })}
            maxLength={500}
            error={add.error ? plainly(add.error).what : null}
          />
          <Group>
            <Button
              type="submit"
              color="red"
              loading={add.isPending}
              disabled={value.trim() === '' || reason.trim() === ''}
            >
              Keep them out
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
