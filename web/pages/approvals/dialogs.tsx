/** Refusing with a reason, asking a question, handing a decision to somebody else. */
import { useState } from 'react'
import { Button, Chip, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import type { Approval } from '../../api/here.ts'
import { useDraft } from '../../parts/draft.ts'
import { plainly } from '../../parts/problem.tsx'
import type { useDecide } from './decide.ts'

type Decide = ReturnType<typeof useDecide>

interface Dialog {
  opened: boolean
  close: () => void
}

const REASONS = [
  'Not the right time',
  'Wrong tone',
  'Says something wrong',
  'Wrong person',
  'I know them: I write myself',
]

export function RefuseDialog({ opened, close, done }: Dialog & { done: (why: string) => void }) {
  const [why, setWhy] = useState('')
  const send = (reason: string) => {
    close()
    setWhy('')
    done(reason)
  }
  return (
    <Modal opened={opened} onClose={close} title="Refuse, and say why">
      <form
        onSubmit={event => {
          event.preventDefault()
          if (why.trim()) send(why.trim())
        }}
      >
        <Text size="sm" className="dw-soft" mb="sm">
          Your reason teaches: it is kept with the draft, and counts against letting this kind go by itself.
        </Text>
        <Textarea
          data-autofocus
          label="Reason"
          value={why}
          onChange={event => setWhy(event.currentTarget.value)}
          onKeyDown={event => {
            if (event.key === 'Enter' && !event.shiftKey && why.trim()) {
              event.preventDefault()
              send(why.trim())
            }
          }}
          autosize
          minRows={2}
          maxLength={1_000}
        />
        <Group gap={6} my="sm">
          {REASONS.map(reason => (
            <Chip key={reason} size="xs" checked={false} onChange={() => send(reason)}>
              {reason}
            </Chip>
          ))}
        </Group>
        <Button type="submit" color="red" disabled={why.trim() === ''}>
          Refuse
        </Button>
      </form>
    </Modal>
  )
}

export function AskDialog({ of, opened, close, ask }: Dialog & { of: Approval; ask: Decide['ask'] }) {
  const draft = useDraft(`question about ${of.id}`, '')
  const send = useMutation({
    mutationFn: () => ask(of.id, draft.value.trim()),
    onSuccess: () => {
      draft.clear()
      close()
    },
  })
  return (
    <Modal opened={opened} onClose={close} title="Ask before you decide">
      <form
        onSubmit={event => {
          event.preventDefault()
          send.mutate()
        }}
      >
        <Stack gap="sm">
          <Textarea
            data-autofocus
            label="Question"
            description={`Goes to ${of.owner ?? 'whoever made it'}. The action goes on waiting meanwhile.`}
            value={draft.value}
            onChange={event => draft.set(event.currentTarget.value)}
            autosize
            minRows={3}
            maxLength={2_000}
            error={send.error ? plainly(send.error).what : null}
          />
          <Button type="submit" loading={send.isPending} disabled={draft.value.trim() === ''}>
            Ask
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}

export function DelegateDialog({
  of,
  opened,
  close,
  delegate,
}: Dialog & { of: Approval; delegate: Decide['delegate'] }) {
  const [to, setTo] = useState<string | null>(null)
  const chosen = of.others.find(({ id }) => id === to)
  const send = useMutation({
    mutationFn: async () => chosen && delegate(of.id, chosen),
    onSuccess: close,
  })
  return (
    <Modal opened={opened} onClose={close} title="Hand the decision on">
      <form
        onSubmit={event => {
          event.preventDefault()
          send.mutate()
        }}
      >
        <Stack gap="sm">
          <Select
            data-autofocus
            label="To"
            description={
              of.others.length > 0
                ? 'Those whose word is enough for it; they find it in their approvals.'
                : 'Nobody else may decide this one.'
            }
            searchable
            value={to}
            onChange={setTo}
            data={of.others.map(({ id, name, role }) => ({ value: id, label: `${name}, ${role}` }))}
            error={send.error ? plainly(send.error).what : null}
          />
          <Button type="submit" loading={send.isPending} disabled={!chosen}>
            Hand on
          </Button>
        </Stack>
      </form>
    </Modal>
  )
}
