/** What stands around the content of a site: navigation, headings, notices, buttons. No facts. */
import type { SiteLang } from '../types.ts'

export type PageKey =
  | 'home'
  | 'about'
  | 'team'
  | 'products'
  | 'customers'
  | 'pricing'
  | 'news'
  | 'careers'
  | 'contact'
  | 'privacy'

export interface UiWords {
  nav: Record<PageKey, [label: string, path: string]>
  headings: Record<PageKey, string[]>
  cookie: { text: string; accept: string; decline: string }
  footer: { rights: string; follow: string }
  more: string
  allNews: string
  aboutOf: (name: string) => string
  quoteBy: (role: string, company: string) => string
  roles: string[]
  figures: string[]
  form: { fields: string[]; button: string }
  legal: string
  priceHead: [string, string]
  priceRows: [string, string][]
  priceNote: string
  intro: Record<'team' | 'products' | 'customers' | 'careers' | 'contact' | 'news', string[]>
  slogans: string[]
  /** Heading and points of the home page: what anyone would say of themselves. */
  reasons: [heading: string, points: string[]]
  latest: string
}

export const UI: Record<SiteLang, UiWords> = {
  en: {
    nav: {
      home: ['Home', '/'],
      about: ['About us', '/about'],
      team: ['Team', '/team'],
      products: ['Products', '/products'],
      customers: ['Customers', '/customers'],
      pricing: ['Pricing', '/pricing'],
      news: ['News', '/news'],
      careers: ['Careers', '/careers'],
      contact: ['Contact', '/contact'],
      privacy: ['Privacy', '/privacy'],
    },
    headings: {
      home: ['Welcome', 'Good work, on time', 'Made with care'],
      about: ['About us', 'Who we are', 'Our story'],
      team: ['Our team', 'The people behind it', 'Management'],
      products: ['Products and services', 'What we offer'],
      customers: ['Our customers', 'Who works with us'],
      pricing: ['Prices', 'What it costs'],
      news: ['News', 'What is new', 'From the works'],
      careers: ['Careers', 'Work with us', 'Jobs'],
      contact: ['Contact', 'Get in touch'],
      privacy: ['Privacy notice'],
    },
    cookie: {
      text: 'We use cookies to keep this site working and to count visits. You can change your mind at any time.',
      accept: 'Accept all',
      decline: 'Only what is needed',
    },
    footer: { rights: 'All rights reserved.', follow: 'Follow our work' },
    more: 'Read more',
    allNews: 'All news',
    aboutOf: name => `About ${name}`,
    quoteBy: (role, company) => `${role} at ${company}`,
    roles: ['Supply chain manager', 'Head of purchasing', 'Quality lead', 'Managing partner'],
    figures: [
      'Early shift at the works',
      'View across the yard',
      'A quiet moment before the first delivery',
      'In the workshop',
    ],
    form: { fields: ['Name', 'E-mail', 'Message'], button: 'Send' },
    legal:
      'This notice explains what happens to data that you leave on this site. We keep server logs for seven days and pass nothing on.',
    priceHead: ['Package', 'Price'],
    priceRows: [
      ['Trial order', 'on request'],
      ['Standing order', 'by quantity'],
      ['Express handling', '15 % on top'],
    ],
    priceNote: 'Every order is different, so please ask for a quotation.',
    intro: {
      team: ['Doors stay open here, and first names are fine.', 'These are the people you will meet.'],
      products: ['A look at what leaves our gates.', 'If you do not find what you need, ask: we make to order.'],
      customers: ['We let others speak for us.', 'Long relations are our best reference.'],
      careers: [
        'We offer proper contracts, a warm canteen and colleagues who help.',
        'Apply with two lines; we call everyone back.',
      ],
      contact: ['We read everything and answer on working days.', 'Call, write or simply come by.'],
      news: ['Short reports from our day-to-day work.'],
    },
    slogans: ['Steady hands, honest work', 'Made properly', 'Built to be used', 'Ready when you are'],
    reasons: [
      'Why people stay with us',
      [
        'A person answers the phone, and it is the same one tomorrow.',
        'We say so when something will be late, before you have to ask.',
        'Mistakes are put right first and discussed afterwards.',
        'Our doors are open: come and see how things are made.',
      ],
    ],
    latest: 'Latest news',
  },
  de: {
    nav: {
      home: ['Start', '/'],
      about: ['Über uns', '/ueber-uns'],
      team: ['Team', '/team'],
      products: ['Produkte', '/produkte'],
      customers: ['Referenzen', '/referenzen'],
      pricing: ['Preise', '/preise'],
      news: ['Aktuelles', '/aktuelles'],
      careers: ['Karriere', '/karriere'],
      contact: ['Kontakt', '/kontakt'],
      privacy: ['Datenschutz', '/datenschutz'],
    },
    headings: {
      home: ['Willkommen', 'Gute Arbeit, pünktlich', 'Mit Sorgfalt gemacht'],
      about: ['Über uns', 'Wer wir sind'],
      team: ['Unser Team', 'Die Menschen dahinter'],
      products: ['Produkte und Leistungen', 'Was wir anbieten'],
      customers: ['Unsere Kunden', 'Referenzen'],
      pricing: ['Preise'],
      news: ['Aktuelles', 'Neues aus dem Betrieb'],
      careers: ['Karriere', 'Arbeiten bei uns'],
      contact: ['Kontakt', 'So erreichen Sie uns'],
      privacy: ['Datenschutzhinweise'],
    },
    cookie: {
      text: 'Wir verwenden Cookies, damit diese Seite funktioniert und wir Besuche zählen können.',
      accept: 'Alle annehmen',
      decline: 'Nur notwendige',
    },
    footer: { rights: 'Alle Rechte vorbehalten.', follow: 'Folgen Sie uns' },
    more: 'Weiterlesen',
    allNews: 'Alle Meldungen',
    aboutOf: name => `Über ${name}`,
    quoteBy: (role, company) => `${role}, ${company}`,
    roles: ['Leiterin Einkauf', 'Leiter Logistik', 'Qualitätsbeauftragter'],
    figures: ['Frühschicht im Werk', 'Blick über den Hof', 'In der Werkstatt'],
    form: { fields: ['Name', 'E-Mail', 'Nachricht'], button: 'Absenden' },
    legal:
      'Diese Hinweise erklären, was mit Daten geschieht, die Sie auf dieser Seite hinterlassen. Protokolle löschen wir nach sieben Tagen.',
    priceHead: ['Paket', 'Preis'],
    priceRows: [
      ['Probeauftrag', 'auf Anfrage'],
      ['Dauerauftrag', 'nach Menge'],
      ['Eilauftrag', '15 % Zuschlag'],
    ],
    priceNote: 'Kein Auftrag gleicht dem anderen, fragen Sie uns bitte nach einem Angebot.',
    intro: {
      team: ['Unsere Türen stehen offen.'],
      products: ['Ein Blick auf das, was unser Tor verlässt.'],
      customers: ['Wir lassen andere für uns sprechen.'],
      careers: ['Bei uns gibt es ordentliche Verträge, eine warme Kantine und hilfsbereite Kollegen.'],
      contact: ['Wir lesen alles und antworten an Werktagen.'],
      news: ['Kurze Berichte aus unserem Alltag.'],
    },
    slogans: ['Ruhige Hand, ehrliche Arbeit', 'Ordentlich gemacht', 'Für den Alltag gebaut'],
    reasons: [
      'Warum man bei uns bleibt',
      [
        'Ans Telefon geht ein Mensch, und morgen ist es derselbe.',
        'Wird etwas später fertig, sagen wir es, bevor Sie fragen.',
        'Fehler beheben wir zuerst und besprechen sie danach.',
      ],
    ],
    latest: 'Neueste Meldungen',
  },
  fr: {
    nav: {
      home: ['Accueil', '/'],
      about: ['À propos', '/a-propos'],
      team: ['Équipe', '/equipe'],
      products: ['Produits', '/produits'],
      customers: ['Clients', '/clients'],
      pricing: ['Tarifs', '/tarifs'],
      news: ['Actualités', '/actualites'],
      careers: ['Carrières', '/carrieres'],
      contact: ['Contact', '/contact'],
      privacy: ['Confidentialité', '/confidentialite'],
    },
    headings: {
      home: ['Bienvenue', 'Le travail bien fait, à l’heure'],
      about: ['À propos de nous', 'Qui sommes-nous ?'],
      team: ['Notre équipe', 'Les visages de la maison'],
      products: ['Produits et services', 'Notre offre'],
      customers: ['Nos clients', 'Ils nous font confiance'],
      pricing: ['Tarifs'],
      news: ['Actualités', 'La vie de l’atelier'],
      careers: ['Carrières', 'Travailler avec nous'],
      contact: ['Contact', 'Nous joindre'],
      privacy: ['Politique de confidentialité'],
    },
    cookie: {
      text: 'Nous utilisons des cookies pour le bon fonctionnement du site et la mesure d’audience.',
      accept: 'Tout accepter',
      decline: 'Seulement le nécessaire',
    },
    footer: { rights: 'Tous droits réservés.', follow: 'Suivez-nous' },
    more: 'Lire la suite',
    allNews: 'Toutes les actualités',
    aboutOf: name => `À propos de ${name}`,
    quoteBy: (role, company) => `${role}, ${company}`,
    roles: ['Responsable des achats', 'Directrice logistique', 'Responsable qualité'],
    figures: ['L’équipe du matin', 'Vue sur la cour', 'À l’atelier'],
    form: { fields: ['Nom', 'E-mail', 'Message'], button: 'Envoyer' },
    legal:
      'Cette page explique ce que deviennent les données que vous laissez sur ce site. Les journaux sont effacés au bout de sept jours.',
    priceHead: ['Formule', 'Prix'],
    priceRows: [
      ['Commande d’essai', 'sur demande'],
      ['Commande régulière', 'selon la quantité'],
      ['Traitement express', 'supplément de 15 %'],
    ],
    priceNote: 'Chaque commande est différente : demandez-nous un devis.',
    intro: {
      team: ['Chez nous, les portes restent ouvertes.'],
      products: ['Un aperçu de ce qui sort de nos ateliers.'],
      customers: ['Nous laissons parler les autres.'],
      careers: ['Nous offrons de vrais contrats, une cantine chaleureuse et des collègues solidaires.'],
      contact: ['Nous lisons tout et répondons les jours ouvrés.'],
      news: ['De courtes nouvelles de notre quotidien.'],
    },
    slogans: ['La main sûre, le travail honnête', 'Bien fait, simplement', 'Conçu pour servir'],
    reasons: [
      'Pourquoi on nous reste fidèle',
      [
        'Une personne répond au téléphone, et demain ce sera la même.',
        'Si nous prenons du retard, nous le disons avant que vous ne demandiez.',
        'Nous réparons d’abord nos erreurs et en parlons ensuite.',
      ],
    ],
    latest: 'Dernières nouvelles',
  },
}
