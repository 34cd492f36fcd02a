/** Giving a record to somebody else, with a word for them; open tasks about it go along. */
import { useState } from 'react'
import { Button, Checkbox, Modal, NativeSelect, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api } from '../../api/here.ts'
import { useDraft } from '../../parts/draft.ts'
import { plainly } from '../../parts/problem.tsx'
import { toast } from '../../parts/toast.tsx'
import { change, KIND_WORDS, useRefresh, type Doc, type Kind, type Overview } from './record.ts'

interface Props {
  kind: Kind
  doc: Doc
  etag: string
  tasks: Overview['tasks']
  close: () => void
}

export function HandOver({ kind, doc, etag, tasks, close }: Props) {
  const client = useQueryClient()
  const refresh = useRefresh(kind, doc.id)
  const [ownerId, setOwnerId] = useState('')
  const [along, setAlong] = useState(true)
  const note = useDraft(`hand-over of ${kind} ${doc.id}`, '')
  const people = useQuery({
    queryKey: ['users'],
    queryFn: async () => (await answered(api.users.$get({ query: { limit: '200' } }))).data.items,
    staleTime: 60_000,
  })
  const theirs = tasks.filter(task => task.ownerId === doc.ownerId)
  const choices = (people.data ?? [])
    .filter(({ id, active, role }) => active && role !== 'viewer' && id !== doc.ownerId)
    .map(({ id, name, team }) => ({ value: id, label: team ? `${name}, ${team}` : name }))
  const send = useMutation({
    mutationFn: async () => {
      const why = note.value.trim() === '' ? 'handed over' : `handed over: ${note.value.trim()}`
      // While it is still one's own: afterwards its tasks may be out of reach.
      if (along)
        for (const { id } of theirs)
          await answered(
            api.tasks[':id'].$patch(
              { param: { id }, json: { set: { ownerId }, why } },
              { headers: { 'if-match': '*' } },
            ),
          )
      await change(client, kind, doc.id, { set: { ownerId }, why: why.slice(0, 500) }, etag)
    },
    onSuccess: async () => {
      note.clear()
      close()
      toast({ message: `Handed over to ${people.data?.find(({ id }) => id === ownerId)?.name ?? 'somebody else'}` })
      await refresh()
    },
  })
  return (
    <Modal opened onClose={close} title={`Hand over this ${KIND_WORDS[kind].toLowerCase()}`}>
      <form
        onSubmit={event => {
          event.preventDefault()
          if (ownerId !== '') send.mutate()
        }}
      >
        <Stack gap="sm">
          <NativeSelect
            data-autofocus
            label="To whom"
            data={[{ value: '', label: people.data ? 'Choose somebody' : 'Loading…' }, ...choices]}
            value={ownerId}
            onChange={event => setOwnerId(event.currentTarget.value)}
          />
          <Textarea
            label="A word for them"
            description="It stands in the record’s history, beside the change of owner."
            autosize
            minRows={2}
            maxLength={480}
            value={note.value}
            onChange={event => note.set(event.currentTarget.value)}
          />
          {theirs.length > 0 && (
            <Checkbox
              label={theirs.length === 1 ? 'The open task goes along' : `The ${theirs.length} open tasks go along`}
              checked={along}
              onChange={event => setAlong(event.currentTarget.checked)}
            />
          )}
          {send.error && (
            <Text size="sm" c="red" role="alert">
              {plainly(send.error).what}
            </Text>
          )}
          <Button type="submit" loading={send.isPending} disabled={ownerId === ''}>
            Hand over
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
