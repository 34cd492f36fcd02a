/**
 * A document of the API that is edited as one form: what one types is kept until it is saved, is saved against the version it was made
 * from, and stays where somebody else was faster, so that one can look and decide.
 */
import { useMutation, useQuery, useQueryClient, type QueryKey } from '@tanstack/react-query'
import { ApiProblem, type Answered } from '../../api/here.ts'
import { useDraft } from '../../parts/draft.ts'
import { toast } from '../../parts/toast.tsx'

interface Terms<D, F extends object> {
  /** Of what is typed, in this browser. */
  name: string
  queryKey: QueryKey
  load: () => Promise<Answered<D>>
  /** The fields of the form, from the document. */
  from: (document: D) => F
  save: (fields: F, ifMatch: { headers: { 'if-match': string } }) => Promise<unknown>
  /** What the message says once it is saved. */
  said: string
}

export interface Form<D, F extends object> {
  document: D | undefined
  fields: F | null
  set: (change: Partial<F>) => void
  dirty: boolean
  submit: () => void
  reset: () => void
  pending: boolean
  /** Why it could not be loaded or saved. */
  error: unknown
  retry: () => void
  /** Somebody changed the document since one began to type. */
  overtaken: boolean
}

export function useForm<D, F extends object>({ name, queryKey, load, from, save, said }: Terms<D, F>): Form<D, F> {
  const client = useQueryClient()
  const { data, error, refetch } = useQuery({ queryKey, queryFn: load })
  const etag = data?.etag ?? ''
  const stored = data ? from(data.data) : null
  const draft = useDraft<F | null>(name, stored, etag)
  const fields = stored && draft.value
  const send = useMutation({
    mutationFn: () => (fields ? save(fields, { headers: { 'if-match': etag } }) : Promise.resolve()),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: [queryKey[0]] })
      draft.clear()
      toast({ message: said })
    },
    onError: problem => {
      if (problem instanceof ApiProblem && problem.code === 'precondition_failed') void refetch()
    },
  })
  const dirty = fields !== null && JSON.stringify(fields) !== JSON.stringify(stored)
  return {
    document: data?.data,
    fields,
    set: change => {
      if (fields) draft.set({ ...fields, ...change })
    },
    dirty,
    submit: () => {
      if (dirty && !send.isPending) send.mutate()
    },
    reset: () => {
      draft.clear()
      send.reset()
    },
    pending: send.isPending,
    error: send.error ?? (data ? null : error),
    retry: () => void refetch(),
    overtaken: dirty && draft.overtaken,
  }
}
