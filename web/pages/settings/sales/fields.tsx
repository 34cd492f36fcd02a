/** Fields that the organisation adds to its records. */
import { useState } from 'react'
import { Badge, Button, Checkbox, Group, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Item } from '../../../api/here.ts'
import { useDraft } from '../../../parts/draft.ts'
import { inWords } from '../../../parts/format.ts'
import { Empty, RowSkeletons } from '../../../parts/page.tsx'
import { plainly, ProblemNote } from '../../../parts/problem.tsx'
import { FormBody, Section } from '../parts.tsx'
import classes from '../settings.module.css'
import { useForm } from '../use-form.ts'

type Field = Item<(typeof api)['custom-fields']['$get']>

const KINDS: readonly Field['kind'][] = ['lead', 'account', 'contact', 'deal', 'product']
const TYPES: readonly { value: Field['type']; label: string }[] = [
  { value: 'text', label: 'Text' },
  { value: 'number', label: 'Number' },
  { value: 'boolean', label: 'Yes or no' },
  { value: 'date', label: 'Day' },
  { value: 'choice', label: 'One of a list' },
  { value: 'money', label: 'Amount of money' },
  { value: 'url', label: 'Web address' },
]
const typeWord = (type: string): string => TYPES.find(({ value }) => value === type)?.label ?? inWords(type)
const linesOf = (text: string): string[] =>
  text
    .split('\n')
    .map(line => line.trim())
    .filter(Boolean)

export default function FieldsSettings() {
  const [archived, setArchived] = useState(false)
  const { data, error, refetch } = useQuery({
    queryKey: ['custom-fields', { archived }],
    queryFn: async () =>
      (await answered(api['custom-fields'].$get({ query: archived ? { archived: 'true' } : {} }))).data.items,
  })
  return (
    <>
      <NewField />
      <Section
        title="Custom fields"
        actions={
          <Checkbox
            size="xs"
            label="Those out of use too"
            checked={archived}
            onChange={event => setArchived(event.currentTarget.checked)}
          />
        }
      >
        {error && !data ? (
          <ProblemNote error={error} retry={() => void refetch()} />
        ) : !data ? (
          <RowSkeletons rows={3} />
        ) : data.length === 0 ? (
          <Empty title="No fields of your own yet">
            What you add stands on every record of its kind, in imports and in playbooks.
          </Empty>
        ) : (
          <ul className={classes.list}>
            {data.map(field => (
              <Row key={field.id} field={field} />
            ))}
          </ul>
        )}
      </Section>
    </>
  )
}

function Row({ field }: { field: Field }) {
  const [opened, setOpened] = useState(false)
  return (
    <li className={classes.row}>
      <div className={classes.rowWords}>
        <Group gap="xs">
          <Text size="sm" fw={500}>
            {field.label}
          </Text>
          <Badge color="gray">{inWords(field.kind)}</Badge>
          {field.required && <Badge>Required</Badge>}
          {field.sensitive && <Badge color="grape">Sensitive</Badge>}
          {field.archivedAt && <Badge color="red">Out of use</Badge>}
        </Group>
        <Text size="xs" className="dw-soft">
          {typeWord(field.type)}
          {field.choices.length > 0 && `: ${field.choices.join(', ')}`}
        </Text>
      </div>
      <Button size="compact-sm" variant="subtle" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        {opened ? 'Close' : 'Change'}
      </Button>
      {opened && <FieldForm id={field.id} />}
    </li>
  )
}

function FieldForm({ id }: { id: string }) {
  const param = { id }
  const form = useForm({
    name: `custom field ${id}`,
    queryKey: ['custom-fields', id],
    load: () => answered(api['custom-fields'][':id'].$get({ param })),
    from: ({ label, choices, required, searchable, sensitive, archivedAt }) => ({
      label,
      choices: choices.join('\n'),
      required,
      searchable,
      sensitive,
      archived: archivedAt !== null,
    }),
    save: ({ choices, ...json }, ifMatch) =>
      answered(api['custom-fields'][':id'].$patch({ param, json: { ...json, choices: linesOf(choices) } }, ifMatch)),
    said: 'Saved.',
  })
  return (
    <FormBody of={form}>
      {of => (
        <>
          <TextInput label="Name" value={of.label} onChange={event => form.set({ label: event.currentTarget.value })} />
          {form.document?.type === 'choice' && (
            <Textarea
              label="Choices"
              description="One a line"
              value={of.choices}
              onChange={event => form.set({ choices: event.currentTarget.value })}
              autosize
              minRows={3}
            />
          )}
          <Flags of={of} set={form.set} />
          <Checkbox
            label="Out of use"
            description="Values stay; nobody is asked for it any more"
            checked={of.archived}
            onChange={event => form.set({ archived: event.currentTarget.checked })}
          />
        </>
      )}
    </FormBody>
  )
}

