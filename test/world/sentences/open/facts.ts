/** Plain statements about a company as its own site makes them, first half. */
import type { FactKind } from '../../../../domain/evidence/types.ts'
import type { Phrasings } from '../types.ts'

export const facts: Record<FactKind, Phrasings> = {
  description: {
    en: [
      '{company} provides {provides}.',
      'We supply {provides}.',
      'At {company} we specialise in {provides}.',
      'Our business is {provides}.',
      '{company} is known for {provides}.',
      'What we do: {provides}.',
      '{company} delivers {provides}.',
    ],
    de: ['{company} liefert {provides}.', 'Wir bieten {provides}.', 'Unser Geschäft: {provides}.'],
    fr: ['{company} propose {provides}.', 'Notre métier : {provides}.', 'Nous fournissons {provides}.'],
  },
  industry: {
    en: [
      '{company} is a company in {industry}.',
      'We work in {industry} and nothing else.',
      'Our industry is {industry}.',
      'Industry: {industry}',
      '{company} is an independent name in {industry}.',
      'As specialists in {industry}, we know our craft.',
      'We are a mid-sized {industry} company.',
    ],
    de: ['Branche: {industry}', 'Wir sind ein mittelständisches Unternehmen der Branche {industry}.'],
    fr: ['Secteur d’activité : {industry}', 'Nous sommes une entreprise du secteur {industry}.'],
  },
  founded: {
    en: [
      '{company} was founded in {year}.',
      'We have been in business since {year}.',
      'Founded in {year}, {company} is still run by its owners.',
      'The company was established in {year} in a rented shed.',
      'Our story began in {year}.',
      'Since {year} the firm has stood for careful work.',
      'It was in {year} that two friends set up {company}.',
    ],
    de: [
      '{company} wurde {year} gegründet.',
      'Seit {year} sind wir für unsere Kunden da.',
      'Gegründet wurde das Unternehmen im Jahr {year}.',
    ],
    fr: [
      '{company} a été fondée en {year}.',
      'Depuis {year}, nous servons nos clients.',
      'L’entreprise est née en {year}.',
    ],
  },
  employees: {
    en: [
      '{company} employs {count} people.',
      'We are a team of {count}.',
      'Today {count} people work for us.',
      'With {count} employees we are a familiar sight in the region.',
      'Our {count} colleagues will be glad to help.',
      '{company} has {count} employees.',
      'Number of employees: {count}',
      'Our workforce counts {count} people.',
    ],
    de: [
      '{company} beschäftigt {count} Mitarbeiterinnen und Mitarbeiter.',
      'Bei uns arbeiten {count} Menschen.',
      'Mit {count} Beschäftigten sind wir ein fester Teil der Region.',
    ],
    fr: [
      '{company} emploie {count} personnes.',
      'Notre équipe compte {count} salariés.',
      'Aujourd’hui, {count} collaborateurs travaillent chez nous.',
    ],
  },
  headquarters: {
    en: [
      '{company} is headquartered in {city}, {country}.',
      'Our head office is in {city}.',
      'Headquarters: {city}, {country}',
      'We are based in {city}.',
      'From our headquarters in {city} we serve the whole country.',
      '{company} has its seat in {city}.',
      'The company is run from {city}, {country}.',
    ],
    de: ['Unser Hauptsitz ist in {city}.', '{company} hat seinen Sitz in {city}.', 'Firmensitz: {city}'],
    fr: ['Notre siège se trouve à {city}.', '{company} a son siège à {city}.', 'Siège social : {city}'],
  },
  office: {
    en: [
      'We also have an office in {place}.',
      'A further site is in {place}.',
      'Our branch in {place} looks after customers nearby.',
      'You will also find us in {place}, where we run a service depot.',
      'Besides the head office we run a site in {place}.',
      'Our second location is {place}.',
      'Sales and service colleagues also work from our {place} office.',
    ],
    de: [
      'Einen weiteren Standort haben wir in {place}.',
      'Unsere Niederlassung in {place} betreut die Kunden vor Ort.',
    ],
    fr: ['Nous avons également une agence à {place}.', 'Un second site est installé à {place}.'],
  },
  offering: {
    en: [
      '{product} is our {what}.',
      'With {product} we offer a {what}.',
      'Our range includes {product}, a {what}.',
      'Customers order {product}, our {what}, by phone or online.',
      'We sell {product}: a {what}.',
      '{product}, a {what}, is available all year round.',
      'One of our products is {product}, the {what} with the shortest lead time.',
    ],
    de: [
      '{product}: {what} aus unserem Haus.',
      'Zu unserem Angebot gehört {product} ({what}).',
      'Mit {product} haben wir auch dies im Programm: {what}.',
    ],
    fr: [
      '{product}, c’est {what}.',
      'Notre gamme comprend {product}, {what}.',
      'Avec {product}, nous proposons {what}.',
    ],
  },
  customer: {
    en: [
      'Our customers include {customer}.',
      'We have supplied {customer} for years.',
      '{customer} is one of our customers.',
      'Among those who buy from us is {customer}.',
      '{customer} relies on us for its daily needs.',
      'We count {customer} among our clients.',
      'For {customer} we deliver every week.',
    ],
    de: [
      'Zu unseren Kunden zählt {customer}.',
      '{customer} gehört zu unseren Kunden.',
      'Wir beliefern unter anderem {customer}.',
    ],
    fr: [
      '{customer} fait partie de nos clients.',
      'Parmi nos clients figure {customer}.',
      'Nous livrons notamment {customer}.',
    ],
  },
  partner: {
    en: [
      'Our partner for controls is {partner}.',
      'We work in partnership with {partner}.',
      '{partner} is our partner for installation and service.',
      'Together with our partner {partner} we plan new lines.',
      'We have been partners with {partner} for several years.',
      'For software we have teamed up with {partner}.',
      'Our technology partner {partner} keeps the machines connected.',
    ],
    de: [
      'Unser Partner für Steuerungstechnik ist {partner}.',
      'Wir arbeiten partnerschaftlich mit {partner} zusammen.',
    ],
    fr: ['Notre partenaire pour l’automatisme est {partner}.', 'Nous travaillons en partenariat avec {partner}.'],
  },
  technology: {
    en: [
      'We run {tool} for planning and purchasing.',
      'Our orders are handled in {tool}.',
      'All sites use {tool}.',
      'You will work with {tool} every day.',
      'Experience with {tool} is welcome, since we use it throughout the business.',
      'Our IT is built around {tool}.',
      'The works are planned with {tool}.',
    ],
    de: ['Wir arbeiten mit {tool}.', 'Im Einsatz ist bei uns {tool}.', 'Unsere Aufträge laufen über {tool}.'],
    fr: ['Nous utilisons {tool}.', 'Nos commandes sont gérées dans {tool}.', 'Vous travaillerez avec {tool}.'],
  },
  leader: {
    en: [
      '{name} is our {title}.',
      '{name}, {title}, knows every machine by its sound.',
      'Our {title} is {name}.',
      '{name} has been {title} since the spring.',
      '"Quality is a habit", says {name}, {title} of {company}.',
      'The management team includes {name}, {title}.',
      '{title}: {name}',
      '{name} joined the management team as {title}.',
    ],
    de: [
      '{title}: {name}',
      '{name} ist {title} bei {company}.',
      'Ihr Ansprechpartner in der Leitung: {name}, {title}.',
    ],
    fr: ['{title} : {name}', '{name} est {title} chez {company}.', 'La direction compte {name}, {title}.'],
  },
  revenue: {
    en: [
      'In {year} we turned over {amount}.',
      'Revenue in {year} came to {amount}.',
      '{company} closed {year} with sales of {amount}.',
      'Our turnover was {amount} in {year}.',
      'Annual revenue: {amount} ({year})',
      'Sales reached {amount} in the {year} financial year.',
      'With revenue of {amount} in {year}, we kept our place in the market.',
    ],
    de: ['Der Umsatz betrug {year} {amount}.', 'Im Jahr {year} erzielten wir einen Umsatz von {amount}.'],
    fr: [
      'Notre chiffre d’affaires {year} s’élève à {amount}.',
      'En {year}, nous avons réalisé un chiffre d’affaires de {amount}.',
    ],
  },
  funding: {
    en: [
      'In {month} we raised {amount} from {investor}.',
      '{investor} invested {amount} in {company} in {month}.',
      '{company} closed a financing round of {amount} in {month}.',
      'A growth loan of {amount} from {investor} was signed in {month}.',
      'We secured {amount} in new funding from {investor}.',
      'The funding of {amount}, led by {investor}, closed in {month}.',
    ],
    de: [
      'Im {month} hat {investor} {amount} in {company} investiert.',
      'Die Finanzierungsrunde über {amount} wurde im {month} abgeschlossen.',
    ],
    fr: [
      'En {month}, nous avons levé {amount} auprès de {investor}.',
      '{investor} a investi {amount} dans {company} en {month}.',
    ],
  },
  hiring: {
    en: [
      'We are hiring {role} in {place}.',
      'We are looking for {role} to join us in {place}.',
      'Open positions: {role}, {place}',
      'To strengthen our team in {place} we seek {role}.',
      'Join us: {place} needs {role}.',
      'We have vacancies for {role} at our {place} site.',
      'For the early shift in {place} we are recruiting {role}.',
    ],
    de: [
      'Wir suchen {role} für {place}.',
      'Für unseren Standort {place} suchen wir {role}.',
      'Offene Stellen: {role} ({place})',
    ],
    fr: ['Nous recrutons {role} à {place}.', 'Nous recherchons {role} pour notre site de {place}.'],
  },
  expansion: {
    en: [
      'In {month} we opened a new plant in {place}.',
      '{company} has opened a second hall in {place}.',
      'We have entered a new market with a subsidiary in {place}.',
      'Our new site in {place} started work in {month}.',
      '{company} is expanding to {place}.',
      'Since {month} our new depot in {place} has been up and running.',
    ],
    de: [
      'Im {month} haben wir ein neues Werk in {place} eröffnet.',
      '{company} erweitert: In {place} ist ein neuer Standort entstanden.',
    ],
    fr: [
      'En {month}, nous avons ouvert une nouvelle usine à {place}.',
      '{company} s’agrandit avec un nouveau site à {place}.',
    ],
  },
  acquisition: {
    en: [
      'In {month} {company} acquired {target}.',
      'We have bought {target} and welcome its team.',
      '{company} has taken over {target}.',
      'With the acquisition of {target} in {month}, we gain a second workshop.',
      '{target} has been part of {company} since {month}.',
      'The purchase of {target} was completed in {month}.',
    ],
    de: [
      'Im {month} hat {company} die Firma {target} übernommen.',
      'Die Übernahme von {target} ist seit {month} abgeschlossen.',
    ],
    fr: ['En {month}, {company} a racheté {target}.', 'L’acquisition de {target} a été finalisée en {month}.'],
  },
  launch: {
    en: [
      'In {month} we launched {product}, a {what}.',
      '{company} introduces {product}.',
      'New in our range: {product}, available since {month}.',
      'We have brought {product} to market.',
      'Our latest product, {product}, went on sale in {month}.',
      '{product} was presented to the public in {month}.',
    ],
    de: ['Neu im Programm ist seit {month} {product}.', 'Im {month} haben wir {product} auf den Markt gebracht.'],
    fr: ['En {month}, nous avons lancé {product}.', 'Nouveau dans notre gamme : {product}, disponible depuis {month}.'],
  },
  award: {
    en: [
      '{company} is certified to {award}.',
      'We hold {award}.',
      'Our works were awarded {award} in {month}.',
      'In {month} we received {award}.',
      'Certifications: {award}',
      'We passed the audit for {award} without a single remark.',
      'We are proud holders of {award}.',
    ],
    de: ['Wir sind nach {award} zertifiziert.', 'Im {month} haben wir {award} erhalten.'],
    fr: ['Nous sommes certifiés {award}.', 'En {month}, nous avons obtenu {award}.'],
  },
  closure: {
    en: [
      'We closed our {place} depot in {month}.',
      'The site in {place} was closed in {month}.',
      'In {month} {company} shut its workshop in {place}.',
      'Our works in {place} ceased production in {month}.',
      'After a long search for a successor, the {place} branch closed its doors in {month}.',
      'We gave up our premises in {place} in {month}.',
    ],
    de: [
      'Den Standort {place} haben wir im {month} geschlossen.',
      'Unser Werk in {place} hat im {month} die Fertigung eingestellt.',
    ],
    fr: ['Nous avons fermé notre site de {place} en {month}.', 'L’atelier de {place} a cessé son activité en {month}.'],
  },
  news: {
    en: [
      'On {date} we welcomed neighbours and families to an open day at our works.',
      'Visit us at the regional trade fair on {date}.',
      'On {date} our apprentices received their certificates.',
      'A storm damaged the roof of hall two on {date}; nobody was hurt.',
      'We marked our anniversary with a summer party on {date}.',
      'On {date} the mayor switched on our new solar roof.',
    ],
    de: [
      'Am {date} haben wir Nachbarn und Familien zum Tag der offenen Tür begrüßt.',
      'Am {date} haben unsere Auszubildenden ihre Zeugnisse erhalten.',
    ],
    fr: [
      'Le {date}, nous avons accueilli voisins et familles lors d’une journée portes ouvertes.',
      'Le {date}, nos apprentis ont reçu leur diplôme.',
    ],
  },
  need: {
    en: [
      'Unplanned stops on our {assets} cost us too many hours last year.',
      'We want to move from paper job cards to a digital maintenance plan.',
      'Our greatest challenge is keeping the ageing {assets} running.',
      'We are looking for a system to plan the upkeep of our {assets}.',
      'Spare parts for our {assets} are still tracked in spreadsheets, and we need to change that.',
      'Breakdowns of our {assets} have become more frequent, and we need a better overview.',
      'We need to replace the old maintenance database at our main site.',
    ],
    de: [
      'Ungeplante Stillstände unserer {assets} kosten uns zu viele Stunden.',
      'Wir suchen ein System, mit dem wir die Wartung unserer {assets} planen können.',
    ],
    fr: [
      'Les arrêts imprévus de nos {assets} nous coûtent trop d’heures.',
      'Nous cherchons un outil pour planifier l’entretien de nos {assets}.',
    ],
  },
  budget: {
    en: [
      'We have set aside {amount} for the modernisation of our maintenance.',
      'The board has approved a budget of {amount} for new plant software.',
      'A budget of {amount} is available for the project.',
      '{amount} has been earmarked for digital tools in the workshops.',
      'This year we are investing {amount} in maintenance systems.',
      'For the new system we have budgeted {amount}.',
    ],
    de: [
      'Für die Modernisierung der Instandhaltung haben wir {amount} eingeplant.',
      'Für das Projekt steht ein Budget von {amount} bereit.',
    ],
    fr: [
      'Un budget de {amount} est prévu pour moderniser notre maintenance.',
      'Nous avons réservé {amount} pour ce projet.',
    ],
  },
  authority: {
    en: [
      'Decisions on plant systems are taken by {name}, {title}.',
      '{name}, {title}, has the final say on purchases for the works.',
      'Our {title}, {name}, decides on new suppliers.',
      'All investments in the workshops are signed off by {name}, {title}.',
      'Please address offers to {name}, {title}, who decides on them.',
      'The decision lies with our {title}, {name}.',
    ],
    de: ['Über neue Systeme entscheidet {name}, {title}.', 'Investitionen gibt bei uns {name} frei, {title}.'],
    fr: [
      'Les décisions d’achat sont prises par {name}, {title}.',
      'C’est {name}, {title}, qui décide des investissements.',
    ],
  },
  timing: {
    en: [
      'The new system is to be live by {month}.',
      'We want to go live before the end of {month}.',
      'We plan to choose a supplier by {month}.',
      'The project starts in {month}.',
      'Offers are due by {date}.',
      'Our current contract ends in {month}, and the replacement has to be in place by then.',
    ],
    de: ['Das neue System soll bis {month} in Betrieb sein.', 'Angebote nehmen wir bis zum {date} entgegen.'],
    fr: ['Le nouveau système doit être en service d’ici {month}.', 'Les offres sont attendues avant le {date}.'],
  },
  email: {
    en: [
      'Write to us at {email}.',
      'E-mail: {email}',
      'You can reach us at {email}.',
      'Please send enquiries to {email}.',
      'Contact: {email}',
      'For questions: {email}',
    ],
    de: ['E-Mail: {email}', 'Schreiben Sie uns an {email}.'],
    fr: ['E-mail : {email}', 'Écrivez-nous à {email}.'],
  },
  phone: {
    en: [
      'Call us on {phone}.',
      'Phone: {phone}',
      'Tel. {phone}',
      'Our switchboard answers at {phone}.',
      'You can reach the office by telephone: {phone}',
      'Telephone {phone}, weekdays from eight.',
    ],
    de: ['Telefon: {phone}', 'Sie erreichen uns unter {phone}.'],
    fr: ['Téléphone : {phone}', 'Appelez-nous au {phone}.'],
  },
}
