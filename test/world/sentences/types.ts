/** What each half of the sentences offers. Slots stand in braces; `../facts.ts` and `../conversations.ts` fill them. */
import type { FactKind } from '../../../domain/evidence/types.ts'
import type { MessageLabel } from '../../../domain/message/types.ts'
import type { Factor } from '../../../domain/qualification/types.ts'
import type { DealUpdateField, Lang, SiteLang, Trap } from '../types.ts'

export type Phrasings = Partial<Record<SiteLang, string[]>>

export interface TrapSentence {
  trap: Trap
  /** The kind a careless reader would take it for. */
  kind: FactKind
  lang: SiteLang
  /** One sentence. The wrong value is what the slot named first in `wrong` is filled with. */
  text: string
  wrong: string
}

/** Two voices: what the person writes to us, and what our rep notes down after a call. */
export interface FactorPhrasings {
  mail: string[]
  note: string[]
}

export interface UpdatePhrasing {
  field: DealUpdateField
  voice: 'mail' | 'note'
  text: string
}

export interface Half {
  /** Facts stated plainly in one sentence. */
  facts: Record<FactKind, Phrasings>
  /** The same facts said in a roundabout way: in two halves, by hint or inside other matter. Not expected of rules. */
  oblique: Partial<Record<FactKind, Phrasings>>
  traps: TrapSentence[]
  /** Bodies of replies: greeting and signature come around them. `[[ ]]` holds the telling sentence. */
  replies: Record<MessageLabel, Partial<Record<Lang, string[]>>>
  factors: Record<Factor, Record<'met' | 'unmet' | 'unknown', FactorPhrasings>>
  updates: UpdatePhrasing[]
  /** First sentences of messages in our web form; the telling ones follow from `factors`. */
  formOpeners: Partial<Record<Lang, string[]>>
}
