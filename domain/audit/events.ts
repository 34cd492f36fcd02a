/**
 * Every sort of event that the audit trail knows, with what it is about and the shape of its data. Data holds ids, hashes, words of ours
 * and numbers, never what people wrote: the trail cannot be rewritten, so it must hold nothing that has to be erased.
 */
import { DealwrightError } from '../errors.ts'

/**
 * `?` behind a kind: the field may be null or missing. `text` is a word, an id or a hash of at most 300 characters, `texts` are several;
 * `counts` are numbers by a word of ours.
 */
type Kind = 'text' | 'text?' | 'texts' | 'texts?' | 'count' | 'count?' | 'counts' | 'flag' | 'flag?'
interface Sort {
  target: string
  data: Record<string, Kind>
}

const ACTION_END = { target: 'action', data: { code: 'text?' } } as const
const DECISION = { target: 'action', data: { hash: 'text', rule: 'text?', for: 'text?' } } as const
const STEERED = { target: 'run', data: {} } as const
const PUBLISHED = { target: 'definition', data: { version: 'count' } } as const
const SUGGESTED = { kind: 'text', record: 'text', field: 'text' } as const
const CHANGED = { fields: 'texts' } as const
const UNDONE = {
  reverted: 'count',
  sparedBecauseEdited: 'count',
  cannotBeUndone: 'count',
} as const

