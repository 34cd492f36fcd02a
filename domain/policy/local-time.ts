/** What a clock on the recipient's wall shows. */
import { WEEKDAYS, type Weekday } from './types.ts'

export interface LocalTime {
  zone: string
  /** 0 to 23. */
  hour: number
  weekday: Weekday
}

/** In the first of the zones that exists; UTC where none does. */
export function localTime(at: Date, zones: readonly (string | null | undefined)[]): LocalTime {
  for (const zone of zones) {
    if (!zone) continue
    const parts = partsIn(zone, at)
    if (parts) return { zone, ...parts }
  }
  return { zone: 'UTC', ...(partsIn('UTC', at) as Omit<LocalTime, 'zone'>) }
}

function partsIn(zone: string, at: Date): Omit<LocalTime, 'zone'> | null {
  try {
    const format = new Intl.DateTimeFormat('en-GB', {
      timeZone: zone,
      weekday: 'long',
      hour: 'numeric',
      hourCycle: 'h23',
    })
    const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
    const weekday = WEEKDAYS.find(day => day === parts.weekday)
    return weekday === undefined ? null : { hour: Number(parts.hour), weekday }
  } catch {
    return null // the zone does not exist
  }
}
