/** On what ground a person's data is held, and where it came from. The grounds are those of Article 6 (1) of the GDPR, by its names. */
import { labelKey } from '../import/normalise/name.ts'

export const LAWFUL_BASES = [
  'consent',
  'contract',
  'legal_obligation',
  'vital_interests',
  'public_task',
  'legitimate_interests',
] as const
export type LawfulBasis = (typeof LAWFUL_BASES)[number]

/** As the policy and lists see it: what nobody has said is `unknown`. */
export const SEEN_BASES = [...LAWFUL_BASES, 'unknown'] as const
export type SeenBasis = (typeof SEEN_BASES)[number]

export const ORIGINS = ['import', 'form', 'research', 'manual', 'referral', 'mail'] as const
export type Origin = (typeof ORIGINS)[number]
export const SEEN_ORIGINS = [...ORIGINS, 'unknown'] as const
export type SeenOrigin = (typeof SEEN_ORIGINS)[number]

/** What files write for each: folded, in four languages. */
const WRITTEN: Record<LawfulBasis, string> = {
  consent:
    'consent, opt in, optin, opted in, double opt in, doi, freely given consent from contact, einwilligung, zustimmung, consentement, consentimiento',
  contract:
    'contract, performance of a contract, performance of contract, customer, existing customer, vertrag, vertragserfullung, kunde, contrat, execution d un contrat, contrato, cliente',
  legal_obligation: 'legal obligation, rechtliche verpflichtung, obligation legale, obligacion legal',
  vital_interests: 'vital interests, vital interest, lebenswichtige interessen, interets vitaux, intereses vitales',
  public_task: 'public task, public interest, offentliches interesse, interet public, interes publico',
  legitimate_interests:
    'legitimate interests, legitimate interest, legitimate interest prospect lead, legitimate interest existing customer, legitimate interest other, berechtigtes interesse, berechtigte interessen, interet legitime, interets legitimes, interes legitimo',
}

const BY_WORD = new Map<string, LawfulBasis>(
  LAWFUL_BASES.flatMap(basis => [
    [basis.replaceAll('_', ' '), basis] as const,
    ...WRITTEN[basis].split(', ').map(word => [word, basis] as const),
  ]),
)

/** The ground that a cell of a file names; null where it names none that there is. */
export const readBasis = (text: string): LawfulBasis | null => BY_WORD.get(labelKey(text)) ?? null
