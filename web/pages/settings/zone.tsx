/** A time zone, chosen by the name of a city. */
import { Select } from '@mantine/core'

const ZONES = ['UTC', ...Intl.supportedValuesOf('timeZone').filter(zone => zone !== 'UTC')].map(zone => ({
  value: zone,
  label: zone.replaceAll('_', ' '),
}))
const MOST_SHOWN = 60

interface Props {
  label: string
  description?: string
  value: string
  set: (zone: string) => void
}

export function ZoneSelect({ label, description, value, set }: Props) {
  const data = ZONES.some(zone => zone.value === value) ? ZONES : [{ value, label: value }, ...ZONES]
  return (
    <Select
      label={label}
      description={description}
      data={data}
      value={value}
      onChange={zone => zone !== null && set(zone)}
      searchable
      limit={MOST_SHOWN}
      allowDeselect={false}
      nothingFoundMessage="No zone is called that"
    />
  )
}
