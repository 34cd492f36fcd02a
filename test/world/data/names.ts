/** Parts that names of people and companies are put together from. All persons and companies are invented. */

export type Culture = 'en' | 'de' | 'fr' | 'nl' | 'es'

export const FIRST_NAMES: Record<Culture, string[]> = {
  en: 'Alice Benjamin Carys Daniel Eleanor Fergus Grace Harriet Imogen James Kieran Laura Maeve Nathan Olivia Priya Rachel Samuel Tessa Owen Aisha Marcus Bethany Desmond'.split(
    ' ',
  ),
  de: 'Anke Bernd Claudia Dirk Elke Florian Gesine Holger Ines Jörg Katrin Lars Miriam Nils Petra Ralf Silke Thorsten Ulrike Volker Yasemin Mehmet'.split(
    ' ',
  ),
  fr: 'Amélie Bruno Camille Damien Élodie Fabrice Gaëlle Hugo Inès Julien Karima Laurent Maud Nadia Olivier Pascale Quentin Sylvie Thierry Valérie'.split(
    ' ',
  ),
  nl: 'Anouk Bram Corine Daan Esther Floor Gijs Hanneke Joost Lieke Maarten Nienke Pieter Roos Sander Tjalling Wietske'.split(
    ' ',
  ),
  es: 'Alba Bruno Carmen Diego Elena Fermín Gloria Hugo Irene Javier Lucía Marcos Nuria Óscar Pilar Rubén Sonia Tomás'.split(
    ' ',
  ),
}

export const LAST_NAMES: Record<Culture, string[]> = {
  en: 'Ashdown Birchall Cotterill Dunmore Eastaway Fairhurst Garside Hollis Inskip Jessop Kirkbride Lanyon Mossley Nuttall Ormond Pargeter Quayle Redfern Sowerby Thackray Underhill Venables Wexford Yarrow Okoro Banerjee Delgado Novak'.split(
    ' ',
  ),
  de: 'Achterberg Brinkmann Clausnitzer Dornseif Ehlers Fassbender Grothe Hinrichs Iffland Jansen Kesselring Lüdtke Mertens Niebuhr Oppermann Pfannkuch Quast Rademacher Stockhausen Tiedemann Uhlig Vossberg Wiegand Zumbusch Yıldız'.split(
    ' ',
  ),
  fr: 'Aubertin Beaufils Charpentier Delorme Estève Fournel Guillemot Hamelin Jourdain Kermadec Lachance Marchetti Noirot Olivet Perrault Quemener Rousselet Sauvageot Thibault Vasseur'.split(
    ' ',
  ),
  nl: 'Aalders Boersma Coppens Dijkgraaf Elzinga Feenstra Groeneveld Hoekstra Jonker Kuipers Lindeman Mulder Noordhoek Oosterhuis Postma Ruiter Schipper Terpstra Veenstra'.split(
    ' ',
  ),
  es: 'Arrieta Bellido Cañizares Doménech Echevarría Ferrándiz Garmendia Herranz Iriarte Larrañaga Mondragón Olmedo Palacios Quintanilla Rebolledo Salvatierra Urrutia Villalba'.split(
    ' ',
  ),
}

/** A stem is one of the first with one of the second: `Pell` + `worth`. */
export const STEM_PARTS: Record<Culture, [string[], string[]]> = {
  en: [
    'Pell Hart Ald Bram Cald Dun Eld Farr Gar Hol Kel Lang Mar Nor Pen Rad Stan Thorn Wex Win Ash Brack Crom Dray Fen Hazel Lind Mor Quar Row Sel Tarn'.split(
      ' ',
    ),
    'worth well mere wick stead field bridge holt combe ridge ford ley gate bourne more by'.split(' '),
  ],
  de: [
    'Brand Eich Falk Grün Hasel Kies Lind Mühl Neu Ost Reh Sand Stein Tann Wald Weid Birk Dorn Erl Fels Heid Kalk Moor Rauh'.split(
      ' ',
    ),
    'auer hofer inger brunner eck feld heimer kamp mann ner rath städt stetter weiler acker'.split(' '),
  ],
  fr: [
    'Mont Val Beau Clair Cast Roch Haut Font Pier Cham Bel Mar Grand Aub Lav Ser Tour Vign'.split(' '),
    'elane court ville mont igny ac ault eron essac ières ange ollier audin et'.split(' '),
  ],
  nl: [
    'Beek Duin Hoog Laar Meer Oost Polder Riet Veld Waal West Zand Brug Eik Haag Kamp Linde'.split(' '),
    'huizen stra veen dijk horst zicht laan oord ma kade water beemd'.split(' '),
  ],
  es: [
    'Alta Brazo Casa Dorna Encin Fresn Gall Huert Larr Mont Olm Pin Robl Sierr Torr Val'.split(' '),
    'rena linde mira oval esca edo azar iella arte undia ilva otera'.split(' '),
  ],
}

