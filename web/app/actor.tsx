/** Who did it, by name: records of what was done keep `user:ID`, or what did it besides people. */
import { useQuery } from '@tanstack/react-query'
import { answered, api, type Item } from '../api/here.ts'

export type Person = Item<typeof api.users.$get>

/** Everybody who works here, or did. */
export function usePeople() {
  return useQuery({
    queryKey: ['users', 'all'],
    queryFn: async () => {
      const people: Person[] = []
      for (let cursor: string | undefined; ; ) {
        const { data } = await answered(api.users.$get({ query: { limit: '200', ...(cursor ? { cursor } : {}) } }))
        people.push(...data.items)
        if (data.next === null) return people
        cursor = data.next
      }
    },
    staleTime: 60_000,
  })
}

const OTHERS: Readonly<Record<string, string>> = {
  command: 'the command on the server',
  cli: 'the command on the server',
  server: 'Dealwright itself',
  worker: 'Dealwright itself',
  setup: 'the set-up',
}

export function Actor({ of }: { of: string }) {
  const { data } = usePeople()
  const id = of.startsWith('user:') ? of.slice('user:'.length) : null
  if (id === null) return <>{OTHERS[of] ?? of}</>
  return <>{data?.find(person => person.id === id)?.name ?? (data ? 'somebody who has left' : '…')}</>
}
