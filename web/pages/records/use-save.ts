/**
 * Saving one field. The change is made from the state that one saw: where somebody changed another field meanwhile, it goes through; where
 * they changed this one, both values are shown and nothing is overwritten unless one says so.
 */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { ApiProblem } from '../../api/here.ts'
import { toast, toastProblem } from '../../parts/toast.tsx'
import { setOf, valueOf, type Field } from './field-list.ts'
import { same } from './field-value.ts'
import { change, readAnew, type Doc, type Kind } from './record.ts'

export interface Save {
  field: Field
  /** What it was when one began. */
  from: unknown
  value: unknown
  etag: string
}

/** Somebody else has changed the very field. */
export class Overtaken extends Error {}

/** How often another field may have changed in between. */
const MOST_TRIES = 4

export function useSave(kind: Kind, id: string) {
  const client = useQueryClient()
  const send = async ({ field, from, value, etag }: Save): Promise<Doc> => {
    let match = etag
    for (let tries = 1; ; tries++) {
      try {
        return await change(client, kind, id, { set: setOf(field, value) }, match)
      } catch (error) {
        if (!(error instanceof ApiProblem) || error.code !== 'precondition_failed' || tries === MOST_TRIES) throw error
        const now = await readAnew(client, kind, id)
        if (!same(valueOf(now.data, field), from)) throw new Overtaken()
        match = now.etag ?? ''
      }
    }
  }
  const takeBack = async ({ field, from, value }: Save) => {
    try {
      const now = await readAnew(client, kind, id)
      if (!same(valueOf(now.data, field), value))
        return toast({ message: `${field.label} has changed since: it stays as it is.`, bad: true })
      await change(client, kind, id, { set: setOf(field, from), why: 'taken back' }, now.etag ?? '')
    } catch (error) {
      toastProblem(error)
    }
  }
  return useMutation({
    mutationFn: send,
    onSuccess: (_, save) => {
      const back = save.field.required && save.from === null ? undefined : () => void takeBack(save)
      toast({ message: `${save.field.label} changed`, ...(back ? { undo: back } : {}) })
    },
  })
}
