/** An address that is to be told. */
import { Button, Group, MultiSelect, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api } from '../../../api/here.ts'
import { useDraft } from '../../../parts/draft.ts'
import { plainly } from '../../../parts/problem.tsx'
import { Once, Section } from '../parts.tsx'

const EMPTY = { url: '', description: '', events: ['*'] }

export function NewWebhook() {
  const client = useQueryClient()
  const draft = useDraft('new webhook', EMPTY)
  const { url, description, events } = draft.value
  const add = useMutation({
    mutationFn: async () =>
      (await answered(api.webhooks.$post({ json: { url: url.trim(), description, events } }))).data,
    onSuccess: async () => {
      draft.clear()
      await client.invalidateQueries({ queryKey: ['webhooks'] })
    },
  })
  return (
    <Section
      title="A new webhook"
      about="Messages carry ids and no texts, are signed, and are sent again when they do not arrive."
    >
      <form
        onSubmit={event => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <Stack gap="sm" maw={560}>
          {add.data && (
            <Once title="Its secret, shown this once" of={add.data.secret}>
              The receiver checks with it that a message is ours.
            </Once>
          )}
          <TextInput
            label="Address"
            value={url}
            onChange={event => draft.set({ ...draft.value, url: event.currentTarget.value })}
            placeholder="https://example.com/hooks/dealwright"
          />
          <TextInput
            label="What it is for"
            value={description}
            onChange={event => draft.set({ ...draft.value, description: event.currentTarget.value })}
            maxLength={200}
          />
          <EventTypes value={events} set={to => draft.set({ ...draft.value, events: to })} />
          {add.error && (
            <Text size="sm" c="red" role="alert">
              {plainly(add.error).what}
            </Text>
          )}
          <Group>
            <Button type="submit" loading={add.isPending} disabled={url.trim() === '' || events.length === 0}>
              Add it
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}

/** `lead.created` → `lead: created`; patterns for several. */
const labelOf = (type: string): string => {
  if (type === '*') return 'Everything'
  const [area = '', what = ''] = type.replaceAll('_', ' ').split('.')
  return what === '*' ? `${area}: all of it` : `${area}: ${what}`
}

export function EventTypes({ value, set }: { value: string[]; set: (types: string[]) => void }) {
  const { data } = useQuery({
    queryKey: ['webhooks', 'types'],
    queryFn: async () => (await answered(api.webhooks['event-types'].$get())).data,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const types = [...new Set([...value, ...(data ?? [])])].toSorted((a, b) => a.localeCompare(b))
  return (
    <MultiSelect
      label="Told of"
      data={types.map(type => ({ value: type, label: labelOf(type) }))}
      value={value}
      onChange={set}
      searchable
      limit={80}
      hidePickedOptions
    />
  )
}
