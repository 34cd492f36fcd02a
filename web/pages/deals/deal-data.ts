/** Deals and pipelines as this area asks for them. */
import { useQuery } from '@tanstack/react-query'
import { answered, api, type Item } from '../../api/here.ts'

export type DealRow = Item<typeof api.deals.$get>
export type Pipeline = Item<typeof api.pipelines.$get>
export type Stage = Pipeline['stages'][number]

const STEADY_MS = 5 * 60_000

export const usePipelines = () =>
  useQuery({
    queryKey: ['pipelines'],
    queryFn: async () => (await answered(api.pipelines.$get({ query: {} }))).data.items,
    staleTime: STEADY_MS,
  })

/** The one asked for, else the one called Sales, else the first. */
export const pipelineOf = (all: readonly Pipeline[], id: string): Pipeline | undefined =>
  all.find(one => one.id === id) ?? all.find(({ name }) => name === 'Sales') ?? all[0]

/** A long time is told roughly: nobody counts its days. */
function many(days: number): string {
  if (days >= 730) return `${Math.floor(days / 365)} years`
  if (days >= 60) return `${Math.floor(days / 30)} months`
  return days === 1 ? 'a day' : `${days} days`
}

/** Why a deal stands still, in a few words each. */
export function stallWords({ stalls, heardAt }: Pick<DealRow, 'stalls' | 'heardAt'>): string[] {
  return stalls.map(({ why, days }) => {
    if (why === 'past_close_date') return `should have closed ${many(days ?? 0)} ago`
    if (why === 'no_next_step') return 'no next step'
    return heardAt === null ? `never heard of them in ${many(days ?? 0)}` : `nothing heard for ${many(days ?? 0)}`
  })
}
