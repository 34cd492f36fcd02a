/** Stopping: what, with a look at what that holds, and why. Nothing changes until it is confirmed. */
import { useState } from 'react'
import { Alert, Button, Group, Modal, SegmentedControl, Select, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Answer } from '../api/here.ts'
import { useDraft } from '../parts/draft.ts'
import { formatNumber } from '../parts/format.ts'
import { Keys } from '../parts/keys.tsx'
import { plainly, ProblemNote } from '../parts/problem.tsx'
import { toast } from '../parts/toast.tsx'
import { useShortcuts } from './shortcuts.ts'
import { SCOPES, whatOf, type StopScope } from './stops.ts'
import { useStopTargets } from './stop-targets.ts'

type Preview = Answer<typeof api.stops.preview.$get>

export default function StopDialog({ close }: { close: () => void }) {
  const client = useQueryClient()
  const [scope, setScope] = useState<StopScope>('organisation')
  const [name, setName] = useState<string | null>(null)
  const reason = useDraft('why it is stopped', '')
  const target = scope === 'organisation' ? {} : { name: name ?? '' }
  const ready = scope === 'organisation' || name !== null
  const preview = useQuery({
    queryKey: ['stops', 'preview', scope, name],
    queryFn: async () => (await answered(api.stops.preview.$get({ query: { scope, ...target } }))).data,
    enabled: ready,
    staleTime: 0,
  })
  const send = useMutation({
    mutationFn: async () =>
      (await answered(api.stops.$post({ json: { scope, ...target, reason: reason.value.trim() } }))).data,
    onSuccess: stop => {
      reason.clear()
      toast({ message: `${whatOf(stop)} is stopped. Nothing of it leaves any more.` })
      close()
    },
    // A stop that could not wait for the last worker is engaged all the same.
    onSettled: () =>
      client.invalidateQueries({ predicate: ({ queryKey }) => ['stops', 'held'].includes(String(queryKey[0])) }),
  })
  const may = ready && reason.value.trim() !== '' && preview.data?.engaged !== true && !send.isPending
  const stop = () => may && send.mutate()
  useShortcuts('Stop switch', [{ keys: 'mod+Enter', what: 'Stop it', run: stop, typing: true }], { dialog: true })
  return (
    <Modal opened onClose={close} title="Stop switch" size="lg">
      <form
        onSubmit={event => {
          event.preventDefault()
          stop()
        }}
      >
        <Stack gap="md">
          <Text size="sm" className="dw-soft">
            What is stopped is not carried out: no mail leaves, no record is changed by an agent. Nothing is lost: it
            waits, and goes on when you let it.
          </Text>
          <SegmentedControl
            data={[...SCOPES]}
            value={scope}
            onChange={value => {
              setScope(value)
              setName(null)
            }}
            fullWidth
            data-autofocus
            aria-label="What to stop"
          />
          {scope !== 'organisation' && <Target key={scope} scope={scope} name={name} set={setName} />}
          {preview.error ? (
            <ProblemNote error={preview.error} retry={() => void preview.refetch()} />
          ) : (
            ready && <Holds of={preview.data} />
          )}
          <Textarea
            label="Why"
            description="Everybody reads it while the stop is in force."
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
              Leave it running
            </Button>
            <Button
              type="submit"
              color="red"
              loading={send.isPending}
              disabled={!may}
              rightSection={<Keys of="mod+Enter" />}
            >
              Stop it now
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

interface TargetProps {
  scope: Exclude<StopScope, 'organisation'>
  name: string | null
  set: (name: string | null) => void
}

const LABELS = { team: 'Which team', playbook: 'Which playbook', mailbox: 'Which mailbox' } as const

function Target({ scope, name, set }: TargetProps) {
  const { data, error } = useStopTargets(scope)
  return (
    <Select
      label={LABELS[scope]}
      placeholder={data ? 'Choose' : 'Loading…'}
      data={[...(data ?? [])]}
      value={name}
      onChange={set}
      searchable
      nothingFoundMessage="None is called that"
      error={error ? plainly(error).what : null}
    />
  )
}

/** What would be held, in plain words. */
function Holds({ of }: { of: Preview | undefined }) {
  if (!of) return <Text size="sm">Counting what it would hold…</Text>
  if (of.engaged)
    return (
      <Alert color="orange" variant="light" title="This is stopped already">
        The line at the top of the page says why, and how it goes on.
      </Alert>
    )
  const lines = linesOf(of)
  return (
    <Alert color={lines.length > 0 ? 'red' : 'gray'} variant="light" title="What this holds now" role="status">
      <Stack gap={2}>
        {lines.length > 0 ? (
          lines.map(line => (
            <Text key={line} size="sm">
              {line}
            </Text>
          ))
        ) : (
          <Text size="sm">Nothing is on its way at this moment. What comes from now on waits.</Text>
        )}
      </Stack>
    </Alert>
  )
}

function linesOf({ ready, mails, underWay, undecided, stoppedAlready }: Preview): string[] {
  const n = (count: number, one: string, many: string) => `${formatNumber(count)} ${count === 1 ? one : many}`
  return [
    ready > 0 &&
      `${n(ready, 'action that may leave waits', 'actions that may leave wait')}${mails > 0 ? `, ${n(mails, 'mail', 'mails')} among them` : ''}.`,
    underWay > 0 &&
      `${n(underWay, 'is being carried out this moment: it is stopped too', 'are being carried out this moment: they are stopped too')}, unless its first word was heard already.`,
    undecided > 0 &&
      `${n(undecided, 'is not decided yet: it can be decided', 'are not decided yet: they can be decided')}, and waits then.`,
    stoppedAlready > 0 && `${formatNumber(stoppedAlready)} of these another stop holds already.`,
  ].filter(line => line !== false)
}
