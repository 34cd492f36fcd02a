/** Noting what was said: facts can quote it. What is typed is kept until it is saved. */
import { useState, type RefObject } from 'react'
import { Button, Group, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { answered, api } from '../../api/here.ts'
import { useDraft } from '../../parts/draft.ts'
import { plainly } from '../../parts/problem.tsx'
import { toast } from '../../parts/toast.tsx'
import { useRefresh, type Kind } from './record.ts'

interface Props {
  kind: Exclude<Kind, 'account'>
  id: string
  place: RefObject<HTMLTextAreaElement | null>
}

export function NoteBox({ kind, id, place }: Props) {
  const draft = useDraft(`note about ${kind} ${id}`, '')
  // It stays open: closing as one clicks elsewhere would move from under the pointer what one clicks.
  const [opened, setOpened] = useState(false)
  const refresh = useRefresh(kind, id)
  const text = draft.value.trim()
  const save = useMutation({
    mutationFn: () => answered(api.records[':kind'][':id'].notes.$post({ param: { kind, id }, json: { text } })),
    onSuccess: async () => {
      draft.clear()
      toast({ message: 'Noted' })
      await refresh()
    },
  })
  const open = opened || draft.value !== ''
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        if (text !== '') save.mutate()
      }}
    >
      <Textarea
        ref={place}
        aria-label="Note"
        placeholder="What was said? Agents may quote it."
        autosize
        minRows={open ? 3 : 1}
        maxRows={14}
        maxLength={20_000}
        value={draft.value}
        onFocus={() => setOpened(true)}
        onChange={event => draft.set(event.currentTarget.value)}
        onKeyDown={event => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && text !== '') save.mutate()
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      {open && (
        <Group gap="xs" mt={6} mb="xs">
          <Button type="submit" size="compact-sm" loading={save.isPending} disabled={text === ''}>
            Save note
          </Button>
          <Text size="xs" className="dw-soft">
            {save.error ? plainly(save.error).what : 'Ctrl and Enter saves'}
          </Text>
        </Group>
      )}
    </form>
  )
}
