/** A record with what is known around it: reading, changing, and the names of its kinds. */
import { useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { answered, api, type Answer, type Answered, type Item } from '../../api/here.ts'
import { to } from '../../app/paths.ts'

type Records = (typeof api.records)[':kind'][':id']
export type Overview = Answer<Records['overview']['$get']>
export type Happening = Item<Records['timeline']['$get']>
export type Fact = Overview['facts'][number]
export type Beside = Overview['beside'][number]
export type Suggestion = Overview['suggestions'][number]
export type Kind = Beside['kind']

export interface Docs {
  lead: Answer<(typeof api.leads)[':id']['$get']>
  account: Answer<(typeof api.accounts)[':id']['$get']>
  contact: Answer<(typeof api.contacts)[':id']['$get']>
  deal: Answer<(typeof api.deals)[':id']['$get']>
}
export type Doc = Docs[Kind]

/** New values by the names of the document's fields; custom ones under `custom`. */
export interface Edit {
  set: Readonly<Record<string, unknown>>
  why?: string
}

type Headers = { headers: { 'if-match': string } }

/** Each kind by its own routes. What an edit may hold, the server says. */
const ROUTES: { [K in Kind]: { get: (id: string) => Promise<Answered<Docs[K]>>; patch: Patch<K> } } = {
  lead: {
    get: id => answered(api.leads[':id'].$get({ param: { id } })),
    patch: (id, json, headers) => answered(api.leads[':id'].$patch({ param: { id }, json }, headers)),
  },
  account: {
    get: id => answered(api.accounts[':id'].$get({ param: { id } })),
    patch: (id, json, headers) => answered(api.accounts[':id'].$patch({ param: { id }, json }, headers)),
  },
  contact: {
    get: id => answered(api.contacts[':id'].$get({ param: { id } })),
    patch: (id, json, headers) => answered(api.contacts[':id'].$patch({ param: { id }, json }, headers)),
  },
  deal: {
    get: id => answered(api.deals[':id'].$get({ param: { id } })),
    patch: (id, json, headers) => answered(api.deals[':id'].$patch({ param: { id }, json }, headers)),
  },
}
type Patch<K extends Kind> = (id: string, json: Edit, headers: Headers) => Promise<Answered<Docs[K]>>

export const keyOf = (kind: Kind, id: string) => ['records', kind, id] as const

export function useRecord<K extends Kind>(kind: K, id: string) {
  return useQuery({ queryKey: [...keyOf(kind, id), 'record'], queryFn: () => ROUTES[kind].get(id) })
}

export function useOverview(kind: Kind, id: string) {
  return useQuery({
    queryKey: [...keyOf(kind, id), 'overview'],
    queryFn: async () => (await answered(api.records[':kind'][':id'].overview.$get({ param: { kind, id } }))).data,
  })
}

/** Changes it from the state that `etag` names, and shows what came of it. @throws ApiProblem */
export async function change(client: QueryClient, kind: Kind, id: string, edit: Edit, etag: string): Promise<Doc> {
  const done = await (ROUTES[kind].patch as Patch<Kind>)(id, edit, { headers: { 'if-match': etag } })
  client.setQueryData([...keyOf(kind, id), 'record'], done)
  await client.invalidateQueries({ queryKey: keyOf(kind, id) })
  await client.invalidateQueries({ queryKey: [`${kind}s`] })
  return done.data
}

/** As it stands on the server now. */
export async function readAnew(client: QueryClient, kind: Kind, id: string): Promise<Answered<Doc>> {
  const now = (await ROUTES[kind].get(id)) as Answered<Doc>
  client.setQueryData([...keyOf(kind, id), 'record'], now)
  return now
}

export function useRefresh(kind: Kind, id: string): () => Promise<void> {
  const client = useQueryClient()
  return () => client.invalidateQueries({ queryKey: keyOf(kind, id) })
}

export const placeOf = (kind: Kind, id: string): string => to[kind](id)

export const KIND_WORDS: Record<Kind, string> = { lead: 'Lead', account: 'Account', contact: 'Contact', deal: 'Deal' }
