/** What a message can be, in words, with the key that says so. */
import type { api, Item } from '../../api/here.ts'

export type InboxRow = Item<typeof api.messages.$get>
export type Label = NonNullable<InboxRow['label']>

interface LabelFacts {
  word: string
  color: string
  /** One key; the rarest are chosen from the menu. */
  key?: string
}

/** In the order of the list: what wants a person soonest comes first. */
export const LABELS: Readonly<Record<Label, LabelFacts>> = {
  interested: { word: 'Interested', color: 'green', key: '1' },
  question: { word: 'Question', color: 'blue', key: '2' },
  referral: { word: 'Names somebody else', color: 'teal', key: '3' },
  complaint: { word: 'Complaint', color: 'red', key: '7' },
  unsubscribe: { word: 'No more mail, please', color: 'red', key: '6' },
  not_now: { word: 'Not now', color: 'yellow', key: '4' },
  not_interested: { word: 'Not interested', color: 'orange', key: '5' },
  other: { word: 'Something else', color: 'gray', key: '9' },
  left_company: { word: 'Has left the company', color: 'grape' },
  out_of_office: { word: 'Away', color: 'cyan', key: '8' },
  bounce_hard: { word: 'No such address', color: 'grape' },
  bounce_soft: { word: 'Not delivered yet', color: 'grape' },
  auto_reply: { word: 'Written by a machine', color: 'gray', key: '0' },
}

/** As the keys stand on a keyboard: 0 is the last. */
const placeOf = (key: string | undefined): number => (key === '0' ? 10 : Number(key))

export const ALL_LABELS = Object.keys(LABELS) as Label[]
export const KEYED = ALL_LABELS.filter(label => LABELS[label].key !== undefined).toSorted(
  (a, b) => placeOf(LABELS[a].key) - placeOf(LABELS[b].key),
)

const BY: Readonly<Record<string, string>> = {
  protocol: 'by what the mail’s head says',
  rules: 'by rules',
  model: 'by the model',
  person: 'by a person',
}
export const decidedBy = (by: string | null): string => BY[by ?? ''] ?? 'by nobody yet'
