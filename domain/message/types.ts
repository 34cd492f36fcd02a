/** The words of conversations: what a received message can be. */

export const MESSAGE_LABELS = [
  'interested',
  'question',
  'referral',
  'not_now',
  'not_interested',
  'unsubscribe',
  'out_of_office',
  'left_company',
  'bounce_hard',
  'bounce_soft',
  'complaint',
  'auto_reply',
  'other',
] as const
export type MessageLabel = (typeof MESSAGE_LABELS)[number]

/** Labels under which a person wrote to us: these stop sequences. */
export const HUMAN_LABELS: readonly MessageLabel[] = [
  'interested',
  'question',
  'referral',
  'not_now',
  'not_interested',
  'unsubscribe',
  'complaint',
  'other',
]

/** In the order in which they want a person: whoever can be won first, what machines wrote last. */
export const INBOX_ORDER: readonly MessageLabel[] = [
  'interested',
  'question',
  'referral',
  'complaint',
  'unsubscribe',
  'not_now',
  'not_interested',
  'other',
  'left_company',
  'out_of_office',
  'bounce_hard',
  'bounce_soft',
  'auto_reply',
]
