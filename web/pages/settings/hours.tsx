/** When people work: the organisation’s hours and days off, and teams that keep others. */
import { useState } from 'react'
import { Button, Group, Select, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api } from '../../api/here.ts'
import { RowSkeletons } from '../../parts/page.tsx'
import { toast, toastProblem } from '../../parts/toast.tsx'
import { HoursFields, hoursInWords, hoursProblem, type Hours } from './hours-fields.tsx'
import { Confirm, FormBody, Section } from './parts.tsx'
import { useTeams } from './people/invite.tsx'
import classes from './settings.module.css'
import { useForm } from './use-form.ts'

interface Fields extends Hours {
  /** One day a line, as typed. */
  daysOff: string
}

interface Stored extends Hours {
  daysOff: string[]
}

const toFields = ({ workingDays, from, to, daysOff }: Stored): Fields => ({
  workingDays,
  from,
  to,
  daysOff: daysOff.join('\n'),
})
const toStored = ({ daysOff, ...hours }: Fields): Stored => ({ ...hours, daysOff: daysIn(daysOff) })
const daysIn = (text: string): string[] => text.split(/[\s,;]+/).filter(Boolean)

function problemOf(fields: Fields | null): string | null {
  if (!fields) return null
  const bad = daysIn(fields.daysOff).find(day => !/^\d{4}-\d{2}-\d{2}$/.test(day) || Number.isNaN(Date.parse(day)))
  return hoursProblem(fields) ?? (bad === undefined ? null : `“${bad}” is no day: write it as 2026-12-24.`)
}

export default function HoursSettings() {
  const form = useForm({
    name: 'working hours',
    queryKey: ['working-hours', 'all'],
    load: () => answered(api['working-hours'].$get()),
    from: ({ items }): Fields =>
      toFields(
        items.find(({ teamId }) => teamId === null) ?? { workingDays: [], from: '09:00', to: '17:00', daysOff: [] },
      ),
    save: (fields, ifMatch) => answered(api['working-hours'].$put({ json: toStored(fields) }, ifMatch)),
    said: 'Saved. Windows and due dates count by them from now on.',
  })
  const own = form.document?.items.flatMap(({ teamId, team, ...hours }) => (teamId ? [{ teamId, team, hours }] : []))
  return (
    <>
      <Section
        title="Working hours"
        about="Mail to prospects keeps to the prospect’s day; due dates and reminders keep to these. Public holidays of your country are free already."
      >
        <FormBody of={form} problem={problemOf(form.fields)}>
          {fields => <Editor fields={fields} set={form.set} />}
        </FormBody>
      </Section>
      <Section title="Teams that keep other hours">
        {own ? (
          <ul className={classes.list}>
            {own.map(({ teamId, team, hours }) => (
              <li key={teamId} className={classes.row}>
                <div className={classes.rowWords}>
                  <Text size="sm" fw={500}>
                    {team}
                  </Text>
                  <Text size="xs" className="dw-soft">
                    {hoursInWords(hours)}
                  </Text>
                </div>
                <TeamHours teamId={teamId} team={team ?? ''} />
              </li>
            ))}
          </ul>
        ) : (
          <RowSkeletons rows={2} />
        )}
        <NewTeamHours taken={(own ?? []).map(({ teamId }) => teamId)} />
      </Section>
    </>
  )
}

function Editor({ fields, set }: { fields: Fields; set: (change: Partial<Fields>) => void }) {
  return (
    <>
      <HoursFields of={fields} set={set} />
      <Textarea
        label="Other days off"
        description="One a line, as 2026-12-24"
        value={fields.daysOff}
        onChange={event => set({ daysOff: event.currentTarget.value })}
        autosize
        minRows={2}
        maxRows={8}
        maw={240}
      />
    </>
  )
}

function TeamHours({ teamId, team }: { teamId: string; team: string }) {
  const client = useQueryClient()
  const [opened, setOpened] = useState(false)
  const giveUp = async () => {
    const { etag } = await answered(api['working-hours'][':id'].$get({ param: { id: teamId } }))
    await answered(
      api['working-hours'][':id'].$delete({ param: { id: teamId } }, { headers: { 'if-match': etag ?? '' } }),
    )
    toast({ message: `The organisation’s hours hold for ${team} again.` })
    await client.invalidateQueries({ queryKey: ['working-hours'] })
  }
  return (
    <>
      <Button size="compact-sm" variant="subtle" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        {opened ? 'Close' : 'Change'}
      </Button>
      <Confirm word="Give up" title={`Give up ${team}’s own hours?`} does="Give up" run={giveUp}>
        The organisation’s hours hold for them again.
      </Confirm>
      {opened && <TeamHoursForm teamId={teamId} />}
    </>
  )
}

function TeamHoursForm({ teamId }: { teamId: string }) {
  const param = { id: teamId }
  const form = useForm({
    name: `working hours of ${teamId}`,
    queryKey: ['working-hours', teamId],
    load: () => answered(api['working-hours'][':id'].$get({ param })),
    from: toFields,
    save: (fields, ifMatch) => answered(api['working-hours'][':id'].$put({ param, json: toStored(fields) }, ifMatch)),
    said: 'Saved.',
  })
  return (
    <FormBody of={form} problem={problemOf(form.fields)}>
      {fields => <Editor fields={fields} set={form.set} />}
    </FormBody>
  )
}

/** Begins with a copy of what holds for them now. */
function NewTeamHours({ taken }: { taken: readonly string[] }) {
  const client = useQueryClient()
  const teams = useTeams()
  const [chosen, setChosen] = useState<string | null>(null)
  const { data } = useQuery({
    queryKey: ['working-hours', chosen],
    queryFn: () => answered(api['working-hours'][':id'].$get({ param: { id: chosen ?? '' } })),
    enabled: chosen !== null,
  })
  const make = useMutation({
    mutationFn: async () => {
      if (chosen === null || !data) return
      const { workingDays, from, to, daysOff } = data.data
      await answered(
        api['working-hours'][':id'].$put(
          { param: { id: chosen }, json: { workingDays, from, to, daysOff } },
          { headers: { 'if-match': data.etag ?? '' } },
        ),
      )
    },
    onSuccess: async () => {
      setChosen(null)
      await client.invalidateQueries({ queryKey: ['working-hours'] })
    },
    onError: toastProblem,
  })
  const others = (teams.data ?? []).filter(({ id }) => !taken.includes(id))
  if (others.length === 0) return null
  return (
    <Group gap="xs" align="flex-end" mt="sm">
      <Select
        label="Let another team keep its own"
        data={others.map(({ id, name }) => ({ value: id, label: name }))}
        value={chosen}
        onChange={setChosen}
        placeholder="Choose a team"
      />
      <Button variant="default" disabled={!data} loading={make.isPending} onClick={() => make.mutate()}>
        Begin with ours
      </Button>
    </Group>
  )
}
