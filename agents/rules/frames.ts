/** Sentences of the template mail that carry no claim of their own, by language. Each is a courtesy of the evidence check. */
import type { FactKind } from '../../domain/evidence/types.ts'

export type Language = 'en' | 'de' | 'fr' | 'es'

export interface Frame {
  greeting: (firstName: string | null) => string
  /** Before a verbatim quote of their page, or of what they wrote. */
  fromSite: string
  fromTalk: string
  ask: string
  signOff: string
}

export const FRAMES: Readonly<Record<Language, Frame>> = {
  en: {
    greeting: name => (name === null ? 'Hello,' : `Hello ${name},`),
    fromSite: 'On your website I read',
    fromTalk: 'You wrote',
    ask: 'Would you be open to a short call next week?',
    signOff: 'Best regards',
  },
  de: {
    greeting: name => (name === null ? 'Guten Tag,' : `Guten Tag ${name},`),
    fromSite: 'Auf Ihrer Website habe ich gelesen',
    fromTalk: 'Sie schrieben',
    ask: 'Haben Sie Zeit für ein kurzes Gespräch nächste Woche?',
    signOff: 'Mit freundlichen Grüßen',
  },
  fr: {
    greeting: name => (name === null ? 'Bonjour,' : `Bonjour ${name},`),
    fromSite: 'Sur votre site, j’ai lu',
    fromTalk: 'Vous avez écrit',
    ask: 'Auriez-vous un moment pour un bref échange la semaine prochaine ?',
    signOff: 'Cordialement',
  },
  es: {
    greeting: name => (name === null ? 'Hola,' : `Hola ${name},`),
    fromSite: 'En su sitio he leído',
    fromTalk: 'He leído',
    // The list of courtesies knows no question that opens with "¿".
    ask: 'Quedo a su disposición para cualquier pregunta.',
    signOff: 'Un cordial saludo',
  },
}

/** What is the best reason to write, first to last: a need they state, then what changed, then what they are. */
export const REASONS: readonly FactKind[] = [
  'need',
  'timing',
  'budget',
  'hiring',
  'expansion',
  'funding',
  'launch',
  'acquisition',
  'technology',
  'award',
  'offering',
  'description',
  'industry',
  'employees',
]
