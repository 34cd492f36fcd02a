/** How long each kind of data is kept, what new times would take, and what sweeps have taken. */
import { Button, Checkbox, Group, NumberInput, Switch, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Answer } from '../../../api/here.ts'
import { formatNumber, inWords } from '../../../parts/format.ts'
import { plainly } from '../../../parts/problem.tsx'
import { When } from '../../../parts/time.tsx'
import { toast, toastProblem } from '../../../parts/toast.tsx'
import { FormBody, Section } from '../parts.tsx'
import classes from '../settings.module.css'
import { useForm } from '../use-form.ts'

type Retention = Answer<typeof api.privacy.retention.$get>
type Kind = Retention['kinds'][number]['kind']
type Times = Record<Kind, number | null>

const timesOf = ({ kinds }: Retention): Times =>
  Object.fromEntries(kinds.map(({ kind, days }) => [kind, days])) as Times

export default function RetentionSettings() {
  const form = useForm({
    name: 'retention',
    queryKey: ['privacy', 'retention'],
    load: () => answered(api.privacy.retention.$get()),
    from: timesOf,
    save: (json, ifMatch) => answered(api.privacy.retention.$patch({ json }, ifMatch)),
    said: 'Saved. Nothing is taken by the new times for a day.',
  })
  const preview = useQuery({
    queryKey: ['privacy', 'preview', form.fields],
    queryFn: async () => {
      const query = Object.fromEntries(
        Object.entries(form.fields ?? {}).map(([kind, days]) => [kind, days === null ? 'forever' : String(days)]),
      )
      return (await answered(api.privacy.retention.preview.$get({ query }))).data.rows
    },
    enabled: form.fields !== null,
    placeholderData: before => before,
  })
  return (
    <>
      <Section
        title="How long it is kept"
        about="What is older is taken by a sweep each night, except what is under legal hold. The figures say what would go by the times as they stand below."
      >
        {preview.error && (
          <Text size="sm" c="red" role="alert" mb="sm">
            {plainly(preview.error).what}
          </Text>
        )}
        <FormBody of={form}>
          {times => (
            <>
              {form.document?.kinds.map(({ kind, what, why, atLeast, default: usual }) => (
                <Group key={kind} gap="sm" align="flex-end" wrap="wrap">
                  <NumberInput
                    label={sentence(what)}
                    description={`${sentence(why)}. Usually ${formatNumber(usual)} days, at least ${formatNumber(atLeast)}.`}
                    value={times[kind] ?? ''}
                    onChange={value => typeof value === 'number' && form.set({ [kind]: value })}
                    min={atLeast}
                    max={36_500}
                    allowDecimal={false}
                    suffix=" days"
                    disabled={times[kind] === null}
                    flex={1}
                    miw={240}
                  />
                  <Checkbox
                    size="xs"
                    mb={8}
                    label="For good"
                    checked={times[kind] === null}
                    onChange={event => form.set({ [kind]: event.currentTarget.checked ? null : usual })}
                    aria-label={`Keep for good: ${what}`}
                  />
                  <Text size="xs" className="dw-soft" mb={8} w={110} ta="right">
                    {preview.data ? `${formatNumber(preview.data[kind] ?? 0)} would go` : ' '}
                  </Text>
                </Group>
              ))}
              {form.document?.fixed.map(({ what, days }) => (
                <Text key={what} size="sm" className="dw-soft">
                  {sentence(what)}: {formatNumber(days)} days, always.
                </Text>
              ))}
            </>
          )}
        </FormBody>
      </Section>
      <BasisSection />
      <Sweeps />
    </>
  )
}

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function BasisSection() {
  const form = useForm({
    name: 'privacy settings',
    queryKey: ['privacy', 'settings'],
    load: () => answered(api.privacy.settings.$get()),
    from: document => document,
    save: (json, ifMatch) => answered(api.privacy.settings.$put({ json }, ifMatch)),
    said: 'Saved.',
  })
  return (
    <Section title="Where data comes in">
      <FormBody of={form}>
        {({ importNeedsBasis }) => (
          <Switch
            label="Imported people need a lawful basis"
            description="A row that names a person and says on no ground why is kept aside"
            checked={importNeedsBasis}
            onChange={event => form.set({ importNeedsBasis: event.currentTarget.checked })}
          />
        )}
      </FormBody>
    </Section>
  )
}

function Sweeps() {
  const client = useQueryClient()
  const { data } = useQuery({
    queryKey: ['privacy', 'sweeps'],
    queryFn: async () => (await answered(api.privacy.sweeps.$get())).data.items,
  })
  const sweep = useMutation({
    mutationFn: async () => answered(api.privacy.sweeps.$post()),
    onSuccess: async () => {
      toast({ message: 'Swept.' })
      await client.invalidateQueries({ queryKey: ['privacy'] })
    },
    onError: toastProblem,
  })
  return (
    <Section
      title="Sweeps"
      actions={
        <Button size="compact-sm" variant="default" loading={sweep.isPending} onClick={() => sweep.mutate()}>
          Sweep now what is due
        </Button>
      }
    >
      {data?.length === 0 && (
        <Text size="sm" className="dw-soft">
          None yet. One runs each night.
        </Text>
      )}
      {data && data.length > 0 && (
        <ul className={classes.list}>
          {data.slice(0, 14).map(({ id, startedAt, endedAt, rows }) => (
            <li key={id} className={classes.row}>
              <Text size="sm" className={classes.rowWords}>
                <When at={startedAt} whole />
                {endedAt === null && ', not ended'}
              </Text>
              <Text size="xs" className="dw-soft">
                {takenIn(rows)}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </Section>
  )
}

function takenIn(rows: Record<string, number>): string {
  const taken = Object.entries(rows).filter(([, n]) => n > 0)
  return taken.length === 0
    ? 'nothing was due'
    : taken.map(([kind, n]) => `${formatNumber(n)} ${inWords(kind).toLowerCase()}`).join(', ')
}
