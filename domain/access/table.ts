/**
 * Who may see and do what: role × relation to the record × verb. The one place that says so; stores turn it into conditions
 * (db/access.ts), routes name the row they stand under (server/api/route.ts).
 *
 * Relations: `own` - the person is the record's owner; `team` - the owner is of the person's team, or of one that they manage;
 * `unowned` - nobody owns it; `any` - every record.
 */
import type { Grant, Role, Scope } from './viewer.ts'

export const RELATIONS = ['own', 'team', 'unowned', 'any'] as const
export type Relation = (typeof RELATIONS)[number]

interface Row {
  /** The scope that a key needs for it. */
  scope: Scope
  roles: Partial<Record<Role, readonly Relation[]>>
  /** Who holds this grant may do it with any record, whatever the role's row says. */
  grant?: Grant
}

const ANY = ['any'] as const
const OURS = ['own', 'team', 'unowned'] as const
const EVERYBODY = { rep: ANY, manager: ANY, ops: ANY, admin: ANY, viewer: ANY } as const
const ONES_OWN = { rep: ['own'], manager: ['own'], ops: ['own'], admin: ['own'], viewer: ['own'] } as const
const OPS = { ops: ANY, admin: ANY } as const
const ADMIN = { admin: ANY } as const

/** Records that people work with. */
const record = {
  see: { scope: 'read', roles: { rep: OURS, manager: OURS, ops: ANY, admin: ANY, viewer: ANY } },
  create: { scope: 'write', roles: { rep: OURS, manager: OURS, ops: ANY, admin: ANY } },
  change: { scope: 'write', roles: { rep: ['own', 'unowned'], manager: OURS, admin: ANY } },
} as const

/** Texts by which ops says how things go: everybody may read them. */
const definition = {
  see: { scope: 'read', roles: EVERYBODY },
  publish: { scope: 'manage', roles: OPS },
} as const

