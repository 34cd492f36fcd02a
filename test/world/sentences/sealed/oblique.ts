/** The same facts said in a roundabout way, second half. Not expected of rules. */
import type { FactKind } from '../../../../domain/evidence/types.ts'
import type { Phrasings } from '../types.ts'

export const oblique: Partial<Record<FactKind, Phrasings>> = {
  founded: {
    en: [
      'Somebody scratched {year} into the oldest beam, and the archive agrees.',
      'In {year} the founder signed the first order in her kitchen.',
      'The family album opens with a photograph of {year}: a cart, a dog and our first sign.',
    ],
    de: ['Im ältesten Balken steht {year} eingeritzt.'],
    fr: ['Sur la plus vieille poutre, quelqu’un a gravé {year}.'],
  },
  employees: {
    en: [
      'At Christmas we order {count} geese, one for each household.',
      'The locker room was built for a hundred; today {count} keys hang on the board.',
    ],
    de: ['Zu Weihnachten bestellen wir {count} Gänse, eine je Haushalt.'],
    fr: ['À Noël, nous commandons {count} chocolats, un par personne.'],
  },
  technology: {
    en: ['Our apprentices learn two languages here: plain speech and {tool}.'],
    de: ['Unsere Lehrlinge lernen zwei Sprachen: Klartext und {tool}.'],
    fr: ['Nos apprentis apprennent deux langues : le parler vrai et {tool}.'],
  },
  customer: {
    en: ['If the lorry with the green stripe is late, somebody at {customer} starts to worry.'],
    de: ['Kommt unser Lastwagen zu spät, wird man bei {customer} unruhig.'],
    fr: ['Quand notre camion est en retard, on s’inquiète chez {customer}.'],
  },
  need: {
    en: [
      'Our {assets} have birthdays, and we tend to forget them.',
      'There is a drawer for the {assets} that nobody likes to open.',
    ],
    de: ['Es gibt eine Schublade zum Thema {assets}, die niemand gern öffnet.'],
    fr: ['Il existe un tiroir « {assets} » que personne n’aime ouvrir.'],
  },
}
