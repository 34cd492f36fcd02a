/** The words of the sample world: what is generated, and the truth it was generated from. */
import type { FactKind } from '../../domain/evidence/types.ts'
import type { MessageLabel } from '../../domain/message/types.ts'
import type { Factor } from '../../domain/qualification/types.ts'

export type Lang = 'en' | 'de' | 'fr' | 'es'
export type SiteLang = 'en' | 'de' | 'fr'
export type Halves = 'open' | 'sealed' | 'both'

export interface WorldOptions {
  seed: number | string
  leads: number
  now: Date
  /** Which half of the sentences to speak with. Default `both`. */
  sentences?: Halves
}

export interface World {
  seed: string
  /** ISO instant the world was made for: all its dates lie around it. */
  now: string
  our: OurSide
  users: WorldUser[]
  territories: Territory[]
  companies: Company[]
  contacts: Contact[]
  leads: Lead[]
  deals: Deal[]
  threads: Thread[]
  callNotes: CallNote[]
  /** Addresses nobody may write to, with the reason, as they were before the world begins. */
  suppressions: { email: string; reason: string }[]
  truth: Truth
}

// Our side

export const KNOWLEDGE_KINDS = ['offering', 'proof_point', 'case_study', 'price', 'voice'] as const
export type KnowledgeKind = (typeof KNOWLEDGE_KINDS)[number]

export interface KnowledgeFile {
  id: string
  kind: KnowledgeKind
  title: string
  /** Where the claim comes from: a study, a signed customer statement, the price list. */
  source: string
  text: string
}

export interface OurSide {
  name: string
  domain: string
  address: string
  phone: string
  website: string
  knowledge: KnowledgeFile[]
}

export interface WorldUser {
  id: string
  name: string
  email: string
  role: 'rep' | 'manager' | 'ops'
  zone: string
  signature: string
}

export interface Territory {
  name: string
  countries: string[]
  /** Ids of the reps who work it, in the order of round robin. */
  reps: string[]
}

// Their side

/** What is unusual about a company's site; `plain` is an ordinary one. */
export const SITE_CASES = [
  'plain',
  'no_site',
  'robots_disallow_all',
  'slow',
  'failing',
  'hostile',
  'insolvent',
  'renamed',
  'redirecting',
] as const
export type SiteCase = (typeof SITE_CASES)[number]

export interface Company {
  id: string
  /** As registered, legal form included. */
  name: string
  /** As they call themselves; further short or former names follow. */
  aliases: string[]
  domain: string
  /** The domain of a former name; it redirects to `domain`. */
  oldDomain: string | null
  industry: string
  country: string
  city: string
  street: string
  zone: string
  employees: number
  lang: SiteLang
  /** Whether it belongs to whom we can help (industry, size and country). */
  fit: boolean
  fitReason: string
  site: SiteCase
  theme: number
  email: string
  phone: string
  pages: Page[]
  hasSitemap: boolean
  /** Text of robots.txt, or null where there is none (404). */
  robots: string | null
}

/** Where text is hidden from a visitor, and how. */
export type HiddenHow = 'display' | 'hidden_attribute' | 'white_on_white' | 'off_screen' | 'tiny' | 'comment'

export type Block =
  | { kind: 'heading'; level: 1 | 2 | 3; text: string }
  /** `strong` is a part of the text to set in bold, `link` a part to link. */
  | { kind: 'paragraph'; text: string; strong?: string; link?: { text: string; href: string } }
  | { kind: 'dateline'; iso: string; text: string }
  | { kind: 'list'; items: string[] }
  | { kind: 'table'; head: string[]; rows: string[][] }
  | { kind: 'quote'; text: string; by: string }
  | { kind: 'cards'; items: { title: string; text: string; href?: string }[] }
  | { kind: 'figure'; caption: string }
  | { kind: 'boilerplate'; title: string; text: string }
  | { kind: 'hidden'; how: HiddenHow; text: string }
  | { kind: 'form'; fields: string[]; button: string }

export interface Page {
  /** Starts with `/`. */
  path: string
  title: string
  /** Label in the navigation, null when the page is not in it. */
  nav: string | null
  blocks: Block[]
  /** ISO date of publication, for posts. */
  published: string | null
  jsonLd: Record<string, unknown> | null
  /** HTTP status when not 200, and how long the server waits first. */
  status?: number
  delay?: boolean
}

export interface Contact {
  id: string
  companyId: string | null
  name: string
  firstName: string
  title: string
  email: string
  phone: string | null
  lang: Lang
  zone: string
}

