/** Putting a text in force, and an earlier one again; each can be taken back by the version before. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiProblem } from '../../api/here.ts'
import { toast, toastProblem } from '../../parts/toast.tsx'
import { KINDS, type InForce, type Kind } from './kinds.ts'

const matching = (etag: string) => ({ headers: { 'if-match': etag } })

function told(error: unknown): void {
  if (error instanceof ApiProblem && error.code === 'precondition_failed')
    toast({ message: 'Somebody put another version in force meanwhile. Look at what it says now.', bad: true })
  else toastProblem(error)
}

export function useRollBack(kind: Kind) {
  const client = useQueryClient()
  const { load, rollBack } = KINDS[kind]
  const mutation = useMutation({
    mutationFn: async ({ version, etag }: { version: number; etag: string }) => rollBack(version, matching(etag)),
    onSuccess: version => toast({ message: `It is in force again, as version ${version}.` }),
    onError: told,
    onSettled: () => client.invalidateQueries({ queryKey: [kind] }),
  })
  /** Whatever is in force by then. */
  const backTo = async (version: number) => mutation.mutate({ version, etag: (await load()).etag })
  return { ...mutation, backTo }
}

/** @param done called with what was put in force, once the page knows of it: until then what one wrote stays where it is */
export function usePublish(kind: Kind, inForce: InForce, done: (text: string, version: number) => void) {
  const client = useQueryClient()
  const back = useRollBack(kind)
  return useMutation({
    mutationFn: (text: string) => KINDS[kind].publish(text, matching(inForce.etag)),
    onSuccess: async (version, text) => {
      await client.refetchQueries({ queryKey: [kind, 'in force'] })
      done(text, version)
      const before = inForce.version
      toast({
        message: `Version ${version} is in force.`,
        ...(before > 0 && before !== version ? { undo: () => void back.backTo(before) } : {}),
      })
    },
    onError: told,
    onSettled: () => client.invalidateQueries({ queryKey: [kind] }),
  })
}
