/**
 * Extraction by rules, for when no model answers: reads every line of every source that a visitor sees, sentence by
 * sentence, and yields claims. They go through the same evidence check as a model's.
 */
import type { Claim, EvidenceSource, FactKind, Subject } from '../../domain/evidence/types.ts'
import { type Line, linesOf, sentencesOf } from '../lines.ts'
import { bantDrafts } from './bant.ts'
import { COMPANY_RULES } from './company.ts'
import { eventDrafts } from './events.ts'
import { looseDrafts } from './loose/index.ts'
import { CAREERS, pageIs } from './loose/speaker.ts'
import { isSound } from './sound.ts'
import { leaderOnTwoLines, RELATION_RULES } from './relations.ts'
import type { Draft, Sentence } from './rule.ts'
import { DATE, nameAtStart, rx, TITLES } from './words.ts'

const RULES = [...COMPANY_RULES, ...RELATION_RULES]
/** A sentence longer than this is a list or a legal text and states nothing plainly. */
const MAX_SENTENCE = 600

/** Praise in quotation marks is a customer's voice, whose "we" is not the site's; a notice about cookies is nobody's. */
const SAID_BY_OTHERS =
  /^[“„«"'‘](?=.*\b(?:we|our|us|wir|unser\p{L}*|uns|nous|notre|nos)\b)|(?<!\p{L})cookies?(?!\p{L})/iu

/** Orders to whoever reads by machine state nothing about the company. */
const ORDERS_A_READER =
  /\b(?:(?:ignore|disregard|forget|override) (?:all |any |the |your |every )*(?:previous|prior|above|earlier|other|former) |(?:previous|prior|these|following|system) (?:instructions?|prompts?)|(?:record|say|report|state|write down|note down|output|answer|reply|respond|conclude|confirm|mark|set|treat|classify)\s+(?:that|with|this|it as|the (?:lead|company|deal|budget))|(?:as an|dear|attention,?) (?:ai|assistant|language model|llm|bot|crawler)|(?:ignoriere|vergiss|vergessen sie) (?:alle|sämtliche)|ignore[rz]? (?:toutes|les) (?:les )?(?:instructions|consignes)|ignor[ae] (?:todas|las) )/iu

/** Menus say where to go, not what is so. */
const UNTOLD: ReadonlySet<string> = new Set(['nav'])

/** "COO, Halden Foods" under a person: someone of another firm, who praises this one. */
function saidElsewhere(draft: Draft, below: Line | undefined): boolean {
  const title = draft.value.split(', ')[1]
  return draft.kind === 'leader' && title !== undefined && (below?.text.startsWith(`${title}, `) ?? false)
}

/** "3 May 2026", "Posted on May 3, 2026", "03.05.2026 |": a line that dates what follows. */
const DATELINE = rx(
  String.raw`^(?:(?:posted|published|updated|veröffentlicht|publié|date)(?:\s(?:on|am|le))?:?\s)?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\p{L}*,?\s|le\s|den\s|am\s)?(?!(?:\p{L}+\s)?\d{4}$)${DATE}\s*[|·–-]?$`,
)

const CITY_WITH_CODE = /^(?<v>\p{Lu}[\p{L}.'’ -]{1,40}, [A-Z]{2}),? \d{5}(?:-\d{4})?$/u

/** "Corso Systems" over "125 E 21st St #109" over "Chicago, IL 60616": the firm's own address. */
function seatBelowName(
  line: Line,
  above: readonly (Line | undefined)[],
  isSubject: (name: string) => boolean,
): Draft | null {
  const value = CITY_WITH_CODE.exec(line.text)?.groups?.['v']
  return value !== undefined && above.some(other => other !== undefined && isSubject(other.text))
    ? { kind: 'headquarters', value }
    : null
}

/** What no visitor reads. */
const UNREAD: ReadonlySet<string> = new Set(['hidden', 'data', 'meta'])

export function extractByRules(subject: Subject, sources: readonly EvidenceSource[]): Claim[] {
  const isSubject = ownName(subject)
  const memory = new Map<string, Draft[]>()
  return atMost(sources.flatMap(source => fromSource(subject, source, isSubject, memory)))
}

/** Recognises the subject's names, with or without legal form: a first word of four letters or more is enough. */
function ownName(subject: Subject): (name: string) => boolean {
  const names = [subject.name, ...subject.aliases].map(bare).filter(name => name !== '')
  return name => {
    const other = bare(name)
    return (
      other !== '' && names.some(own => own === other || own.startsWith(`${other} `) || other.startsWith(`${own} `))
    )
  }
}

function bare(name: string): string {
  return name
    .toLowerCase()
    .replace(/[.,]/g, '')
    .replace(/\s+(?:gmbh|ag|se|kg|ltd|limited|inc|llc|corp|plc|sa|sas|sarl|sl|bv|co|gmbh & co kg)$/u, '')
    .trim()
}

/** A page describes its firm many times over; the first descriptions say it best. */
const MOST_OF_A_KIND: Partial<Record<Claim['kind'], number>> = { description: 3, industry: 4 }

function atMost(claims: readonly Claim[]): Claim[] {
  const counts = new Map<string, number>()
  return claims.filter(claim => {
    const count = (counts.get(claim.kind) ?? 0) + 1
    counts.set(claim.kind, count)
    return count <= (MOST_OF_A_KIND[claim.kind] ?? Number.POSITIVE_INFINITY)
  })
}

function fromSource(
  subject: Subject,
  source: EvidenceSource,
  isSubject: (name: string) => boolean,
  memory: Map<string, Draft[]>,
): Claim[] {
  /** Menus, notices and footers stand on every page: their sentences are read once. */
  const remembered = (sentence: Sentence): Draft[] => {
    const about =
      sentence.role === 'main' ? `${sentence.dated} ${sentence.readAt} ${sentence.title}\n${sentence.heading}` : ''
    const key = [source.kind, sentence.role, sentence.kind, about, sentence.text].join('\n')
    const known = memory.get(key) ?? draftsOf(sentence, source)
    memory.set(key, known)
    return known
  }
  const claims: Claim[] = []
  const lines = linesOf(source).filter(line => !UNREAD.has(line.role))
  const put = (draft: Draft, start: number, end: number) => {
    claims.push({
      subject,
      kind: draft.kind,
      value: draft.value,
      quote: source.text.slice(start, end),
      sourceId: source.id,
    })
  }
  let heading = ''
  let free = 0
  /** Under a line that is only a date stands a post of that day, up to the next heading. */
  let inPost = false
  const title = source.title ?? ''
  const dated = typeof source.dated === 'string'
  const readAt = source.kind === 'page' ? source.fetchedAt : null
  for (const [index, line] of lines.entries()) {
    for (const { start, end, text } of sentencesOf(line)) {
      if (text.length > MAX_SENTENCE || ORDERS_A_READER.test(text) || SAID_BY_OTHERS.test(text)) continue
      const sentence: Sentence = {
        text,
        role: line.role,
        kind: line.kind,
        heading,
        title,
        dated: dated || inPost,
        readAt,
        isSubject,
      }
      for (const draft of remembered(sentence)) {
        put(draft, start + (draft.quote?.start ?? 0), draft.quote === undefined ? end : start + draft.quote.end)
      }
    }
    const address = seatBelowName(line, [lines[index - 1], lines[index - 2]], isSubject)
    if (address !== null) put(address, line.start, line.end)
    const next = lines[index + 1]
    if (next !== undefined && index >= free && !UNTOLD.has(line.role)) {
      const drafts = pairDrafts(line, next).filter(draft => !saidElsewhere(draft, lines[index + 2]))
      for (const draft of drafts) put(draft, line.start, next.end)
      // The second line is spent: what follows it is the next card's.
      if (drafts.length > 0) free = index + 2
    }
    if (line.kind === 'heading') heading = line.text
    if (DATELINE.test(line.text)) inPost = true
    else if (line.kind === 'heading' && !DATELINE.test(lines[index - 1]?.text ?? '')) inPost = false
  }
  return claims
}

function draftsOf(sentence: Sentence, source: EvidenceSource): Draft[] {
  const company = RULES.flatMap(rule => rule(sentence))
  const bant = bantDrafts(sentence, source.kind)
  const events = eventDrafts(sentence, [
    ...company.filter(draft => draft.kind !== 'description' && draft.kind !== 'email'),
    ...bant,
  ])
  const all = [...company, ...events, ...bant].filter(draft => isSound(draft, sentence))
  const strict = all.filter(draft => !isOutdone(draft, all) || isFurtherPlace(draft, sentence))
  const loose = looseDrafts(sentence, strict).filter(draft => isSound(draft, sentence) && !isOutdone(draft, strict))
  // "Verona joined in September": a new place, and no product.
  const grown = loose.filter(draft => draft.kind === 'expansion')
  const drafts = [...strict, ...loose.filter(draft => !isOutdone(draft, grown))]
  const own = aboutAnother(sentence) ? drafts.filter(draft => !OWN_TRAITS.has(draft.kind)) : drafts
  return unique(pageIs(sentence, CAREERS) ? own.filter(draft => !NOT_TO_APPLICANTS.has(draft.kind)) : own)
}

/**
 * A sentence that tells of a happening holds words by which other rules take it for something else: what one kind, when
 * found, shuts out in the same sentence.
 */
const SHUTS_OUT: Partial<Record<FactKind, readonly FactKind[]>> = {
  closure: [
    'founded',
    'office',
    'headquarters',
    'offering',
    'technology',
    'timing',
    'expansion',
    'customer',
    'employees',
  ],
  acquisition: ['founded', 'timing', 'authority', 'office', 'partner', 'customer', 'offering', 'launch', 'expansion'],
  launch: ['founded', 'offering', 'timing', 'technology', 'customer', 'award'],
  expansion: ['founded', 'technology', 'timing', 'offering', 'customer', 'headquarters'],
  award: ['offering', 'technology', 'customer', 'timing', 'partner', 'industry'],
  hiring: ['need', 'office', 'timing', 'offering', 'headquarters', 'expansion', 'customer', 'partner'],
  funding: ['timing', 'offering', 'customer', 'partner', 'expansion', 'budget'],
  revenue: ['offering', 'founded', 'customer', 'timing'],
  industry: ['offering'],
  headquarters: ['customer', 'office', 'offering'],
  office: ['offering', 'customer'],
  founded: ['customer', 'offering', 'technology'],
  employees: ['offering', 'customer'],
  customer: ['offering'],
  partner: ['offering', 'industry', 'customer'],
  leader: ['partner', 'customer', 'offering'],
  budget: ['offering', 'technology', 'customer', 'need'],
  technology: ['partner', 'offering', 'customer', 'launch'],
}

/** What a sentence says of its grammatical subject: of another company when it begins with that company's name. */
const OWN_TRAITS: ReadonlySet<FactKind> = new Set<FactKind>([
  'employees',
  'founded',
  'headquarters',
  'office',
  'industry',
  'revenue',
  'expansion',
  'technology',
  'description',
  'hiring',
])

/** A careers page speaks to applicants: what it wants, offers and needs concerns them. */
const NOT_TO_APPLICANTS: ReadonlySet<FactKind> = new Set<FactKind>([
  'offering',
  'need',
  'timing',
  'budget',
  'acquisition',
])

/** Figures of the group above are not the company's. */
const OF_THE_OWNERS =
  /\b(?:share-?holders?|minority|parent company|holding company|group that owns)\b|(?:gesellschafter|mutterkonzern|muttergesellschaft|actionnaire|maison mère|société mère)/iu

function aboutAnother(sentence: Sentence): boolean {
  const name = nameAtStart(sentence.text)
  return (name !== null && !sentence.isSubject(name)) || OF_THE_OWNERS.test(sentence.text)
}

function isOutdone({ kind }: Draft, by: readonly Draft[]): boolean {
  return by.some(other => SHUTS_OUT[other.kind]?.includes(kind) ?? false)
}

/** "Headquartered in Austin, with offices in Leeds and Lyon": the seat and the further places each in its own words. */
const isFurtherPlace = ({ kind }: Draft, { text }: Sentence): boolean =>
  kind === 'office' && FURTHER_PLACES.test(text) && SEAT.test(text)
const FURTHER_PLACES =
  /\bwith (?:(?:further|additional|other|regional|sales|field) )?(?:offices|branches|sites|plants|locations|depots) (?:also )?(?:in|at) (?=\p{Lu})/u
const SEAT = /\b(?:headquarter\p{L}*|head office|based) (?:is |are )?in\b/iu

function unique(drafts: readonly Draft[]): Draft[] {
  const seen = new Set<string>()
  return drafts.filter(draft => {
    const key = `${draft.kind}\n${draft.value}`
    return !seen.has(key) && seen.add(key) !== undefined
  })
}

/** Labels over or beside a value. Any other short line above a sentence is only the line above it. */
const LABELS =
  /^(?:(?:number of |total )?(?:employees|staff|people|headcount)|(?:company|team) size|workforce|(?:year )?(?:founded|established|of foundation|since)(?: in)?|foundation|head ?quarters?|head office|HQ|location|based in|seat|industry|sector|branche|mitarbeiter\S*|mitarbeitende|gründung\S*|gegründet|(?:haupt|firmen)?sitz|standort|effectifs?|salariés|création|fondée?(?: en)?|siège(?: social)?|secteur(?: d['’]activité)?|empleados|fundación|sede|sector)\s*:?$/iu

/** What two lines say together: a name over a title, or a label over or beside its value ("Employees" | "250"). */
function pairDrafts(first: Line, second: Line): Draft[] {
  const leader = leaderOnTwoLines(first.text, second.text)
  if (leader !== null) return [{ kind: 'leader', value: leader }]
  const titled = first.kind === 'cell' && TITLE_ALONE.test(first.text)
  if (!(titled || LABELS.test(first.text)) || second.text.length > 80) return []
  const text = `${first.text.replace(/:$/, '')}: ${second.text}`
  const sentence: Sentence = {
    text,
    role: first.role,
    kind: first.kind,
    heading: '',
    title: '',
    dated: false,
    isSubject: () => false,
  }
  return RULES.flatMap(rule => rule(sentence)).filter(
    draft => LABELLED.has(draft.kind) && (draft.kind === 'leader') === titled && isSound(draft, sentence),
  )
}
const TITLE_ALONE = rx(`^${TITLES}$`, 'u')

const LABELLED: ReadonlySet<Draft['kind']> = new Set([
  'employees',
  'founded',
  'headquarters',
  'industry',
  'leader',
] as const)
