/** Answers of the API, kept while they are looked at. A key begins with the area of the API: live updates find them by it. */
import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiProblem } from '../api/here.ts'
import { noteAway } from './away.ts'
import { noteSignedOut } from './session-state.ts'

/** What an answer says of the connection itself, whoever asked. */
function noticed(error: unknown): void {
  if (!(error instanceof ApiProblem)) return
  if (error.code === 'not_signed_in') noteSignedOut()
  if (isAway(error)) noteAway()
}

/** The server, or what stands in front of it, gives no answer of its own. */
const isAway = ({ code, status }: ApiProblem) => code === 'offline' || (code === 'unknown' && status >= 502)

export const queryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noticed }),
  mutationCache: new MutationCache({ onError: noticed }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      gcTime: 10 * 60_000,
      networkMode: 'always',
      refetchOnWindowFocus: true,
      // What the server refuses it refuses again; a lost connection is taken up by the banner.
      retry: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
})
