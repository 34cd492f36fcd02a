/** Of a list: whose rows it shows. Empty is anybody's, `me` one's own, whoever looks at the address. */
import { Select } from '@mantine/core'
import { useMe } from '../app/session.tsx'
import { useOwners } from './people.ts'

export function OwnerFilter({ value, set }: { value: string; set: (owner: string) => void }) {
  const me = useMe()
  const owners = useOwners() ?? []
  return (
    <Select
      size="xs"
      w={140}
      aria-label="Owner"
      placeholder="Anybody’s"
      clearable
      searchable
      value={value || null}
      onChange={next => set(next ?? '')}
      data={[{ value: 'me', label: 'Mine' }, ...owners.filter(one => one.value !== me.id)]}
    />
  )
}
