/** What is known of a playbook: how it stands, its versions, and the text in force. */
import { useQuery, type QueryClient } from '@tanstack/react-query'
import { answered, api, type Answer, type Item } from '../../api/here.ts'
import { useDraft } from '../../parts/draft.ts'

export type Version = Item<(typeof api.playbooks)[':name']['versions']['$get']>

export interface Known {
  name: string
  state: Answer<(typeof api.playbooks)[':name']['$get']>
  /** Of `state`: a change is made from it. */
  etag: string | null
  /** Newest first. */
  versions: readonly Version[]
  /** In force. */
  text: string
}

export function usePlaybook(name: string): { known: Known | undefined; error: unknown; retry: () => void } {
  const { data, error, refetch } = useQuery({
    queryKey: ['playbooks', 'one', name],
    queryFn: async (): Promise<Known> => {
      const { data: state, etag } = await answered(api.playbooks[':name'].$get({ param: { name } }))
      const [{ data: versions }, { text }] = await Promise.all([
        answered(api.playbooks[':name'].versions.$get({ param: { name } })),
        textOf(name, state.version),
      ])
      return { name, state, etag, versions, text }
    },
  })
  return { known: data, error, retry: () => void refetch() }
}

/** One's own change is known from its answer: the next one starts from there. */
export function showState(client: QueryClient, name: string, state: Known['state'], etag: string | null): void {
  client.setQueryData<Known>(['playbooks', 'one', name], known => known && { ...known, state, etag })
}

/** What one is writing; the version that it was made from stays with it, whatever is put in force meanwhile. */
export const usePlaybookDraft = ({ name, text, state }: Known) =>
  useDraft(`playbook ${name}`, { text, version: state.version })

/** A version never changes. */
export function useVersion(name: string, version: number) {
  return useQuery({
    queryKey: ['playbook versions', name, version],
    queryFn: () => textOf(name, version),
    staleTime: Number.POSITIVE_INFINITY,
  })
}

const textOf = async (name: string, version: number) =>
  (await answered(api.playbooks[':name'].versions[':version'].$get({ param: { name, version: String(version) } }))).data
