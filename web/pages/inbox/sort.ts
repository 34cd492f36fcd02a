/** Saying what a message is, and whose: sent a moment later, so that it can be taken back. */
import { useQueryClient } from '@tanstack/react-query'
import { answered, api } from '../../api/here.ts'
import { decided, forget, hold } from '../../parts/held.ts'
import { toast } from '../../parts/toast.tsx'
import { LABELS, type InboxRow, type Label } from './labels.ts'

const AREAS = new Set(['messages', 'today', 'tasks'])

export function useSorting() {
  const client = useQueryClient()
  const renew = () => client.invalidateQueries({ predicate: ({ queryKey }) => AREAS.has(String(queryKey[0])) })
  return {
    /**
     * One key: sorted, and off the list where it is one of what is still to be sorted.
     * @returns whether it was taken: not while the same message’s last word can still be taken back
     */
    label(row: InboxRow, label: Label, { stays, back }: { stays: boolean; back: () => void }): boolean {
      const was = row.label
      const name = stays ? `label ${row.id}` : row.id
      if (was === null || decided.get().has(name)) return false
      const whom = row.contact ?? row.fromAddress
      hold({
        ids: [name],
        said: `${label === was ? 'Right' : 'Sorted'}: ${whom}, ${LABELS[label].word.toLowerCase()}`,
        send: async () => {
          await answered(api.messages[':id'].label.$post({ param: { id: row.id }, json: { label, was } }))
          await renew()
          if (stays) forget([name])
        },
        back,
      })
      return true
    },
    /** @param leaves whether it is off the list then */
    async assign(row: InboxRow, contact: { id: string; name: string }, leaves: boolean): Promise<void> {
      await answered(api.messages[':id'].assign.$post({ param: { id: row.id }, json: { contactId: contact.id } }))
      if (leaves) decided.set(now => new Set([...now, row.id]))
      toast({ message: `From ${contact.name}: it is in their conversation now, and is answered like any other.` })
      await renew()
    },
  }
}
