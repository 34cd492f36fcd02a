/** Webhooks: which addresses are told of what, whether they take it, a test of each, and what was sent. */
import { Badge, Button, Group, Switch, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Item } from '../../../api/here.ts'
import { useUrlState } from '../../../app/url-state.ts'
import { inWords } from '../../../parts/format.ts'
import { Empty, RowSkeletons } from '../../../parts/page.tsx'
import { ProblemNote } from '../../../parts/problem.tsx'
import { When } from '../../../parts/time.tsx'
import { toast, toastProblem } from '../../../parts/toast.tsx'
import { Confirm, FormBody, Once, Section } from '../parts.tsx'
import { useForm } from '../use-form.ts'
import { Deliveries } from './deliveries.tsx'
import { EventTypes, NewWebhook } from './new-webhook.tsx'

type Webhook = Item<typeof api.webhooks.$get>

export default function WebhooksSettings() {
  const [view, setView] = useUrlState({ of: '' })
  const { data, error, refetch } = useQuery({
    queryKey: ['webhooks'],
    queryFn: async () => (await answered(api.webhooks.$get())).data,
  })
  return (
    <>
      <NewWebhook />
      {error && !data ? (
        <ProblemNote error={error} retry={() => void refetch()} />
      ) : !data ? (
        <RowSkeletons rows={3} />
      ) : data.length === 0 ? (
        <Empty title="No webhooks yet">An address of yours is told of what happens here, signed, as it happens.</Empty>
      ) : (
        data.map(webhook => (
          <One
            key={webhook.id}
            of={webhook}
            opened={view.of === webhook.id}
            toggle={() => setView({ of: view.of === webhook.id ? '' : webhook.id })}
          />
        ))
      )}
    </>
  )
}

function stateOf({ active, failures, disabledWhy }: Webhook): { color: string; word: string; why: string | null } {
  if (!active) return { color: 'red', word: 'Off', why: disabledWhy ? inWords(disabledWhy) : null }
  if (failures > 0) return { color: 'orange', word: `Failing, ${failures} in a row`, why: null }
  return { color: 'green', word: 'On', why: null }
}

function One({ of, opened, toggle }: { of: Webhook; opened: boolean; toggle: () => void }) {
  const client = useQueryClient()
  const { color, word, why } = stateOf(of)
  const param = { id: of.id }
  const test = useMutation({
    mutationFn: async () => answered(api.webhooks[':id'].test.$post({ param })),
    onSuccess: async () => {
      toast({ message: 'A test is on its way. What came of it stands in what was sent.' })
      if (!opened) toggle()
      await client.invalidateQueries({ queryKey: ['webhooks'] })
    },
    onError: toastProblem,
  })
  const secret = useMutation({
    mutationFn: async () => (await answered(api.webhooks[':id'].secret.$post({ param }))).data.secret,
  })
  const remove = async () => {
    const { etag } = await answered(api.webhooks[':id'].$get({ param }))
    await answered(api.webhooks[':id'].$delete({ param }, { headers: { 'if-match': etag ?? '' } }))
    toast({ message: 'The webhook is gone.' })
    await client.invalidateQueries({ queryKey: ['webhooks'] })
  }
  return (
    <Section
      title={of.description || of.url}
      about={
        <>
          {of.description && `${of.url}. `}
          {of.events.includes('*') ? 'Told of everything.' : `Told of ${of.events.join(', ')}.`}
          {of.disabledAt && (
            <>
              {' '}
              Off since <When at={of.disabledAt} whole />
              {why && `: ${why}`}.
            </>
          )}
        </>
      }
      actions={
        <>
          <Badge color={color}>{word}</Badge>
          <Button size="compact-sm" variant="default" loading={test.isPending} onClick={() => test.mutate()}>
            Send a test
          </Button>
          <Button size="compact-sm" variant="subtle" aria-expanded={opened} onClick={toggle}>
            {opened ? 'Close' : 'Change, and what was sent'}
          </Button>
        </>
      }
    >
      {opened && (
        <>
          {secret.data && (
            <Once title="The new secret, shown this once" of={secret.data}>
              The receiver checks signatures with it. The old one signs nothing any more.
            </Once>
          )}
          <WebhookForm id={of.id} />
          <Group gap="xs" mt="sm">
            <Confirm
              word="A new secret"
              title="Make a new secret?"
              does="Make it"
              color="orange"
              run={() => secret.mutateAsync()}
            >
              The old one signs nothing any more: put the new one into the receiver at once.
            </Confirm>
            <Confirm word="Remove it" title="Remove this webhook?" does="Remove it" run={remove}>
              {of.url} is told of nothing any more; what waits to be sent to it is dropped.
            </Confirm>
          </Group>
          <Deliveries id={of.id} />
        </>
      )}
    </Section>
  )
}

function WebhookForm({ id }: { id: string }) {
  const param = { id }
  const form = useForm({
    name: `webhook ${id}`,
    queryKey: ['webhooks', id],
    load: () => answered(api.webhooks[':id'].$get({ param })),
    from: ({ url, description, events, active }) => ({ url, description, events, active }),
    save: (json, ifMatch) => answered(api.webhooks[':id'].$patch({ param, json }, ifMatch)),
    said: 'Saved.',
  })
  return (
    <FormBody of={form} problem={form.fields?.events.length === 0 ? 'Choose at least one kind of event.' : null}>
      {of => (
        <>
          <TextInput label="Address" value={of.url} onChange={event => form.set({ url: event.currentTarget.value })} />
          <TextInput
            label="What it is for"
            value={of.description}
            onChange={event => form.set({ description: event.currentTarget.value })}
            maxLength={200}
          />
          <EventTypes value={of.events} set={events => form.set({ events })} />
          <Switch
            label="On"
            description="Switched off by itself after twenty failures in a row"
            checked={of.active}
            onChange={event => form.set({ active: event.currentTarget.checked })}
          />
        </>
      )}
    </FormBody>
  )
}
