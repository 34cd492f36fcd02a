/**
 * How the sample rep and manager decide on proposed actions in the demonstration. A pure function of the world's seed and
 * of what the action says; ids play no part, so that a run can be repeated.
 */
import { ownerOf } from './our/owner.ts'
import { hash } from './random.ts'
import type { World, WorldUser } from './types.ts'

/** What a person sees of an action when asked to decide. */
export interface ProposedAction {
  kind: string
  /** Address of the contact it is about. */
  contactEmail: string | null
  /** Who is asked; default the owner. */
  approver?: 'owner' | 'manager' | 'ops'
  subject?: string
  text?: string
  /** Counts earlier proposals of the same kind to this contact: the second mail is looked at anew. */
  attempt?: number
}

export interface PersonDecision {
  verdict: 'approve' | 'edit' | 'refuse'
  /** Id of the user who decides. */
  by: string
  why?: string
  /** The text as the person has changed it; all of it, not the difference. */
  edit?: { subject?: string; text?: string }
}

const REFUSALS = [
  'I know them and will call instead.',
  'Too soon after our last conversation.',
  'The mail does not say why it concerns them.',
]

const POSTSCRIPTS = [
  'P.S. I am at my desk until six today, should a call be easier for you.',
  'P.S. If a colleague is closer to the workshop, please pass this on.',
]

export function decide(world: World, action: ProposedAction): PersonDecision {
  const by = deciderOf(world, action).id
  const refuse = (why: string): PersonDecision => ({ verdict: 'refuse', by, why })
  const contact = world.contacts.find(c => c.email === action.contactEmail)
  const company = world.companies.find(c => c.id === contact?.companyId)
  if (action.kind === 'open_deal' && company && !company.fit)
    return refuse(`We cannot help them: ${company.fitReason}.`)
  if (action.kind !== 'send_mail') return { verdict: 'approve', by }
  if (world.suppressions.some(s => s.email === action.contactEmail)) return refuse('They asked not to be written to.')
  const text = action.text ?? ''
  if (text.trim() === '' || /\{\{|\}\}|\[[A-Z][\w ]*\]/.test(text)) return refuse('The text is not finished.')
  const mood = hash(`${world.seed} ${action.kind} ${action.contactEmail} ${action.attempt ?? 0}`) % 20
  if (mood < 2) return refuse(REFUSALS[mood % REFUSALS.length] as string)
  if (mood < 6) {
    return {
      verdict: 'edit',
      by,
      why: 'A word of my own.',
      edit: { text: `${text.trimEnd()}\n\n${POSTSCRIPTS[mood % POSTSCRIPTS.length]}\n` },
    }
  }
  return { verdict: 'approve', by }
}

function deciderOf(world: World, action: ProposedAction): WorldUser {
  const role = action.approver === 'manager' || action.approver === 'ops' ? action.approver : null
  const named = world.users.find(user => user.role === role)
  if (named) return named
  const contact = world.contacts.find(c => c.email === action.contactEmail)
  const company = world.companies.find(c => c.id === contact?.companyId)
  return ownerOf(company?.country ?? '', 0)
}
