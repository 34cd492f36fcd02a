/** Who we are, and the terms on which people and agents decide. */
import { NumberInput, Switch, Textarea, TextInput } from '@mantine/core'
import { answered, api } from '../../api/here.ts'
import { FormBody, Section } from './parts.tsx'
import { useForm } from './use-form.ts'
import { ZoneSelect } from './zone.tsx'

export default function OrganisationSettings() {
  const form = useForm({
    name: 'the organisation',
    queryKey: ['organisation'],
    load: () => answered(api.organisation.$get()),
    from: document => document,
    save: ({ name, domain, currency, zone, country, address, ...terms }, ifMatch) =>
      answered(
        api.organisation.$patch(
          {
            json: {
              name,
              currency,
              zone,
              domain: domain || null,
              country: country || null,
              address: address || null,
              ...terms,
            },
          },
          ifMatch,
        ),
      ),
    said: 'Saved. It is in force at once.',
  })
  const text = (value: string | null) => value ?? ''
  return (
    <Section
      title="Organisation"
      about="Mails carry the name and address; amounts are in the currency unless they say otherwise."
    >
      <FormBody of={form}>
        {of => (
          <>
            <TextInput
              label="Name"
              value={of.name}
              onChange={event => form.set({ name: event.currentTarget.value })}
              required
            />
            <TextInput
              label="Our own domain"
              description="Mail from it is a colleague’s, not a prospect’s"
              value={text(of.domain)}
              onChange={event => form.set({ domain: event.currentTarget.value })}
              placeholder="company.example"
            />
            <Textarea
              label="Postal address"
              description="At the foot of every mail, as the law of many countries asks"
              value={text(of.address)}
              onChange={event => form.set({ address: event.currentTarget.value })}
              autosize
              minRows={2}
            />
            <TextInput
              label="Country"
              description="Two letters; its public holidays are free"
              value={text(of.country)}
              onChange={event => form.set({ country: event.currentTarget.value.toUpperCase() })}
              maxLength={2}
              maw={140}
            />
            <TextInput
              label="Currency"
              description="Three letters"
              value={of.currency}
              onChange={event => form.set({ currency: event.currentTarget.value.toUpperCase() })}
              maxLength={3}
              maw={140}
            />
            <ZoneSelect label="Time zone" value={of.zone} set={zone => form.set({ zone })} />
            <Switch
              label="Whoever decides needs two-factor sign-in"
              description="Without it they may look, and not approve"
              checked={of.approversTwoFactor}
              onChange={event => form.set({ approversTwoFactor: event.currentTarget.checked })}
            />
            <NumberInput
              label="Remind after so many working hours"
              description="Of what waits for somebody’s word"
              value={of.remindAfterHours}
              onChange={value => typeof value === 'number' && form.set({ remindAfterHours: value })}
              min={1}
              max={400}
              allowDecimal={false}
              maw={240}
            />
            <NumberInput
              label="Pass it on after so many working hours"
              description="To a manager, where a playbook says nothing else"
              value={of.escalateAfterHours}
              onChange={value => typeof value === 'number' && form.set({ escalateAfterHours: value })}
              min={1}
              max={400}
              allowDecimal={false}
              maw={240}
            />
            <NumberInput
              label="Before a kind of action may go by itself: how many decided cases"
              value={of.autonomyCases}
              onChange={value => typeof value === 'number' && form.set({ autonomyCases: value })}
              min={10}
              max={100_000}
              allowDecimal={false}
              maw={240}
            />
            <NumberInput
              label="…of which surely approved unchanged, in percent"
              description="The lower end of what the cases allow to say, not their average"
              value={Math.round(of.autonomyLevel * 1_000) / 10}
              onChange={value => typeof value === 'number' && form.set({ autonomyLevel: value / 100 })}
              min={55}
              max={99.9}
              decimalScale={1}
              suffix=" %"
              maw={240}
            />
            <NumberInput
              label="One in how many is looked at all the same"
              value={of.autonomySample}
              onChange={value => typeof value === 'number' && form.set({ autonomySample: value })}
              min={1}
              max={10_000}
              allowDecimal={false}
              maw={240}
            />
          </>
        )}
      </FormBody>
    </Section>
  )
}
