/** The API of the server that this page came from. The web app's one way to it. */
import { createClient, type DocumentOf } from './client.ts'

export const api = createClient(location.origin).api
export { answered, type Answered } from './client.ts'
export { ApiProblem } from './problem.ts'

type Call = (...args: never[]) => Promise<unknown>

/** What a call of the API answers with, e.g. `Answer<typeof api.today.$get>`. */
export type Answer<C extends Call> = DocumentOf<Awaited<ReturnType<C>>>
/** One item of a list of the API. */
export type Item<C extends Call> =
  Answer<C> extends { items: (infer I)[] } ? I : Answer<C> extends (infer I)[] ? I : never

export type Me = Answer<typeof api.session.$get>
export type Role = Me['role']
export type Approval = Answer<(typeof api.actions)[':id']['approval']['$get']>
export type Waiting = Item<typeof api.approvals.$get>
export type TodayItem = Item<typeof api.today.$get>
export type LeadRow = Item<typeof api.leads.$get>
export type AskRow = Item<typeof api.asks.$get>
export type Ask = Answer<(typeof api.asks)[':id']['$get']>