/** By room, in alphabetical order. A new sort is a line here; `audit()` takes no other. */
export const AUDIT = {
  // gate
  'action.allowed': DECISION,
  'action.approved': DECISION,
  'action.answered': { target: 'action', data: { question: 'text' } },
  'action.approved_in_part': { target: 'action', data: { hash: 'text', seat: 'count', people: 'count', for: 'text?' } },
  'action.asked_anew': { target: 'action', data: { instead: 'text', code: 'text' } },
  'action.asked': { target: 'action', data: { question: 'text', of: 'text' } },
  'action.claimed': { target: 'action', data: { hash: 'text' } },
  'action.delegated': { target: 'action', data: { to: 'text' } },
  'action.done': ACTION_END,
  'action.edited': { target: 'action', data: { from: 'text', to: 'text' } },
  'action.escalated': { target: 'action', data: { to: 'text?' } },
  'action.expired': ACTION_END,
  'action.failed': ACTION_END,
  'action.found_in_sent': { target: 'action', data: {} },
  'action.proposed': { target: 'action', data: { kind: 'text', hash: 'text' } },
  'action.refused': DECISION,
  'action.reminded': { target: 'action', data: { user: 'text' } },
  'action.settled_by_person': { target: 'action', data: { sent: 'flag' } },
  'action.superseded': ACTION_END,
  'action.uncertain': ACTION_END,
  'action.undone': { target: 'action', data: UNDONE },
  'absence.ended': { target: 'absence', data: { user: 'text' } },
  'absence.made': { target: 'absence', data: { user: 'text', deputy: 'text' } },
  'ask.asked': { target: 'ask', data: {} },
  'ask.cancelled': { target: 'ask', data: {} },
  'autonomy.changed': { target: 'organisation', data: { level: 'text', cases: 'count', sample: 'count' } },
  'autonomy.granted': { target: 'autonomy', data: { class: 'text', cases: 'count', bound: 'text' } },
  'autonomy.withdrawn': { target: 'autonomy', data: { class: 'text', cases: 'count', why: 'text' } },
  'never_contact.added': { target: 'never_contact', data: { kind: 'text' } },
  'never_contact.removed': { target: 'never_contact', data: { kind: 'text' } },
  'stop.engaged': { target: 'stop', data: { scope: 'text', of: 'text?' } },
  'stop.released': { target: 'stop', data: { scope: 'text', of: 'text?' } },

  // records
  'account.changed': { target: 'account', data: CHANGED },
  'account.created': { target: 'account', data: {} },
  'contact.changed': { target: 'contact', data: CHANGED },
  'contact.created': { target: 'contact', data: {} },
  'contact.noted': { target: 'contact', data: {} },
  'contact.suppressed': { target: 'contact', data: { label: 'text?' } },
  'deal.changed': { target: 'deal', data: CHANGED },
  'deal.created': { target: 'deal', data: {} },
  'deal.noted': { target: 'deal', data: {} },
  'deal.opened': { target: 'deal', data: {} },
  'field.undone': { target: 'field_change', data: UNDONE },
  'import.finished': {
    target: 'import_job',
    data: { kind: 'text', rows: 'count?', created: 'count?', merged: 'count?', kept: 'count?' },
  },
  'lead.changed': { target: 'lead', data: CHANGED },
  'lead.created': { target: 'lead', data: { source: 'text?' } },
  'lead.noted': { target: 'lead', data: {} },
  'lead.routed': { target: 'lead', data: { owner: 'text?' } },
  'message.assigned': { target: 'message', data: { contact: 'text' } },
  'message.labelled': { target: 'message', data: { from: 'text?', to: 'text' } },
  'message.received': { target: 'message', data: { matched: 'text?' } },
  'suggestion.accepted': { target: 'field_suggestion', data: SUGGESTED },
  'suggestion.refused': { target: 'field_suggestion', data: SUGGESTED },
  'source.marked': { target: 'source', data: { internal: 'flag', withdrawn: 'count' } },
  'task.changed': { target: 'task', data: CHANGED },
  'task.created': { target: 'task', data: {} },

  // shape of the business
  'custom_field.changed': { target: 'custom_field', data: CHANGED },
  'custom_field.created': { target: 'custom_field', data: { kind: 'text', key: 'text' } },
  'pipeline.changed': { target: 'pipeline', data: CHANGED },
  'pipeline.created': { target: 'pipeline', data: {} },
  'price_list.changed': { target: 'price_list', data: CHANGED },
  'price_list.created': { target: 'price_list', data: { currency: 'text' } },
  'product.changed': { target: 'product', data: CHANGED },
  'product.created': { target: 'product', data: {} },
  'stage.archived': { target: 'stage', data: { movedTo: 'text?', deals: 'count' } },
  'stage.changed': { target: 'stage', data: CHANGED },
  'stage.created': { target: 'stage', data: { pipeline: 'text' } },
  'working_hours.changed': { target: 'working_hours', data: { team: 'text?', fields: 'texts' } },

  // the HTTP API's own
  'lead_form.changed': { target: 'lead_form', data: CHANGED },
  'lead_form.created': { target: 'lead_form', data: {} },
  'webhook.changed': { target: 'webhook_endpoint', data: CHANGED },
  'webhook.created': { target: 'webhook_endpoint', data: {} },
  'webhook.deleted': { target: 'webhook_endpoint', data: {} },
  'webhook.disabled': { target: 'webhook_endpoint', data: {} },

  // playbooks and definitions
  'knowledge.approved': { target: 'knowledge', data: { hash: 'text' } },
  'playbook.paused': { target: 'playbook', data: {} },
  'playbook.resumed': { target: 'playbook', data: {} },
  'playbook.rolled_back': { target: 'playbook_version', data: { playbook: 'text', version: 'count' } },
  'playbook.published': { target: 'playbook_version', data: { playbook: 'text', version: 'count' } },
  'policy.published': PUBLISHED,
  'scoring.published': PUBLISHED,
  'territories.published': PUBLISHED,
  'trigger.failed': { target: 'domain_event', data: { playbook: 'text', why: 'text' } },

  // runs
  'run.cancel': STEERED,
  'run.resume': STEERED,
  'run.skip': STEERED,
  'run.started': { target: 'run', data: { playbook: 'text' } },
  'run.undone': { target: 'run', data: UNDONE },

  // sign-in and people
  'invitation.accepted': { target: 'invitation', data: { user: 'text', role: 'text' } },
  'invitation.created': { target: 'invitation', data: { user: 'text?', role: 'text' } },
  'invitation.revoked': { target: 'invitation', data: { user: 'text?' } },
  'key.created': { target: 'key', data: { user: 'text', scopes: 'texts', expires: 'text' } },
  'key.revoked': { target: 'key', data: { user: 'text' } },
  'mailbox.changed': { target: 'mailbox', data: CHANGED },
  'mailbox.paused': { target: 'mailbox', data: {} },
  'mailbox.resumed': { target: 'mailbox', data: {} },
  'organisation.changed': { target: 'organisation', data: CHANGED },
  'password.changed': { target: 'user', data: {} },
  'session.ended': { target: 'user', data: { all: 'flag' } },
  'sign_in.done': { target: 'user', data: { way: 'text', secondFactor: 'flag' } },
  /** About the account that was tried; `unknown` where there is none: what was typed is not kept. */
  'sign_in.failed': { target: 'user', data: { way: 'text', why: 'text' } },
  'sign_in.rules_changed': { target: 'organisation', data: { approversTwoFactor: 'flag' } },
  'team.changed': { target: 'team', data: CHANGED },
  'team.created': { target: 'team', data: {} },
  'two_factor.disabled': { target: 'user', data: {} },
  'two_factor.enabled': { target: 'user', data: {} },
  'two_factor.new_codes': { target: 'user', data: {} },
  'user.changed': { target: 'user', data: { fields: 'texts', role: 'text?', grants: 'texts?' } },
  'user.created': { target: 'user', data: { role: 'text' } },
  'user.deactivated': { target: 'user', data: { sessions: 'count', keys: 'count' } },
  'user.reactivated': { target: 'user', data: {} },

  // the trail itself, and personal data
  'audit.exported': {
    target: 'audit',
    data: { actor: 'text?', type: 'text?', target: 'text?', targetId: 'text?', from: 'text?', to: 'text?' },
  },
  'hold.released': { target: 'legal_hold', data: {} },
  'hold.set': { target: 'legal_hold', data: { contact: 'text?', account: 'text?' } },
  'person.erased': { target: 'erasure', data: { rows: 'count', receipt: 'text' } },
  'person.exported': { target: 'contact', data: { records: 'count' } },
  'person.refused': { target: 'suppression', data: { by: 'text' } },
  'privacy.changed': { target: 'organisation', data: { importNeedsBasis: 'flag' } },
  'retention.changed': { target: 'retention', data: { kinds: 'texts' } },
  'retention.swept': { target: 'retention', data: { rows: 'counts' } },
} as const satisfies Record<string, Sort>

