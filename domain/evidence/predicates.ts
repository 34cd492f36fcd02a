/** Predicates that say something else of the value than its kind claims: a loan paid back is no funding, a demo is no use. */
import { clauseIndexAt, clausesOf } from './clauses.ts'
import type { Passage } from './passage.ts'
import { sentenceText } from './passage.ts'
import type { Span } from './text.ts'
import { fold } from './text.ts'
import type { Claim, FactKind } from './types.ts'

interface OtherPredicate {
  form: RegExp
  detail: string
  /** Says that the kind's own predicate stands in the clause as well. */
  unless?: RegExp
}

const OTHERS: Partial<Record<FactKind, readonly OtherPredicate[]>> = {
  technology: [
    {
      form: /\b(?:integrat\w+ with|connects? to|plugs? into|compatible with|imports? from|exports? to|(?:add-on|plug-in|app) for|schnittstelle zu|compatible avec|compatible con)\b/,
      detail: 'an interface to it is no use of it',
      unless: /\b(?:we|wir|nous) (?:use|run|work with|nutzen|utilisons)\b/,
    },
    {
      form: /\b(?:tested|trialled|evaluated|(?:had|saw|got) a demo of|compared|getestet|haben uns \w+ angesehen|avons teste|probamos)\b/,
      detail: 'it was only tried',
    },
  ],
  budget: [
    {
      form: /\b(?:(?:was|is|been|were) (?:already )?(?:spent|used up|gone|cut|frozen)|cost us|we paid|last year's budget|(?:vorjahr|letztes jahr)\w*|ausgegeben|verbraucht|gestrichen|epuise|agotado)\b/,
      detail: 'the money is spent, gone or of another year',
    },
  ],
  founded: [
    {
      form: /\b(?:held|certified|accredited|member|listed|partners? (?:of|with)|zertifiziert|mitglied|certifie\w*|certificad\w+)\b[^;]*\b(?:since|seit|depuis|desde)\b/,
      detail: 'something else has been so since then',
    },
  ],
  timing: [
    {
      form: /\b(?:went live|has gone live|was completed|finished in|started in|ging live|wurde abgeschlossen)\b/,
      detail: 'it lies in the past',
    },
  ],
  funding: [
    {
      form: /\b(?:paid (?:back|off)|repa(?:id|y\w*)|raised (?:our|its|the|their) (?:prices?|fees?|forecasts?|guidance|rates?|wages|salaries|targets?|stake)|zuruckgezahlt)\b/,
      detail: 'money was paid back, or something else was raised',
    },
  ],
  acquisition: [
    {
      form: /\b(?:acquir\w+|bought|purchased|took over|buy|buys)\s(?:(?:the|some|all|its|their)\s)?(?:\w+\s)?(?:machines|stock|assets|brand|patents?|buildings?|land|rights|licen[cs]es?|equipment|power|goods|castings|trademark)\b/,
      detail: 'things were bought, not the company',
    },
  ],
  customer: [
    {
      form: /\b(?:we|i) (?:\w+ )?(?:buy|bought|source|order|ordered|get|purchase)\b[^;]*\bfrom\b|\bwir (?:kaufen|beziehen)\b/,
      detail: 'the company buys from it',
    },
  ],
}

/** What the target's clause says instead, in words; null when nothing of the list. A value that says so itself is right. */
export function otherPredicate(claim: Claim, passage: Passage, anchors: readonly Span[]): string | null {
  const list = OTHERS[claim.kind]
  if (!list || passage.isData) return null
  const text = sentenceText(passage)
  const clauses = clausesOf(text)
  const at = (anchors[0]?.start ?? passage.quote.start) - passage.sentence.start
  const clause = clauses[clauseIndexAt(clauses, Math.max(0, at))]!
  const said = fold(text.slice(clause.start, clause.end))
  const value = fold(claim.value)
  const found = list.find(({ form, unless }) => form.test(said) && !form.test(value) && !unless?.test(said))
  return found?.detail ?? null
}
