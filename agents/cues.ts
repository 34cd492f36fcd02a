/** Which passages are worth a model's reading: words that go with facts of each kind. Broad on purpose; a cue proves nothing. */
import type { FactKind } from '../domain/evidence/types.ts'

export const CUES: readonly { kinds: readonly FactKind[]; pattern: RegExp; weight: number }[] = [
  {
    kinds: ['employees'],
    pattern:
      /\b(?:employees?|staff|people|headcount|workforce|team of|mitarbeit\w+|salari[ée]s|collaborateurs|emplead\w+)\b/i,
    weight: 3,
  },
  {
    kinds: ['founded'],
    pattern: /\b(?:founded|established|since|est\.|started|gegründet|fondée?|fundad[ao]|desde)\b/i,
    weight: 3,
  },
  {
    kinds: ['headquarters', 'office'],
    pattern:
      /\b(?:headquarter\w*|head office|offices?|based in|located|sites?|branch\w*|hauptsitz|standorte?|siège|bureaux|sede|oficinas?)\b/i,
    weight: 3,
  },
  {
    kinds: ['offering', 'description', 'industry'],
    pattern:
      /\b(?:we (?:make|build|sell|offer|provide|develop|help|design|supply)|products?|services?|platform|solution|industry|specialis\w+|specializ\w+|provider|manufactur\w+|maker)\b/i,
    weight: 2,
  },
  {
    kinds: ['customer'],
    pattern: /\b(?:customers?|clients?|trusted by|used by|case stud\w+|chose|relies on|kunden|clientes?)\b/i,
    weight: 2.5,
  },
  { kinds: ['partner'], pattern: /\b(?:partner\w*|alliance|reseller)\b/i, weight: 2 },
  {
    kinds: ['technology'],
    pattern:
      /\b(?:stack|runs? on|built (?:on|with)|powered by|we use|uses|migrat\w+|software|system|tools?|erp|crm)\b/i,
    weight: 2,
  },
  {
    kinds: ['leader', 'authority'],
    pattern:
      /\b(?:ceo|cto|cfo|coo|cmo|cro|chief|founder|president|managing director|head of|director|vp|vice president|geschäftsführer\w*|vorstand|directeur|directrice|directora?)\b/i,
    weight: 3,
  },
  {
    kinds: ['revenue', 'funding', 'budget'],
    pattern:
      /\b(?:revenue|turnover|sales of|arr|profit|raised|funding|series [a-f]|seed|investors?|budget|umsatz|chiffre d.affaires|facturaci[óo]n)\b/i,
    weight: 3,
  },
  {
    kinds: ['hiring'],
    pattern:
      /\b(?:hiring|join (?:us|our)|vacanc\w+|open (?:roles?|positions?)|careers?|recruit\w*|looking for|wir suchen|recrutons|buscamos)\b/i,
    weight: 2.5,
  },
  {
    kinds: ['expansion', 'acquisition', 'launch', 'closure', 'news'],
    pattern:
      /\b(?:open(?:s|ed|ing)|expan\w+|acqui\w+|merge\w*|took over|bought|launch\w*|releas\w+|introduc\w+|unveil\w+|clos(?:ed|es|ing|ure)|insolven\w+|ceased|shut|announc\w+|relocat\w+)\b/i,
    weight: 3,
  },
  {
    kinds: ['award'],
    pattern: /\b(?:awards?|awarded|certif\w+|iso ?\d{4,5}|soc 2|winner|won|named|accredit\w+)\b/i,
    weight: 2,
  },
  {
    kinds: ['need', 'timing'],
    pattern:
      /\b(?:need|problem|challenge|struggl\w+|manual\w*|deadline|by (?:the )?end of|quarter|go live|replace|plan(?:s|ning)? to|this year|next year)\b/i,
    weight: 2,
  },
  { kinds: ['email', 'phone'], pattern: /@|\+\d|\b(?:tel|phone|call us)\b/i, weight: 1 },
]

export function cueScore(text: string): number {
  let score = 0
  for (const cue of CUES) if (cue.pattern.test(text)) score += cue.weight
  if (/\d/.test(text)) score += 1
  return score
}
