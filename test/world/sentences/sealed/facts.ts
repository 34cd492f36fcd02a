/** Plain statements about a company as its own site makes them, second half. */
import type { FactKind } from '../../../../domain/evidence/types.ts'
import type { Phrasings } from '../types.ts'

export const facts: Record<FactKind, Phrasings> = {
  description: {
    en: [
      'Customers come to {company} for {provides}.',
      'We are the people to call for {provides}.',
      'From order to delivery, {company} takes care of {provides}.',
      'Our daily bread: {provides}.',
      '{company} stands for {provides}.',
      'You get {provides} from us, and nothing you do not need.',
      'We make our living with {provides}.',
    ],
    de: [
      'Von uns bekommen Sie {provides}.',
      '{company} steht für {provides}.',
      'Wir sind spezialisiert auf {provides}.',
    ],
    fr: ['Chez {company}, vous trouverez {provides}.', 'Nous livrons {provides}.', 'Notre savoir-faire : {provides}.'],
  },
  industry: {
    en: [
      'We have been at home in {industry} ever since.',
      '{company} belongs to the mid-sized firms in {industry}.',
      'Sector: {industry}',
      'Our field is {industry}.',
      'In {industry}, {company} is a name that people know.',
      'Our roots lie in {industry}, and so does our work today.',
    ],
    de: ['Unsere Branche ist {industry}.', 'Tätigkeitsfeld: {industry}'],
    fr: ['Notre secteur : {industry}', '{company} est active dans le secteur {industry}.'],
  },
  founded: {
    en: [
      'Year of foundation: {year}',
      'When {company} opened its doors in {year}, there were three benches and a stove.',
      '{company} goes back to {year}.',
      'In {year} the founder signed the first order in her kitchen.',
      'Est. {year}',
      'The firm was set up in {year} by a toolmaker and a clerk.',
      '{company} came into being in {year}.',
    ],
    de: [
      'Gründungsjahr: {year}',
      'Im Jahr {year} nahm {company} die Arbeit auf.',
      'Unser Betrieb besteht seit {year}.',
    ],
    fr: ['Année de création : {year}', '{company} existe depuis {year}.', 'C’est en {year} que tout a commencé.'],
  },
  employees: {
    en: [
      'Some firms are bigger, but our {count} people know each other by name.',
      'There are {count} of us, from apprentices to old hands.',
      'A staff of {count} keeps the works going day and night.',
      'Staff: {count}',
      '{count} men and women earn their living at {company}.',
      'Our headcount stands at {count}.',
      'As an employer of {count}, {company} matters to the town.',
    ],
    de: [
      'Mitarbeiterzahl: {count}',
      'Unser Team zählt {count} Köpfe.',
      '{count} Menschen verdienen bei {company} ihr Brot.',
    ],
    fr: [
      'Effectif : {count}',
      'Nous sommes {count} à faire tourner la maison.',
      '{company} fait travailler {count} personnes.',
    ],
  },
  headquarters: {
    en: [
      'The head office of {company} stands in {city}.',
      'You find our main building in {city}, {country}.',
      'Registered office: {city}',
      '{city} is home to our headquarters.',
      'We steer everything from {city}.',
      'Our main seat has always been {city}.',
    ],
    de: ['Hauptsitz: {city}', 'Die Zentrale von {company} steht in {city}.', 'Unsere Verwaltung sitzt in {city}.'],
    fr: ['Siège : {city}', 'La maison mère de {company} est à {city}.', 'Nos bureaux principaux sont à {city}.'],
  },
  office: {
    en: [
      'A smaller team works in {place}.',
      'Our depot in {place} keeps stock for next-day delivery.',
      'We are also present in {place}.',
      'Further location: {place}',
      'From our workshop in {place} we look after the south.',
      '{place} is the home of our service team.',
      'There is a sales office in {place} as well.',
    ],
    de: ['Weiterer Standort: {place}', 'Auch in {place} sind wir mit einem Team vertreten.'],
    fr: ['Autre site : {place}', 'Une équipe plus petite travaille à {place}.'],
  },
  offering: {
    en: [
      'Ask for {product}, our {what}.',
      '{product}: the {what} that most of our customers start with.',
      'Have you tried {product}, our {what}?',
      'For everyday use there is {product}, a {what}.',
      'Among our services and goods you find {product}, a {what}.',
      'Order {product} and you get a {what} that lasts.',
      'Our {what} goes by the name of {product}.',
    ],
    de: [
      'Fragen Sie nach {product} ({what}).',
      '{product} heißt bei uns: {what}.',
      'Für jeden Tag: {product}, {what}.',
    ],
    fr: [
      'Demandez {product}, {what}.',
      '{product} : {what} pour tous les jours.',
      'Sous le nom {product}, nous vendons {what}.',
    ],
  },
  customer: {
    en: [
      '{customer} has been buying from us since the early days.',
      'When {customer} needs supplies, our phone rings.',
      'Selected client: {customer}',
      'We are proud to serve {customer}.',
      '{customer} places its orders with us.',
      'One of the names on our delivery notes is {customer}.',
    ],
    de: [
      '{customer} bestellt seit Jahren bei uns.',
      'Kunde: {customer}',
      'Auch {customer} lässt sich von uns beliefern.',
    ],
    fr: ['{customer} commande chez nous depuis des années.', 'Client : {customer}', '{customer} nous fait confiance.'],
  },
  partner: {
    en: [
      '{partner} and we have been working as partners for years.',
      'Installation is done by our partner {partner}.',
      'Partner: {partner}',
      'In this field we rely on our partner {partner}.',
      'We have signed a partnership agreement with {partner}.',
      '{partner} supports us as a partner in service matters.',
    ],
    de: ['Partner: {partner}', 'Die Montage übernimmt unser Partner {partner}.'],
    fr: ['Partenaire : {partner}', 'L’installation est assurée par notre partenaire {partner}.'],
  },
  technology: {
    en: [
      'Our shop floor reports straight into {tool}.',
      'Since last year all our stock is kept in {tool}.',
      'You should know your way around {tool}, the system we work with.',
      '{tool} is our system for orders and stock.',
      'We keep our books and orders in {tool}.',
      'System in use: {tool}',
    ],
    de: [
      'Unser Lager führen wir in {tool}.',
      'Eingesetztes System: {tool}',
      'Kenntnisse in {tool} helfen, denn damit arbeiten wir täglich.',
    ],
    fr: [
      'Notre stock est tenu dans {tool}.',
      'Système utilisé : {tool}',
      'La connaissance de {tool}, notre outil quotidien, est un plus.',
    ],
  },
  leader: {
    en: [
      '{title} {name} likes to show visitors around.',
      '{name} serves as {title}.',
      'In charge: {name}, {title}',
      'Questions of principle go to {name}, our {title}.',
      'The post of {title} is held by {name}.',
      '{name} ({title}) has the door with the squeaking hinge.',
      'You will meet {name}, {title} and keen cyclist.',
    ],
    de: [
      '{name} ({title})',
      'Als {title} hat {name} für Fragen immer eine offene Tür.',
      'Geführt wird der Bereich von {name}, {title}.',
    ],
    fr: ['{name} ({title})', 'À vos côtés : {name}, {title}.', 'Le poste de {title} est occupé par {name}.'],
  },
  revenue: {
    en: [
      'Turnover {year}: {amount}',
      'Our books for {year} show sales of {amount}.',
      'We took {amount} in {year}.',
      'In the {year} business year {company} earned revenues of {amount}.',
      '{amount} in sales made {year} a solid year for us.',
      'At the end of {year}, revenue stood at {amount}.',
    ],
    de: ['Umsatz {year}: {amount}', '{year} setzten wir {amount} um.'],
    fr: ['Chiffre d’affaires {year} : {amount}', 'L’exercice {year} s’est clos sur un chiffre d’affaires de {amount}.'],
  },
  funding: {
    en: [
      'With {amount} from {investor}, {company} can build what it has planned.',
      '{investor} has put {amount} into {company}.',
      'Funding: {amount}, {month}',
      'In {month}, {investor} came on board with {amount}.',
      'Our owners and {investor} agreed in {month} on an investment of {amount}.',
      'We received a capital injection of {amount} in {month}.',
    ],
    de: [
      '{investor} beteiligt sich mit {amount} an {company}.',
      'Im {month} flossen uns {amount} an neuem Kapital zu.',
    ],
    fr: ['{investor} entre au capital avec {amount}.', 'Levée de fonds : {amount} en {month}'],
  },
  hiring: {
    en: [
      'Wanted for {place}: {role}',
      'Could you see yourself among us? We need {role} in {place}.',
      'Right now we have room for {role} in {place}.',
      'Our crew in {place} is growing, and {role} would be most welcome.',
      'Vacancy in {place}: {role}',
      'In {place} a bench is waiting for {role}.',
    ],
    de: [
      'Gesucht in {place}: {role}',
      'Unser Team in {place} wächst, und wir stellen {role} ein.',
      'Ab sofort einzustellen in {place}: {role}',
    ],
    fr: ['Poste à pourvoir à {place} : {role}', 'Notre équipe de {place} s’agrandit et cherche {role}.'],
  },
  expansion: {
    en: [
      'The ribbon was cut in {month}: our new hall in {place} is open.',
      'We have moved into additional premises in {place}.',
      '{place} is our newest location, opened in {month}.',
      'In {month} the first shift clocked in at our new works in {place}.',
      'With the new branch in {place}, {company} enters a further market.',
      'Our network has grown: {place} joined in {month}.',
    ],
    de: [
      'Unser neuer Standort in {place} ist seit {month} in Betrieb.',
      'Mit einer neuen Halle in {place} wachsen wir weiter.',
    ],
    fr: ['Notre nouveau site de {place} tourne depuis {month}.', 'Une nouvelle halle a ouvert à {place} en {month}.'],
  },
  acquisition: {
    en: [
      '{target} now belongs to {company}.',
      'In {month} we signed the purchase of {target}.',
      'We have taken {target} into the family of {company}.',
      'Since {month}, {target} has been a wholly owned subsidiary of ours.',
      '{company} buys {target}.',
      'The owners of {target} handed over the keys to us in {month}.',
    ],
    de: ['{target} gehört seit {month} zu {company}.', 'Wir haben {target} gekauft.'],
    fr: ['{target} appartient à {company} depuis {month}.', 'Nous avons acquis {target}.'],
  },
  launch: {
    en: [
      'Say hello to {product}, on sale since {month}.',
      'From {month} you can order {product}, our new {what}.',
      '{product} has arrived: our {what} left the works for the first time in {month}.',
      'We proudly release {product}.',
      'The first {product} was delivered in {month}.',
      'As of {month}, {product} completes our range.',
    ],
    de: ['Seit {month} lieferbar: {product}', 'Wir stellen vor: {product}, erhältlich seit {month}.'],
    fr: ['Disponible depuis {month} : {product}', 'Nous présentons {product}, commercialisé depuis {month}.'],
  },
  award: {
    en: [
      'Since {month} the {award} plate hangs in our entrance.',
      'Our quality management meets {award}, as an outside auditor confirmed.',
      'The inspectors granted us {award} in {month}.',
      'Certificate: {award}',
      '{award} was renewed in {month}.',
      '{company} can show {award}.',
    ],
    de: ['Zertifikat: {award}', 'Der Prüfer hat uns im {month} {award} bescheinigt.'],
    fr: ['Certificat : {award}', 'L’auditeur nous a délivré {award} en {month}.'],
  },
  closure: {
    en: [
      'The lights in {place} went out for good in {month}.',
      'We said goodbye to our {place} site in {month}.',
      'Our {place} depot no longer exists: it was shut in {month}.',
      'In {month} we wound up our operations in {place}.',
      'The last shift in {place} ended in {month}, and the works have been closed since.',
      'We have pulled out of {place}.',
    ],
    de: [
      'In {place} wurde im {month} das letzte Mal gearbeitet; das Werk ist seitdem geschlossen.',
      'Aus {place} haben wir uns zurückgezogen.',
    ],
    fr: ['Le site de {place} est fermé depuis {month}.', 'Nous avons quitté {place} en {month}.'],
  },
  news: {
    en: [
      'A class from the primary school came to see the machines on {date}.',
      'On {date} we planted forty trees along the fence.',
      'Our football team lost with dignity on {date}.',
      'The fire brigade held its yearly drill in our yard on {date}.',
      'On {date} two colleagues were honoured for thirty years of service.',
      'We handed a cheque to the hospice on {date}.',
    ],
    de: [
      'Am {date} hat die Feuerwehr auf unserem Hof geübt.',
      'Am {date} wurden zwei Kollegen für dreißig Dienstjahre geehrt.',
    ],
    fr: [
      'Le {date}, les pompiers se sont exercés dans notre cour.',
      'Le {date}, deux collègues ont été fêtés pour trente ans de maison.',
    ],
  },
  need: {
    en: [
      'Too often we only learn that one of our {assets} needs attention when it stops.',
      'Keeping track of service dates for the {assets} by hand no longer works for us.',
      'What we lack is one place where all maintenance jobs come together.',
      'Downtime of the {assets} is the point where we have to get better.',
      'Our technicians spend hours searching for parts, and that has to end.',
      'The whiteboard in the workshop has served its time, so we need a proper maintenance planner.',
    ],
    de: [
      'Die Pflege unserer {assets} von Hand zu planen, reicht nicht mehr.',
      'Uns fehlt ein Ort, an dem alle Wartungsaufträge zusammenlaufen.',
    ],
    fr: [
      'Planifier à la main l’entretien de nos {assets} ne suffit plus.',
      'Il nous manque un outil où réunir tous les bons de maintenance.',
    ],
  },
  budget: {
    en: [
      'The shareholders have released {amount} for this purpose.',
      'Up to {amount} may be spent on the new planning system.',
      'Project budget: {amount}',
      'Our investment plan contains {amount} for workshop software.',
      'We have {amount} to spend on better maintenance.',
      'The supervisory board granted {amount} for the project.',
    ],
    de: ['Die Gesellschafter haben dafür {amount} freigegeben.', 'Projektbudget: {amount}'],
    fr: ['Les associés ont débloqué {amount} pour ce projet.', 'Budget du projet : {amount}'],
  },
  authority: {
    en: [
      '{name} ({title}) chooses the supplier.',
      'It is up to {name}, our {title}, to award the contract.',
      'The last word on new systems belongs to {name}, {title}.',
      'Decision maker: {name}, {title}',
      'Contracts of this kind are signed by {name}, {title}.',
      'Whoever wants to sell us something for the works has to convince {name}, our {title}.',
    ],
    de: ['Das letzte Wort hat {name}, {title}.', 'Den Zuschlag erteilt {name}, {title}.'],
    fr: ['Le dernier mot revient à {name}, {title}.', 'Le contrat sera signé par {name}, {title}.'],
  },
  timing: {
    en: [
      'By {month} all workshops shall work with it.',
      'Tenders close on {date}.',
      'The switch is planned for {month}.',
      'We mean to place the order in {month}.',
      'Start of the project: {month}',
      'The old system will be switched off in {month}, so the new one must be ready before.',
    ],
    de: ['Die Umstellung ist für {month} geplant.', 'Angebotsschluss ist der {date}.'],
    fr: ['Le basculement est prévu pour {month}.', 'La remise des offres est fixée au {date}.'],
  },
  email: {
    en: [
      'Our address for everything written: {email}',
      'Mail {email}',
      'Drop us a line: {email}',
      'For orders and questions use {email}.',
      'We read what comes in at {email}.',
      'General enquiries: {email}',
    ],
    de: ['Schriftliches bitte an {email}', 'Per E-Mail: {email}'],
    fr: ['Par courriel : {email}', 'Une question ? {email}'],
  },
  phone: {
    en: [
      'Ring {phone} and ask for sales.',
      'Switchboard {phone}',
      'By phone: {phone}',
      'Dial {phone} on working days.',
      'T {phone}',
      'The fastest way to us is a call to {phone}.',
    ],
    de: ['Rufen Sie uns an: {phone}', 'Tel.: {phone}'],
    fr: ['Tél. : {phone}', 'Standard : {phone}'],
  },
}

export const oblique: Partial<Record<FactKind, Phrasings>> = {
  founded: {
    en: [
      'Somebody scratched {year} into the oldest beam, and the archive agrees.',
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
