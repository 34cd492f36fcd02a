/** The people who can own records. */
import { useQuery } from '@tanstack/react-query'
import { answered, api } from '../api/here.ts'

const STEADY_MS = 5 * 60_000

/** Undefined until they are known. */
export function useOwners(): { value: string; label: string }[] | undefined {
  const { data } = useQuery({
    queryKey: ['users', 'owners'],
    queryFn: async () => (await answered(api.users.$get({ query: { limit: '200' } }))).data.items,
    staleTime: STEADY_MS,
  })
  return data
    ?.filter(({ active, role }) => active && role !== 'viewer')
    .map(({ id, name }) => ({ value: id, label: name }))
}
