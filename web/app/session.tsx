/** Who is signed in: known to every page, or else the page to sign in on. */
import { createContext, useContext, type ReactNode } from 'react'
import { useQuery } from '@tanstack/react-query'
import { Center, Loader } from '@mantine/core'
import { answered, api, ApiProblem, type Me, type Role } from '../api/here.ts'
import { ProblemNote } from '../parts/problem.tsx'
import { noteSignedIn } from './session-state.ts'
import { SignInPage } from './sign-in.tsx'

const Context = createContext<Me | null>(null)

/** Whoever looks at this page. */
export function useMe(): Me {
  const me = useContext(Context)
  if (!me) throw new Error('useMe is for pages within the session.')
  return me
}

export const isOneOf = (me: Me, roles: readonly Role[]): boolean => roles.includes(me.role)

export function SessionGate({ children }: { children: ReactNode }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['session'],
    queryFn: async () => (await answered(api.session.$get())).data,
    staleTime: 60_000,
  })
  const signedIn = async () => {
    noteSignedIn()
    await refetch()
  }
  // Once somebody was here, a session that ends is asked for over the page, and nothing on it is lost.
  if (data) return <Context value={data}>{children}</Context>
  if (error instanceof ApiProblem && error.code === 'not_signed_in') return <SignInPage done={() => void signedIn()} />
  if (error)
    return (
      <Center h="100%" p="md">
        <ProblemNote error={error} retry={() => void refetch()} />
      </Center>
    )
  return (
    <Center h="100%">
      <Loader aria-label="Loading" type="dots" />
    </Center>
  )
}
