/** Sentences of the template mail that carry no claim of their own, by language. Each is a courtesy of the evidence check. */
import type { FactKind } from '../../domain/evidence/types.ts'

export type Language = 'en' | 'de' | 'fr' | 'es'

export interface Frame {
  greeting: (firstName: string | null) => string
  thanks: string
  /** Before a verbatim quote of their page, by what kind of reason it is, or of what they wrote. */
  lead: Readonly<Record<'need' | 'event' | 'trait' | 'talk', string>>
  /** After the quote. The name is ours: a stranger says where the mail comes from. */
  bridge: (company: string) => string
  /** The same where there is nothing to quote. */
  from: (company: string) => string
  /** Before a customer's story; what follows begins with a small letter where the language has it so. */
  example: string
  asks: Readonly<Record<'call' | 'worth' | 'person' | 'when', string>>
  wayOut: string
  subject: (offering: string, company: string) => string
  signOff: string
}

export const FRAMES: Readonly<Record<Language, Frame>> = {
  en: {
    greeting: name => (name === null ? 'Hello,' : `Hello ${name},`),
    thanks: 'Thank you for your message.',
    lead: {
      need: 'On your website you write',
      event: 'I saw this on your website',
      trait: 'On your website I read',
      talk: 'You wrote',
    },
    bridge: company => `That is why I am writing to you from ${company}.`,
    from: company => `I am writing to you from ${company}.`,
    example: 'Here is an example',
    asks: {
      call: 'Would you be open to a short call next week?',
      worth: 'Would that be worth a short call?',
      person: 'Are you the right person to talk to about this, or is there someone else?',
      when: 'When would be a good time for a short call?',
    },
    wayOut: 'If this is not relevant right now, just tell me and I will not write again.',
    subject: (offering, company) => `${offering} for ${company}`,
    signOff: 'Best regards',
  },
  de: {
    greeting: name => (name === null ? 'Guten Tag,' : `Guten Tag ${name},`),
    thanks: 'Vielen Dank für Ihre Nachricht.',
    lead: {
      need: 'Auf Ihrer Website schreiben Sie',
      event: 'Auf Ihrer Website habe ich gesehen',
      trait: 'Auf Ihrer Website habe ich gelesen',
      talk: 'Sie schrieben',
    },
    bridge: company => `Deshalb schreibe ich Ihnen von ${company}.`,
    from: company => `Ich schreibe Ihnen von ${company}.`,
    example: 'Ein Beispiel',
    asks: {
      call: 'Haben Sie Zeit für ein kurzes Gespräch nächste Woche?',
      worth: 'Wäre das ein kurzes Gespräch wert?',
      person: 'Sind Sie dafür die richtige Ansprechperson, oder ist es jemand anderes?',
      when: 'Haben Sie Zeit für ein kurzes Gespräch?',
    },
    wayOut: 'Wenn das gerade kein Thema ist, sagen Sie es mir einfach, dann schreibe ich nicht wieder.',
    subject: (offering, company) => `${offering} für ${company}`,
    signOff: 'Mit freundlichen Grüßen',
  },
  fr: {
    greeting: name => (name === null ? 'Bonjour,' : `Bonjour ${name},`),
    thanks: 'Merci pour votre message.',
    lead: {
      need: 'Sur votre site, vous écrivez',
      event: 'J’ai vu ceci sur votre site',
      trait: 'Sur votre site, j’ai lu',
      talk: 'Vous avez écrit',
    },
    bridge: company => `C’est pourquoi je vous écris de ${company}.`,
    from: company => `Je vous écris de ${company}.`,
    example: 'Un exemple',
    asks: {
      call: 'Auriez-vous un moment pour un bref échange la semaine prochaine ?',
      worth: 'Cela vaudrait-il un bref échange ?',
      person: 'Êtes-vous la bonne personne pour en parler, ou est-ce quelqu’un d’autre ?',
      when: 'Auriez-vous un moment pour un bref échange ?',
    },
    wayOut: 'Si ce n’est pas d’actualité, dites-le-moi, je ne vous écrirai plus.',
    subject: (offering, company) => `${offering} pour ${company}`,
    signOff: 'Cordialement',
  },
  es: {
    greeting: name => (name === null ? 'Hola,' : `Hola ${name},`),
    thanks: 'Muchas gracias por su mensaje.',
    lead: {
      need: 'En su sitio escriben',
      event: 'En su sitio he visto',
      trait: 'En su sitio he leído',
      talk: 'He leído',
    },
    bridge: company => `Por eso le escribo desde ${company}.`,
    from: company => `Le escribo desde ${company}.`,
    example: 'Un ejemplo',
    asks: {
      call: '¿Tendría un momento para una breve llamada la próxima semana?',
      worth: '¿Merece la pena una breve llamada?',
      person: '¿Es usted la persona adecuada para hablar de esto, o es otra persona?',
      when: '¿Tendría un momento para una breve llamada?',
    },
    wayOut: 'Si no es de interés ahora, dígamelo y no le escribiré más.',
    subject: (offering, company) => `${offering} para ${company}`,
    signOff: 'Un cordial saludo',
  },
}

/** What happened to a firm, the most telling first. */
const HAPPENINGS: readonly FactKind[] = ['expansion', 'hiring', 'launch', 'acquisition', 'funding', 'award']

/**
 * What is the best reason to write, first to last: a need they state, then what changed, then what they are. Their budget is none: to be
 * told it by a stranger pleases nobody.
 */
export const REASONS: readonly FactKind[] = [
  'need',
  'timing',
  ...HAPPENINGS,
  'technology',
  'offering',
  'description',
  'industry',
]

const NEEDS: ReadonlySet<FactKind> = new Set<FactKind>(['need', 'timing'])
const EVENTS: ReadonlySet<FactKind> = new Set(HAPPENINGS)

export function kindOfReason(kind: FactKind): 'need' | 'event' | 'trait' {
  return NEEDS.has(kind) ? 'need' : EVENTS.has(kind) ? 'event' : 'trait'
}
