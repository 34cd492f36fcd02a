/** Decisions on what agents want to do: each over exactly the content that one saw, and each to be taken back for a moment. */
import { useQueryClient } from '@tanstack/react-query'
import { answered, api, type Approval } from '../../api/here.ts'
import { formatNumber, shortSummary } from '../../parts/format.ts'
import { hold } from '../../parts/held.ts'
import { toast } from '../../parts/toast.tsx'

export interface Edit {
  subject: string
  body: string
}

type Seen = Pick<Approval, 'id' | 'hash' | 'summary' | 'kind'> & { playbook?: string | null }

export function useDecide() {
  const client = useQueryClient()
  const renew = () => client.invalidateQueries({ predicate: ({ queryKey }) => AREAS.has(String(queryKey[0])) })
  const after = async (sent: Promise<unknown>) => {
    await sent
    await renew()
  }
  return {
    approve: ({ id, hash, summary }: Seen, edit?: Edit, back?: () => void) =>
      hold({
        ids: [id],
        said: `${edit ? 'Approved as edited' : 'Approved'}: ${shortSummary(summary)}`,
        send: () =>
          after(
            answered(api.actions[':id'].approve.$post({ param: { id }, json: { hash, ...(edit ? { edit } : {}) } })),
          ),
        ...(back ? { back } : {}),
      }),
    refuse: ({ id, hash, summary }: Seen, why: string) =>
      hold({
        ids: [id],
        said: `Refused: ${shortSummary(summary)}`,
        send: () => after(answered(api.actions[':id'].refuse.$post({ param: { id }, json: { hash, why } }))),
      }),
    /** Several at once, class by class, as the API takes them. Those that fail come back with their reason. */
    many: (seen: readonly Seen[], decision: 'approve' | 'refuse', why?: string) => {
      for (const same of byClass(seen))
        hold({
          ids: same.map(({ id }) => id),
          said: `${decision === 'approve' ? 'Approved' : 'Refused'}: ${formatNumber(same.length)} of ${same[0]?.playbook ?? 'one kind'}`,
          send: () => after(sendMany(same, decision, why)),
        })
    },
    ask: async (id: string, question: string) => {
      await answered(api.actions[':id'].ask.$post({ param: { id }, json: { question } }))
      toast({ message: 'Asked. It goes on waiting.' })
      await renew()
    },
    delegate: async (id: string, person: { id: string; name: string }) => {
      await answered(api.actions[':id'].delegate.$post({ param: { id }, json: { to: person.id } }))
      toast({ message: `Handed to ${person.name}.` })
      await renew()
    },
  }
}

/** What shows actions, and so is read anew when one was decided. */
const AREAS = new Set(['approvals', 'actions', 'today'])

async function sendMany(seen: readonly Seen[], decision: 'approve' | 'refuse', why?: string): Promise<void> {
  const decisions = seen.map(({ id, hash }) => ({ id, hash, decision, ...(why === undefined ? {} : { why }) }))
  const { data } = await answered(api.approvals.decide.$post({ json: { decisions } }))
  const [first] = data.failed
  if (!first) return
  const of = data.failed.length === 1 ? 'One was' : `${data.failed.length} were`
  throw new Error(`${of} not decided, ${data.done.length} were. ${first.detail}`)
}

function byClass(seen: readonly Seen[]): Seen[][] {
  const classes = new Map<string, Seen[]>()
  for (const one of seen) {
    const name = `${one.kind} ${one.playbook ?? ''}`
    classes.set(name, [...(classes.get(name) ?? []), one])
  }
  return [...classes.values()]
}
