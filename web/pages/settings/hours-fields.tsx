/** On which days, from when to when. */
import { Chip, Group, Input, TextInput } from '@mantine/core'

export interface Hours {
  workingDays: number[]
  from: string
  to: string
}

const DAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun']
const CLOCK = /^([01]\d|2[0-3]):[0-5]\d$|^24:00$/

export function HoursFields({ of, set }: { of: Hours; set: (hours: Hours) => void }) {
  return (
    <>
      <Input.Wrapper label="Working days" labelElement="div">
        <Chip.Group
          multiple
          value={of.workingDays.map(String)}
          onChange={days => set({ ...of, workingDays: days.map(Number).toSorted((a, b) => a - b) })}
        >
          <Group gap={6} mt={4}>
            {DAYS.map((day, n) => (
              <Chip key={day} size="xs" value={String(n + 1)}>
                {day}
              </Chip>
            ))}
          </Group>
        </Chip.Group>
      </Input.Wrapper>
      <Group gap="sm" grow>
        <TextInput
          label="From"
          value={of.from}
          onChange={event => set({ ...of, from: event.currentTarget.value })}
          placeholder="09:00"
          error={CLOCK.test(of.from) ? null : 'As 09:00'}
        />
        <TextInput
          label="To"
          value={of.to}
          onChange={event => set({ ...of, to: event.currentTarget.value })}
          placeholder="17:30"
          error={CLOCK.test(of.to) ? null : 'As 17:30'}
        />
      </Group>
    </>
  )
}

/** Why they cannot be saved; null: they can. */
export function hoursProblem({ workingDays, from, to }: Hours): string | null {
  if (workingDays.length === 0) return 'Choose at least one working day.'
  if (!CLOCK.test(from) || !CLOCK.test(to)) return 'Times are written as 09:00.'
  return from < to ? null : 'The day ends before it begins.'
}

/** `Mon to Fri, 09:00 to 17:30`, `Mon, Wed, 09:00 to 12:00`. */
export function hoursInWords({ workingDays, from, to }: Hours): string {
  const inRow =
    workingDays.length > 2 && workingDays.every((day, n) => n === 0 || day === (workingDays[n - 1] ?? 0) + 1)
  const name = (day: number | undefined) => DAYS[(day ?? 1) - 1] ?? ''
  const days = inRow ? `${name(workingDays[0])} to ${name(workingDays.at(-1))}` : workingDays.map(name).join(', ')
  return `${days}, ${from} to ${to}`
}