interface FlagValues {
  required: boolean
  searchable: boolean
  sensitive: boolean
}

function Flags({ of, set }: { of: FlagValues; set: (change: Partial<FlagValues>) => void }) {
  return (
    <>
      <Checkbox
        label="Every new record needs it"
        checked={of.required}
        onChange={event => set({ required: event.currentTarget.checked })}
      />
      <Checkbox
        label="Search finds records by it"
        checked={of.searchable}
        onChange={event => set({ searchable: event.currentTarget.checked })}
      />
      <Checkbox
        label="Sensitive: only for those who may see costs and margins"
        checked={of.sensitive}
        onChange={event => set({ sensitive: event.currentTarget.checked })}
      />
    </>
  )
}

const EMPTY = {
  kind: 'lead' as Field['kind'],
  type: 'text' as Field['type'],
  label: '',
  choices: '',
  required: false,
  searchable: false,
  sensitive: false,
}

/** `Shift pattern` → `shift_pattern`: under it values stand in the API and in playbooks. */
const keyOf = (label: string): string =>
  label
    .toLowerCase()
    .normalize('NFKD')
    .replaceAll(/[^a-z0-9]+/g, '_')
    .replaceAll(/^[_0-9]+|_+$/g, '')
    .slice(0, 40)

function NewField() {
  const client = useQueryClient()
  const draft = useDraft('new custom field', EMPTY)
  const of = draft.value
  const set = (change: Partial<typeof EMPTY>) => draft.set({ ...of, ...change })
  const add = useMutation({
    mutationFn: async () => {
      const { choices, label, ...rest } = of
      const json = {
        ...rest,
        label: label.trim(),
        key: keyOf(label),
        choices: of.type === 'choice' ? linesOf(choices) : [],
      }
      await answered(api['custom-fields'].$post({ json }))
    },
    onSuccess: async () => {
      draft.clear()
      await client.invalidateQueries({ queryKey: ['custom-fields'] })
    },
  })
  return (
    <Section title="A new field">
      <form
        onSubmit={event => {
          event.preventDefault()
          add.mutate()
        }}
      >
        <Stack gap="sm" maw={560}>
          <Group gap="sm" align="flex-start">
            <TextInput
              label="Name"
              value={of.label}
              onChange={event => set({ label: event.currentTarget.value })}
              maxLength={80}
              flex={1}
              miw={200}
              description={keyOf(of.label) ? `Playbooks call it custom.${keyOf(of.label)}` : ' '}
            />
            <NativeSelect
              label="On every"
              value={of.kind}
              onChange={event => set({ kind: event.currentTarget.value as Field['kind'] })}
              data={KINDS.map(kind => ({ value: kind, label: inWords(kind) }))}
              description=" "
            />
            <NativeSelect
              label="Holds"
              value={of.type}
              onChange={event => set({ type: event.currentTarget.value as Field['type'] })}
              data={[...TYPES]}
              description=" "
            />
          </Group>
          {of.type === 'choice' && (
            <Textarea
              label="Choices"
              description="One a line"
              value={of.choices}
              onChange={event => set({ choices: event.currentTarget.value })}
              autosize
              minRows={3}
            />
          )}
          <Flags of={of} set={set} />
          {add.error && (
            <Text size="sm" c="red" role="alert">
              {plainly(add.error).what}
            </Text>
          )}
          <Group>
            <Button type="submit" loading={add.isPending} disabled={keyOf(of.label) === ''}>
              Add it
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
