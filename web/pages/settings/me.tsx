/** Oneself: name, zone, working hours, and whether one is reminded of what waits for one's word. */
import { Switch, Text, TextInput } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { answered, api } from '../../api/here.ts'
import { hoursInWords, HoursFields, hoursProblem } from './hours-fields.tsx'
import { FormBody, Section } from './parts.tsx'
import { useForm } from './use-form.ts'
import { ZoneSelect } from './zone.tsx'

export default function MeSettings() {
  const client = useQueryClient()
  const form = useForm({
    name: 'my settings',
    queryKey: ['me'],
    load: () => answered(api.me.$get()),
    from: ({ name, zone, hours, reminders }) => ({ name, zone, hours, reminders }),
    save: async (json, ifMatch) => {
      await answered(api.me.$patch({ json }, ifMatch))
      await client.invalidateQueries({ queryKey: ['session'] })
    },
    said: 'Saved.',
  })
  const me = form.document
  const problem = form.fields?.hours ? hoursProblem(form.fields.hours) : null
  return (
    <Section
      title="Name and hours"
      about={me && `${me.email}, ${me.role}${me.team ? ` in ${me.team}` : ''}. An admin changes these.`}
    >
      <FormBody of={form} problem={problem}>
        {({ name, zone, hours, reminders }) => (
          <>
            <TextInput
              label="Name"
              description="As colleagues and recipients read it"
              value={name}
              onChange={event => form.set({ name: event.currentTarget.value })}
              maxLength={120}
              required
              autoComplete="name"
            />
            <ZoneSelect
              label="Time zone"
              description="Times are shown in it, and your working hours count in it"
              value={zone}
              set={to => form.set({ zone: to })}
            />
            <Switch
              label="Working hours of my own"
              description={me && !hours ? `Your team’s hold: ${hoursInWords(me.hoursInForce)}` : undefined}
              checked={hours !== null}
              onChange={event => {
                const { workingDays, from, to } = me?.hoursInForce ?? { workingDays: [1], from: '09:00', to: '17:00' }
                form.set({ hours: event.currentTarget.checked ? { workingDays, from, to } : null })
              }}
            />
            {hours && <HoursFields of={hours} set={to => form.set({ hours: to })} />}
            <Switch
              label="Remind me of what waits for my word"
              description="With a task in Today, in working hours"
              checked={reminders}
              onChange={event => form.set({ reminders: event.currentTarget.checked })}
            />
            {me && me.hoursInForce.daysOff.length > 0 && (
              <Text size="sm" className="dw-soft">
                Days off beyond the public holidays: {me.hoursInForce.daysOff.length}.
              </Text>
            )}
          </>
        )}
      </FormBody>
    </Section>
  )
}