export const ACCESS = {
  lead: record,
  account: record,
  contact: record,
  deal: record,
  task: {
    ...record,
    change: { scope: 'write', roles: { rep: ['own', 'unowned'], manager: OURS, ops: ['own'], admin: ANY } },
  },
  product: {
    see: { scope: 'read', roles: EVERYBODY },
    create: { scope: 'manage', roles: OPS },
    change: { scope: 'manage', roles: OPS },
  },
  /** Bodies of mails, call notes and drafts. */
  message: {
    see: { scope: 'read', roles: { rep: OURS, manager: OURS, admin: ANY }, grant: 'mail_bodies' },
    create: { scope: 'write', roles: { rep: OURS, manager: OURS, admin: ANY } },
    /** What it is, and whose. */
    change: { scope: 'write', roles: { rep: ['own', 'unowned'], manager: OURS, admin: ANY } },
  },
  /** Cost, margin, notes marked internal: see domain/access/fields.ts. */
  sensitive_field: { see: { scope: 'read', roles: { manager: OURS, admin: ANY }, grant: 'sensitive_fields' } },
  action: {
    see: record.see,
    /** Whom an action waits for narrows this further: see server/access.ts. */
    decide: { scope: 'decide', roles: { rep: ['own', 'unowned'], manager: OURS, ops: ANY, admin: ANY } },
    /** A question that oneself was asked about it. */
    answer: { scope: 'write', roles: record.see.roles },
  },
  run: {
    see: record.see,
    steer: { scope: 'manage', roles: { manager: OURS, ops: ANY, admin: ANY } },
    undo: { scope: 'manage', roles: { manager: OURS, ops: ANY, admin: ANY } },
  },
  playbook: definition,
  policy: definition,
  scoring: definition,
  territories: definition,
  knowledge: definition,
  import: {
    see: { scope: 'read', roles: { rep: ['own'], manager: OURS, ops: ANY, admin: ANY } },
    create: { scope: 'write', roles: { rep: ['own'], manager: ['own'], ops: ANY, admin: ANY } },
  },
  audit: {
    see: { scope: 'read', roles: { manager: ANY, ops: ANY, admin: ANY } },
    export: { scope: 'manage', roles: OPS },
  },
  /** Questions in plain words over what one may see: everybody's own, and nobody else's. */
  ask: { see: { scope: 'read', roles: ONES_OWN }, create: { scope: 'write', roles: ONES_OWN } },
  /** When people are away, and who decides for them. */
  absence: {
    see: { scope: 'read', roles: EVERYBODY },
    change: { scope: 'write', roles: { rep: ['own'], manager: ['own', 'team'], ops: ['own'], admin: ANY } },
  },
  autonomy: {
    see: { scope: 'read', roles: { manager: ANY, ops: ANY, admin: ANY } },
    grant: { scope: 'manage', roles: { manager: ANY, admin: ANY } },
  },
  stop: {
    see: { scope: 'read', roles: EVERYBODY },
    engage: { scope: 'manage', roles: { manager: ANY, ops: ANY, admin: ANY } },
    release: { scope: 'manage', roles: { manager: ANY, admin: ANY } },
  },
  /** Whom nobody may write to, by our own word. */
  never_contact: {
    see: { scope: 'read', roles: EVERYBODY },
    add: { scope: 'write', roles: { rep: ANY, manager: ANY, ops: ANY, admin: ANY } },
    remove: { scope: 'manage', roles: { manager: ANY, ops: ANY, admin: ANY } },
  },
  /** Where mail is sent from. */
  mailbox: {
    see: { scope: 'read', roles: EVERYBODY },
    change: { scope: 'manage', roles: OPS },
    /** What stands below its mails. */
    sign: { scope: 'write', roles: { rep: ['own'], manager: ['own'], ops: ANY, admin: ANY } },
  },
  user: { see: { scope: 'read', roles: EVERYBODY }, manage: { scope: 'manage', roles: ADMIN } },
  team: {
    see: { scope: 'read', roles: EVERYBODY },
    manage: { scope: 'manage', roles: ADMIN },
    /** Who has how much, how fast they answer, and what was refused and edited. */
    lead: { scope: 'read', roles: { manager: ['own', 'team'], ops: ANY, admin: ANY } },
  },
  /** Oneself: name, zone, working hours, reminders. */
  me: { see: { scope: 'read', roles: EVERYBODY }, change: { scope: 'write', roles: EVERYBODY } },
  /** Who we are, and the terms on which agents and people decide. */
  organisation: { see: { scope: 'read', roles: EVERYBODY }, change: { scope: 'manage', roles: ADMIN } },
  /** What works and what does not. */
  health: { see: { scope: 'read', roles: { manager: ANY, ops: ANY, admin: ANY } } },
  /** API keys: one's own; an admin sees and revokes everybody's. */
  key: {
    see: { scope: 'manage', roles: { rep: ['own'], manager: ['own'], ops: ['own'], admin: ANY, viewer: ['own'] } },
    manage: { scope: 'manage', roles: { rep: ['own'], manager: ['own'], ops: ['own'], admin: ANY, viewer: ['own'] } },
  },
  /** Pipelines, stages, custom fields, price lists, working hours. */
  settings: { see: { scope: 'read', roles: EVERYBODY }, change: { scope: 'manage', roles: OPS } },
  webhook: { see: { scope: 'manage', roles: OPS }, manage: { scope: 'manage', roles: OPS } },
  /** Data of people on request, how long what is kept, legal holds. */
  privacy: {
    see: { scope: 'manage', roles: ADMIN },
    erase: { scope: 'manage', roles: ADMIN },
    set: { scope: 'manage', roles: ADMIN },
  },
} as const satisfies Record<string, Record<string, Row>>

export type Resource = keyof typeof ACCESS
/** Verbs of a resource. */
export type VerbOf<R extends Resource> = keyof (typeof ACCESS)[R] & string

/** A row of the table by its two names, e.g. `lead.see`. */
export type Right = { [R in Resource]: `${R}.${VerbOf<R>}` }[Resource]

export function rowOf(right: Right): Row {
  const [resource, verb] = right.split('.') as [Resource, string]
  return (ACCESS[resource] as Record<string, Row>)[verb] as Row
}

/** Every right there is. */
export const RIGHTS = Object.entries(ACCESS).flatMap(([resource, verbs]) =>
  Object.keys(verbs).map(verb => `${resource}.${verb}` as Right),
)
