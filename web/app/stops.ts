/** What is stopped now: the same for the banner, the button and the dialog. */
import { useQuery } from '@tanstack/react-query'
import { answered, api, type Item } from '../api/here.ts'

export type Stop = Item<typeof api.stops.$get>
export type StopScope = Stop['scope']

export const SCOPES: readonly { value: StopScope; label: string }[] = [
  { value: 'organisation', label: 'Everything' },
  { value: 'team', label: 'A team' },
  { value: 'playbook', label: 'A playbook' },
  { value: 'mailbox', label: 'A mailbox' },
]

export function useStops() {
  return useQuery({
    queryKey: ['stops'],
    queryFn: async () => (await answered(api.stops.$get())).data.items,
  })
}

export const engagedOf = (stops: readonly Stop[] | undefined): Stop[] =>
  (stops ?? []).filter(({ releasedAt }) => releasedAt === null)

/** `Everything`, `Team North`. */
export function whatOf({ scope, name }: Pick<Stop, 'scope' | 'name'>): string {
  if (scope === 'organisation') return 'Everything'
  return `${scope.charAt(0).toUpperCase()}${scope.slice(1)} ${name ?? 'that is gone'}`
}
