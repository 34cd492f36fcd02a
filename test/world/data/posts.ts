/** Headlines and framing lines of news posts, by what the post is about. The lines state nothing of their own. */
import type { SiteLang } from '../types.ts'

export const POST_KINDS = [
  'launch',
  'funding',
  'expansion',
  'acquisition',
  'award',
  'closure',
  'news',
  'project',
  'archive',
] as const
export type PostKind = (typeof POST_KINDS)[number]

export interface PostWords {
  headlines: string[]
  before: string[]
  after: string[]
}

export const POSTS: Record<SiteLang, Record<PostKind, PostWords>> = {
  en: {
    launch: {
      headlines: ['Something new on the shelf', 'Out of the workshop at last', 'Here it is'],
      before: ['It took more evenings than we care to count.', 'You asked, and we went back to the drawing board.'],
      after: ['Samples are on the way to those who asked for them.', 'Tell us what you think of it.'],
    },
    funding: {
      headlines: ['Fresh means for the years ahead', 'Backing for our plans'],
      before: ['Good plans deserve patient money.', 'We have thought long about how we want to grow.'],
      after: ['It will go into machines and training, not into a glass front.', 'Nothing changes for our customers.'],
    },
    expansion: {
      headlines: ['Room to grow', 'New doors open', 'A further address'],
      before: ['The old yard had become rather tight.', 'We like to be close to those we work for.'],
      after: ['The coffee machine moved in first.', 'Drop by if you are in the area.'],
    },
    acquisition: {
      headlines: ['Two teams, one yard', 'We grow together'],
      before: ['Some things simply fit.', 'We have known and respected each other for a long time.'],
      after: ['All contracts stay as they are.', 'Welcome to all who join us.'],
    },
    award: {
      headlines: ['A certificate for the wall', 'Checked and found good'],
      before: [
        'Auditors ask many questions, and that is a good thing.',
        'Paper does not make quality, but it helps to show it.',
      ],
      after: ['Thanks to everyone who tidied up.', 'The next audit will come soon enough.'],
    },
    closure: {
      headlines: ['A farewell', 'A step we did not take lightly'],
      before: ['This was not an easy decision.', 'Not everything can go on for ever.'],
      after: ['We thank all who worked there.', 'Customers are looked after as before.'],
    },
    news: {
      headlines: ['Notes from the works', 'Around the yard', 'A small report'],
      before: ['Not everything here is work.', 'A short report for those who could not be there.'],
      after: ['Thank you to everyone who lent a hand.', 'Pictures hang in the canteen.'],
    },
    project: {
      headlines: ['Putting our maintenance in order', 'Better care for our machines', 'What we are working on'],
      before: [
        'Machines do not ask for much, but they want to be looked after on time.',
        'We are tidying up behind the scenes.',
      ],
      after: ['We will report on how it goes.', 'Suggestions from the shop floor are welcome.'],
    },
    archive: {
      headlines: ['From our archive', 'Looking back', 'A word to our friends'],
      before: ['Another good season lies behind us.', 'A few lines for those who know us.'],
      after: ['See you soon.', 'We look forward to what comes next.'],
    },
  },
  de: {
    launch: {
      headlines: ['Neu im Regal', 'Endlich fertig'],
      before: ['Es hat mehr Abende gekostet, als wir zählen mögen.'],
      after: ['Muster schicken wir gern zu.'],
    },
    funding: {
      headlines: ['Neue Mittel für die kommenden Jahre'],
      before: ['Gute Pläne brauchen geduldiges Geld.'],
      after: ['Für unsere Kunden ändert sich nichts.'],
    },
    expansion: {
      headlines: ['Platz zum Wachsen', 'Neue Türen öffnen sich'],
      before: ['Der alte Hof war eng geworden.'],
      after: ['Schauen Sie gern vorbei.'],
    },
    acquisition: {
      headlines: ['Zwei Teams, ein Hof'],
      before: ['Manches passt einfach zusammen.'],
      after: ['Alle Verträge bleiben, wie sie sind.'],
    },
    award: {
      headlines: ['Eine Urkunde für die Wand', 'Geprüft und für gut befunden'],
      before: ['Prüfer stellen viele Fragen, und das ist gut so.'],
      after: ['Danke an alle, die aufgeräumt haben.'],
    },
    closure: {
      headlines: ['Ein Abschied'],
      before: ['Leicht ist uns das nicht gefallen.'],
      after: ['Wir danken allen, die dort gearbeitet haben.'],
    },
    news: {
      headlines: ['Notizen aus dem Betrieb', 'Rund um den Hof'],
      before: ['Nicht alles hier ist Arbeit.'],
      after: ['Danke an alle, die mit angepackt haben.'],
    },
    project: {
      headlines: ['Wir bringen unsere Instandhaltung auf Vordermann', 'Woran wir arbeiten'],
      before: ['Maschinen verlangen nicht viel, aber sie wollen rechtzeitig gepflegt werden.'],
      after: ['Wir werden berichten.'],
    },
    archive: {
      headlines: ['Aus dem Archiv', 'Rückblick'],
      before: ['Wieder liegt eine gute Saison hinter uns.'],
      after: ['Bis bald.'],
    },
  },
  fr: {
    launch: {
      headlines: ['Du nouveau en rayon', 'Le voilà enfin'],
      before: ['Il nous a pris plus de soirées que nous ne voulons le dire.'],
      after: ['Des échantillons sont disponibles sur simple demande.'],
    },
    funding: {
      headlines: ['Des moyens pour les années à venir'],
      before: ['Les bons projets demandent un argent patient.'],
      after: ['Rien ne change pour nos clients.'],
    },
    expansion: {
      headlines: ['De la place pour grandir', 'De nouvelles portes s’ouvrent'],
      before: ['L’ancienne cour était devenue étroite.'],
      after: ['Passez donc nous voir.'],
    },
    acquisition: {
      headlines: ['Deux équipes, une seule maison'],
      before: ['Certaines choses vont simplement ensemble.'],
      after: ['Tous les contrats restent en vigueur.'],
    },
    award: {
      headlines: ['Un certificat au mur'],
      before: ['Les auditeurs posent beaucoup de questions, et c’est tant mieux.'],
      after: ['Merci à tous ceux qui ont rangé.'],
    },
    closure: {
      headlines: ['Un au revoir'],
      before: ['Cette décision n’a pas été facile.'],
      after: ['Nous remercions tous ceux qui y ont travaillé.'],
    },
    news: {
      headlines: ['Des nouvelles de l’atelier', 'Autour de la cour'],
      before: ['Tout n’est pas travail ici.'],
      after: ['Merci à tous ceux qui ont donné un coup de main.'],
    },
    project: {
      headlines: ['Nous remettons de l’ordre dans notre maintenance'],
      before: ['Les machines ne demandent pas grand-chose, mais elles veulent être entretenues à temps.'],
      after: ['Nous vous tiendrons au courant.'],
    },
    archive: {
      headlines: ['Dans nos archives', 'Retour en arrière'],
      before: ['Une belle saison s’achève.'],
      after: ['À bientôt.'],
    },
  },
}
