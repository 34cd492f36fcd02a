/** Letting go on what was stopped, and why. */
import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answered, api } from '../api/here.ts'
import { useDraft } from '../parts/draft.ts'
import { plainly } from '../parts/problem.tsx'
import { toast } from '../parts/toast.tsx'
import { whatOf, type Stop } from './stops.ts'

export default function ReleaseDialog({ stop, close }: { stop: Stop; close: () => void }) {
  const client = useQueryClient()
  const reason = useDraft(`why ${stop.id} goes on`, '')
  const send = useMutation({
    mutationFn: async () =>
      answered(api.stops[':id'].release.$post({ param: { id: stop.id }, json: { reason: reason.value.trim() } })),
    onSuccess: () => {
      reason.clear()
      toast({ message: `${whatOf(stop)} goes on.` })
      close()
      return client.invalidateQueries({ queryKey: ['stops'] })
    },
  })
  return (
    <Modal opened onClose={close} title={`Let it go on: ${whatOf(stop).toLowerCase()}`}>
      <form
        onSubmit={event => {
          event.preventDefault()
          send.mutate()
        }}
      >
        <Stack gap="md">
          <Text size="sm" className="dw-soft">
            What was approved meanwhile leaves now, each with the checks that every action passes.
          </Text>
          <Textarea
            data-autofocus
            label="Why"
            value={reason.value}
            onChange={event => reason.set(event.currentTarget.value)}
            autosize
            minRows={2}
            maxLength={500}
            required
            error={send.error ? plainly(send.error).what : null}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              Keep it stopped
            </Button>
            <Button type="submit" loading={send.isPending} disabled={reason.value.trim() === ''}>
              Let it go on
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
