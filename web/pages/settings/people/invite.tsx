/** A one-time link for somebody new. */
import { Button, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Role } from '../../../api/here.ts'
import { useMe } from '../../../app/session.tsx'
import { useDraft } from '../../../parts/draft.ts'
import { plainly } from '../../../parts/problem.tsx'
import { When } from '../../../parts/time.tsx'
import { Once, Section } from '../parts.tsx'

export const ROLES: readonly { value: Role; label: string }[] = [
  { value: 'rep', label: 'Rep: own leads and deals' },
  { value: 'manager', label: 'Manager: a team, its approvals, the forecast' },
  { value: 'ops', label: 'Ops: playbooks, rules, runs' },
  { value: 'admin', label: 'Admin: all of it, people and privacy too' },
  { value: 'viewer', label: 'Viewer: looks only' },
]

const EMPTY = { email: '', name: '', role: 'rep' as Role, team: '' }

export function useTeams() {
  return useQuery({ queryKey: ['teams'], queryFn: async () => (await answered(api.teams.$get())).data.items })
}

export function InviteForm() {
  const me = useMe()
  const client = useQueryClient()
  const teams = useTeams()
  const draft = useDraft('invitation', EMPTY)
  const { email, name, role, team } = draft.value
  const send = useMutation({
    mutationFn: async () =>
      (
        await answered(
          api.invitations.$post({
            json: { email: email.trim(), name: name.trim(), role, team: team || null, zone: me.zone },
          }),
        )
      ).data,
    onSuccess: async () => {
      draft.clear()
      await Promise.all(['invitations', 'users', 'teams'].map(area => client.invalidateQueries({ queryKey: [area] })))
    },
  })
  return (
    <Section
      title="Invite somebody"
      about="You get a link that works once. Give it to them yourself: by chat, or by mail."
    >
      <form
        onSubmit={event => {
          event.preventDefault()
          send.mutate()
        }}
      >
        <Stack gap="sm" maw={560}>
          {send.data && (
            <Once title="Their link, shown this once" of={send.data.link}>
              It works until <When at={send.data.expiresAt} whole />.
            </Once>
          )}
          <Group grow gap="sm" align="flex-start" preventGrowOverflow={false} wrap="wrap">
            <TextInput
              label="Name"
              value={name}
              onChange={event => draft.set({ ...draft.value, name: event.currentTarget.value })}
              miw={220}
            />
            <TextInput
              label="E-mail address"
              type="email"
              value={email}
              onChange={event => draft.set({ ...draft.value, email: event.currentTarget.value })}
              miw={220}
            />
          </Group>
          <Group grow gap="sm" align="flex-start" preventGrowOverflow={false} wrap="wrap">
            <NativeSelect
              label="Role"
              value={role}
              onChange={event => draft.set({ ...draft.value, role: event.currentTarget.value as Role })}
              data={[...ROLES]}
              miw={220}
            />
            <NativeSelect
              label="Team"
              value={team}
              onChange={event => draft.set({ ...draft.value, team: event.currentTarget.value })}
              data={[
                { value: '', label: 'None' },
                ...(teams.data ?? []).map(one => ({ value: one.name, label: one.name })),
              ]}
              miw={220}
            />
          </Group>
          {send.error && (
            <Text size="sm" c="red" role="alert">
              {plainly(send.error).what}
            </Text>
          )}
          <Group>
            <Button type="submit" loading={send.isPending} disabled={name.trim() === '' || !email.includes('@')}>
              Make the link
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
