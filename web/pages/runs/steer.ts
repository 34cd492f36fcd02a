/** A person's word to a run, meant for the step at which it was seen to stand. */
import { useState } from 'react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answered, api, ApiProblem } from '../../api/here.ts'
import { toast, toastProblem } from '../../parts/toast.tsx'

export type Word = 'resume' | 'skip' | 'cancel'

const SAID: Record<Word, string> = {
  resume: 'The step is tried again.',
  skip: 'The run goes on without the step.',
  cancel: 'The run is being ended.',
}

/** @param etag of the run as it is shown */
export function useSteer(id: string, etag: string | null): { send: (word: Word, why: string) => void; sent: boolean } {
  const client = useQueryClient()
  // Until the run is seen to have taken it in, a second word would be meant for something else.
  const [sentAt, setSentAt] = useState<string | null>(null)
  const mutation = useMutation({
    mutationFn: ({ word, why }: { word: Word; why: string }) =>
      answered(
        api.runs[':id'][word].$post(
          { param: { id }, json: { why } },
          etag === null ? {} : { headers: { 'if-match': etag } },
        ),
      ),
    onSuccess: (_, { word }) => {
      setSentAt(etag)
      toast({ message: SAID[word] })
    },
    onError: error => {
      if (error instanceof ApiProblem && error.code === 'precondition_failed')
        toast({ message: 'The run has gone on meanwhile. Look at where it stands now, then say it again.', bad: true })
      else toastProblem(error)
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['runs'] }),
  })
  return {
    send: (word, why) => mutation.mutate({ word, why }),
    sent: mutation.isPending || (sentAt !== null && sentAt === etag),
  }
}
