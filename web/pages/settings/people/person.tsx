/** One person as an admin changes them: in force with their next step in the app. */
import { Button, Checkbox, Group, NativeSelect, NumberInput, Stack, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Role } from '../../../api/here.ts'
import type { Person } from '../../../app/actor.tsx'
import { When } from '../../../parts/time.tsx'
import { toast, toastProblem } from '../../../parts/toast.tsx'
import { Confirm, FormBody, Once } from '../parts.tsx'
import { useForm } from '../use-form.ts'
import { ZoneSelect } from '../zone.tsx'
import { ROLES, useTeams } from './invite.tsx'

const GRANTS: readonly { value: Person['grants'][number]; label: string }[] = [
  { value: 'mail_bodies', label: 'Texts of everybody’s mails and notes' },
  { value: 'sensitive_fields', label: 'Costs, margins and other sensitive fields' },
]

export function PersonForm({ id }: { id: string }) {
  const teams = useTeams()
  const param = { id }
  const form = useForm({
    name: `person ${id}`,
    queryKey: ['users', id],
    load: () => answered(api.users[':id'].$get({ param })),
    from: ({ name, role, teamId, zone, capacity, grants, active }) => ({
      name,
      role,
      teamId,
      zone,
      capacity,
      grants,
      active,
    }),
    save: (json, ifMatch) => answered(api.users[':id'].$patch({ param, json }, ifMatch)),
    said: 'Saved. It holds from their next step on.',
  })
  return (
    <Stack w="100%" py="sm" gap="md">
      <FormBody of={form}>
        {of => (
          <>
            <TextInput label="Name" value={of.name} onChange={event => form.set({ name: event.currentTarget.value })} />
            <NativeSelect
              label="Role"
              value={of.role}
              onChange={event => form.set({ role: event.currentTarget.value as Role })}
              data={[...ROLES]}
            />
            <NativeSelect
              label="Team"
              value={of.teamId ?? ''}
              onChange={event => form.set({ teamId: event.currentTarget.value || null })}
              data={[
                { value: '', label: 'None' },
                ...(teams.data ?? []).map(one => ({ value: one.id, label: one.name })),
              ]}
            />
            <ZoneSelect label="Time zone" value={of.zone} set={zone => form.set({ zone })} />
            <NumberInput
              label="Open leads at most"
              description="Routing gives them no more; empty: as many as come"
              value={of.capacity ?? ''}
              onChange={value => form.set({ capacity: typeof value === 'number' ? value : null })}
              min={0}
              allowDecimal={false}
              maw={200}
            />
            <Checkbox.Group label="May also see" value={of.grants} onChange={grants => form.set({ grants })}>
              <Stack gap={6} mt={4}>
                {GRANTS.map(({ value, label }) => (
                  <Checkbox key={value} size="xs" value={value} label={label} />
                ))}
              </Stack>
            </Checkbox.Group>
            <Checkbox
              label="Works here"
              description="Without it they are signed out everywhere; their records stay"
              checked={of.active}
              onChange={event => form.set({ active: event.currentTarget.checked })}
            />
          </>
        )}
      </FormBody>
      {form.document && <LostAccess of={form.document} />}
    </Stack>
  )
}

/** A lost password, a lost phone. */
function LostAccess({ of }: { of: Pick<Person, 'id' | 'name' | 'email' | 'twoFactor' | 'active'> }) {
  const client = useQueryClient()
  const link = useMutation({
    mutationFn: async () => (await answered(api.invitations.$post({ json: { email: of.email } }))).data,
    onSuccess: () => client.invalidateQueries({ queryKey: ['invitations'] }),
    onError: toastProblem,
  })
  const turnOff = async () => {
    await answered(api.users[':id']['two-factor']['turn-off'].$post({ param: { id: of.id } }))
    toast({ message: `Two-factor sign-in is off for ${of.name}.` })
    await client.invalidateQueries({ queryKey: ['users'] })
  }
  if (!of.active) return null
  return (
    <Stack gap="xs" maw={560}>
      {link.data && (
        <Once title="Their link, shown this once" of={link.data.link}>
          With it they set a new password. It works until <When at={link.data.expiresAt} whole />.
        </Once>
      )}
      <Group gap="xs">
        <Button size="compact-sm" variant="default" loading={link.isPending} onClick={() => link.mutate()}>
          Link for a new password
        </Button>
        {of.twoFactor && (
          <Confirm
            word="They lost their second factor"
            title={`Turn two-factor sign-in off for ${of.name}?`}
            does="Turn it off"
            run={turnOff}
          >
            Be sure that it is they who ask. Their sessions end; with the password alone they sign in and turn it on
            again.
          </Confirm>
        )}
      </Group>
    </Stack>
  )
}