/** Second words of companies that are only mentioned: customers, partners, investors, parent groups, firms bought. */
const MENTIONED_EN = {
  customer: 'Foods Brewing Retail Pharma Cosmetics Dairies Hospitals Motors Bakeries Outdoor Beverages Household'.split(
    ' ',
  ),
  partner: 'Automation Systems Consulting Robotics Engineering Software Controls Logistics'.split(' '),
  investor: 'Capital Partners Ventures Equity'.split(' '),
  group: 'Holding Group Industries'.split(' '),
  target: 'Tooling Coatings Services Supply Components'.split(' '),
}

export type Mention = keyof typeof MENTIONED_EN

export const MENTIONED: Record<Culture, Record<Mention, string[]>> = {
  en: MENTIONED_EN,
  nl: MENTIONED_EN,
  es: MENTIONED_EN,
  de: {
    customer: 'Molkerei Handel Kosmetik Backwaren Klinikgruppe Fahrzeugbau Getränke Drogerien Feinkost'.split(' '),
    partner: 'Automation Systemtechnik Beratung Robotik Steuerungen Software'.split(' '),
    investor: 'Kapital Beteiligungen Ventures'.split(' '),
    group: 'Holding Gruppe Industrie'.split(' '),
    target: 'Werkzeugbau Beschichtungen Komponenten Service'.split(' '),
  },
  fr: {
    customer: 'Laiterie Distribution Cosmétiques Boulangeries Cliniques Pharma Boissons Maison'.split(' '),
    partner: 'Automatismes Systèmes Conseil Robotique Ingénierie Logiciels'.split(' '),
    investor: 'Capital Participations Investissement'.split(' '),
    group: 'Holding Groupe Industries'.split(' '),
    target: 'Outillage Revêtements Services Composants'.split(' '),
  },
}

/** First names of women among those above: titles follow them in German, French and Spanish. */
const WOMEN = new Set(
  `Alice Carys Eleanor Grace Harriet Imogen Laura Maeve Olivia Priya Rachel Tessa Aisha Bethany Anke Claudia Elke Gesine
Ines Katrin Miriam Petra Silke Ulrike Yasemin Amélie Camille Élodie Gaëlle Inès Karima Maud Nadia Pascale Sylvie Valérie
Anouk Corine Esther Floor Hanneke Lieke Nienke Roos Wietske Alba Carmen Elena Gloria Irene Lucía Nuria Pilar Sonia`.split(
    /\s+/,
  ),
)

export function isWoman(firstName: string): boolean {
  return WOMEN.has(firstName)
}

/** Titles are written `for a man|for a woman` where the two differ. */
export function titleFor(title: string, name: string): string {
  const [man = title, woman = man] = title.split('|')
  return isWoman(name.split(' ')[0] ?? '') ? woman : man
}

export const FREE_MAIL = ['gmail.com', 'outlook.com', 'gmx.de', 'orange.fr', 'icloud.com']

/** Titles by language; the first group decides on plant systems, the second works with them. */
export const TITLES: Record<'en' | 'de' | 'fr' | 'es', { chief: string[]; decider: string[]; user: string[] }> = {
  en: {
    chief: ['Chief Executive Officer', 'Managing Director', 'President'],
    decider: [
      'Chief Operating Officer',
      'Operations Director',
      'Head of Maintenance',
      'Technical Director',
      'Plant Director',
    ],
    user: [
      'Maintenance Manager',
      'Production Planner',
      'Site Engineer',
      'Purchasing Manager',
      'Workshop Supervisor',
      'Reliability Engineer',
    ],
  },
  de: {
    chief: ['Geschäftsführer|Geschäftsführerin', 'Vorsitzender der Geschäftsführung|Vorsitzende der Geschäftsführung'],
    decider: [
      'Technischer Leiter|Technische Leiterin',
      'Werkleiter|Werkleiterin',
      'Leiter Instandhaltung|Leiterin Instandhaltung',
      'Leiter Produktion|Leiterin Produktion',
    ],
    user: [
      'Instandhaltungsplaner|Instandhaltungsplanerin',
      'Werkstattmeister|Werkstattmeisterin',
      'Einkäufer|Einkäuferin',
      'Fertigungsplaner|Fertigungsplanerin',
    ],
  },
  fr: {
    chief: ['Président|Présidente', 'Directeur général|Directrice générale', 'Gérant|Gérante'],
    decider: [
      'Directeur technique|Directrice technique',
      'Directeur des opérations|Directrice des opérations',
      'Responsable maintenance',
      'Directeur industriel|Directrice industrielle',
    ],
    user: [
      'Technicien méthodes|Technicienne méthodes',
      'Responsable atelier',
      'Acheteur|Acheteuse',
      'Planificateur|Planificatrice',
    ],
  },
  es: {
    chief: ['Director general|Directora general'],
    decider: [
      'Director de operaciones|Directora de operaciones',
      'Jefe de mantenimiento|Jefa de mantenimiento',
      'Director técnico|Directora técnica',
    ],
    user: ['Planificador de producción|Planificadora de producción', 'Responsable de taller', 'Comprador|Compradora'],
  },
}
