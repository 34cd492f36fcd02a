/** The same facts said in a roundabout way, first half. Not expected of rules. */
import type { FactKind } from '../../../../domain/evidence/types.ts'
import type { Phrasings } from '../types.ts'

export const oblique: Partial<Record<FactKind, Phrasings>> = {
  founded: {
    en: [
      'Three generations after {year}, the first lathe still stands in the entrance hall.',
      'The plate above the gate reads {year}, and we see no reason to polish it.',
    ],
    de: ['Über dem Tor steht noch immer die Jahreszahl {year}.'],
    fr: ['Au-dessus du portail, on lit encore {year}.'],
  },
  employees: {
    en: [
      'The canteen cooks for {count}, and on Fridays everyone turns up.',
      'When the summer party was planned, {count} invitations went into the pigeonholes.',
    ],
    de: ['Die Kantine kocht für {count}, und freitags kommen alle.'],
    fr: ['La cantine prépare {count} repas, et le vendredi tout le monde est là.'],
  },
  technology: {
    en: ['Whoever has fought with {tool} on a Monday morning will get along with our planners.'],
    de: ['Wer montags schon einmal mit {tool} gerungen hat, versteht unsere Planer.'],
    fr: ['Qui s’est battu un lundi matin avec {tool} comprendra nos planificateurs.'],
  },
  customer: {
    en: [
      'You have probably held our work in your hands without knowing it: look closely the next time you pass a shelf of {customer}.',
    ],
    de: ['Wer bei {customer} ins Regal greift, hält oft unsere Arbeit in der Hand.'],
    fr: ['Dans les rayons de {customer}, vous tenez souvent notre travail entre vos mains.'],
  },
  need: {
    en: [
      'Ask the night shift about the {assets} and bring a strong coffee.',
      'Some days our {assets} seem to have a will of their own.',
    ],
    de: ['Fragen Sie die Nachtschicht lieber nicht nach dem Thema {assets}.'],
    fr: ['Ne parlez pas des {assets} à l’équipe de nuit.'],
  },
}
