/** What can be stopped by itself, by the names that people know. */
import { useQuery } from '@tanstack/react-query'
import { answered, api } from '../api/here.ts'
import type { StopScope } from './stops.ts'

interface Target {
  value: string
  label: string
}

const LISTS: Record<Exclude<StopScope, 'organisation'>, () => Promise<Target[]>> = {
  team: async () =>
    (await answered(api.teams.$get())).data.items.map(({ id, name, members }) => ({
      value: id,
      label: `${name} (${members === 1 ? 'one person' : `${members} people`})`,
    })),
  playbook: async () =>
    (await answered(api.playbooks.$get())).data.map(({ name, running }) => ({
      value: name,
      label: running > 0 ? `${name} (${running} running)` : name,
    })),
  // Every person's mail leaves from the mailbox of their own address.
  mailbox: async () =>
    (await answered(api.users.$get({ query: { limit: '200' } }))).data.items
      .filter(({ active }) => active)
      .map(({ email, name }) => ({ value: email, label: `${name}, ${email}` })),
}

export function useStopTargets(scope: Exclude<StopScope, 'organisation'>) {
  return useQuery({ queryKey: [`${scope}s`, 'to stop'], queryFn: LISTS[scope] })
}