export type AuditType = keyof typeof AUDIT

type Value<K> = K extends `texts${string}`
  ? readonly string[]
  : K extends `text${string}`
    ? string
    : K extends 'counts'
      ? Readonly<Record<string, number>>
      : K extends `count${string}`
        ? number
        : boolean
type Optional<D> = { [F in keyof D]: D[F] extends `${string}?` ? F : never }[keyof D]
/** What an event of this sort carries. */
export type AuditData<T extends AuditType> = {
  [F in Exclude<keyof (typeof AUDIT)[T]['data'], Optional<(typeof AUDIT)[T]['data']>>]: Value<
    (typeof AUDIT)[T]['data'][F]
  >
} & { [F in Optional<(typeof AUDIT)[T]['data']>]?: Value<(typeof AUDIT)[T]['data'][F]> | null }

interface Head<T extends AuditType> {
  /** user:<id> | policy:<rule> | worker | server | command | command:<account> | visitor | recipient | import:<id> | run:<id> */
  actor: string
  type: T
  /** Which of them goes with which type is checked when the event is written. */
  target: (typeof AUDIT)[AuditType]['target']
  targetId: string
  runId?: string | null
}

export type AuditEntry = {
  [T in AuditType]: Head<T> &
    (Exclude<keyof (typeof AUDIT)[T]['data'], Optional<(typeof AUDIT)[T]['data']>> extends never
      ? { data?: AuditData<T> }
      : { data: AuditData<T> })
}[AuditType]

const LONGEST = 300

/** @throws DealwrightError `internal` for a sort that is not listed, or data that is not of its shape */
export function checkAuditEntry(entry: { type: string; target: string; data?: object | undefined }): void {
  const sort: Sort | undefined = Object.hasOwn(AUDIT, entry.type) ? AUDIT[entry.type as AuditType] : undefined
  const wrong = sort === undefined ? 'it is not listed in domain/audit/events.ts' : problem(sort, entry)
  if (wrong !== null) throw new DealwrightError('internal', `The audit event ${entry.type} was not taken: ${wrong}.`)
}

function problem(sort: Sort, entry: { target: string; data?: object | undefined }): string | null {
  if (entry.target !== sort.target) return `it is about a ${sort.target}`
  const data = (entry.data ?? {}) as Record<string, unknown>
  const stray = Object.keys(data).find(field => !Object.hasOwn(sort.data, field))
  if (stray !== undefined) return `it has no field ${stray}`
  const missing = Object.entries(sort.data).find(([field, kind]) => !fits(data[field], kind))
  return missing === undefined ? null : `${missing[0]} must be a ${missing[1].replace('?', '')}`
}

function fits(value: unknown, kind: Kind): boolean {
  if (value === undefined || value === null) return kind.endsWith('?')
  if (kind.startsWith('texts')) return Array.isArray(value) && value.every(one => fits(one, 'text'))
  if (kind.startsWith('text')) return typeof value === 'string' && value.length <= LONGEST
  if (kind === 'counts')
    return typeof value === 'object' && Object.values(value).every(one => Number.isSafeInteger(one))
  return kind.startsWith('count') ? Number.isSafeInteger(value) : typeof value === 'boolean'
}