export const LEAD_CASES = [
  'form',
  'imported',
  'no_company',
  'free_mail',
  'not_a_fit',
  'suppressed',
  'in_deal',
  'referred',
] as const
export type LeadCase = (typeof LEAD_CASES)[number]

export interface Lead {
  id: string
  case: LeadCase
  contactId: string
  companyId: string | null
  source: 'form' | 'import' | 'referral' | 'event'
  status: 'new' | 'working' | 'qualified' | 'nurture'
  createdAt: string
  /** What the person wrote in our form, where one was filled in. */
  message: string | null
}

export const STAGES = ['discovery', 'evaluation', 'proposal', 'negotiation', 'won', 'lost'] as const
export type Stage = (typeof STAGES)[number]

export interface Deal {
  id: string
  companyId: string
  contactId: string
  leadId: string
  name: string
  stage: Stage
  amountMinor: number
  currency: string
  /** ISO date. */
  closeDate: string
  ownerId: string
  openedAt: string
  history: { stage: Stage; at: string }[]
}

export interface ThreadMessage {
  messageId: string
  inReplyTo: string | null
  direction: 'in' | 'out'
  from: string
  to: string
  subject: string
  at: string
  text: string
}

export interface Thread {
  id: string
  contactId: string
  dealId: string | null
  messages: ThreadMessage[]
}

export interface CallNote {
  id: string
  contactId: string
  dealId: string | null
  byUserId: string
  at: string
  text: string
}

// Truth

/** Why a passage must not be taken as a fact about the company whose page it stands on. */
export const TRAPS = [
  'other_company',
  'quoted_customer',
  'customer_figure',
  'group_figure',
  'negated',
  'conditional',
  'out_of_date',
  'hidden',
  'injection',
] as const
export type Trap = (typeof TRAPS)[number]

export interface PlantedFact {
  companyDomain: string
  kind: FactKind
  /** As a person would write it down. */
  value: string
  /** Passages of the sentence that a right value must hold, each verbatim; empty: the sentence itself is the measure. */
  parts: string[]
  sentence: string
  pageUrl: string
  lang: SiteLang
  /** Stated plainly in one sentence, so rules alone should find it. */
  plain: boolean
  trap?: Trap
}

export interface FactorTruth {
  /**
   * Id of the lead (form message), thread message (Message-ID), call note, or answer (`contact-0003#0`). The first three
   * have an entry for each factor; answers only for what they speak of.
   */
  sourceId: string
  contactId: string | null
  companyDomain: string | null
  factor: Factor
  status: 'met' | 'unmet' | 'unknown'
  /** Null where nothing is said; for `unknown` it may be a sentence that touches the matter and settles nothing. */
  sentence: string | null
}

export const DEAL_UPDATE_FIELDS = ['amount', 'close_date', 'decision_maker', 'stage', 'next_step'] as const
export type DealUpdateField = (typeof DEAL_UPDATE_FIELDS)[number]

export interface DealUpdateTruth {
  sourceId: string
  field: DealUpdateField
  /** Amounts as `48000 EUR`, dates as ISO, the rest as words that stand in the sentence. */
  value: string
  sentence: string
}

export interface Truth {
  /** What the pages state and a good system should find. */
  facts: PlantedFact[]
  /** What the pages seem to state and a good system must not take. */
  traps: PlantedFact[]
  factors: FactorTruth[]
  dealUpdates: DealUpdateTruth[]
  behaviours: Behaviour[]
}

// How prospects behave

export interface Answer {
  /** `silent`: this mail gets no answer, the next one may. */
  label: MessageLabel | 'silent'
  /** Hours until it is written, as in life; a server may shorten them. */
  afterHours: number
  lang: Lang
  /** What they write, signature included, without quoted history. Empty for `silent` and bounces. */
  text: string
  /** The sentence that carries the label, for graders; null where there is none. */
  sentence: string | null
  /** ISO date named in the text: back from leave, try again then. */
  until: string | null
  /** Name and address of the colleague they point to. */
  referredTo: { name: string; email: string } | null
  updates: Omit<DealUpdateTruth, 'sourceId'>[]
  factors: { factor: Factor; status: 'met' | 'unmet'; sentence: string }[]
  bounce: Bounce | null
}

export interface Bounce {
  /** Refused in the SMTP dialogue, or accepted and returned by a delivery report. */
  where: 'rcpt' | 'report'
  smtpCode: number
  enhanced: string
  text: string
}

export interface Behaviour {
  contactId: string
  email: string
  /** The n-th different mail gets the n-th answer; after the last one they stay silent. */
  answers: Answer[]
}
