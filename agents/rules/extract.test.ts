import { describe, expect, it } from 'vitest'
import type { EvidenceSource, FactKind, Subject } from '../../domain/evidence/types.ts'
import { extractByRules } from './extract.ts'

const subject: Subject = { name: 'Orrin Pumps Ltd', aliases: ['Orrin'], domain: 'orrin.example' }

function page(text: string): EvidenceSource {
  return { id: 's1', kind: 'page', text, publisher: subject, fetchedAt: '2026-02-01T00:00:00Z' }
}

/** Kind, what the value must hold, the sentence. Written apart from the sample world's sentences. */
const PLAIN: readonly [FactKind, string, string][] = [
  ['employees', '310', 'Orrin currently has around 310 staff across three sites.'],
  ['employees', '1,200', 'Our headcount passed 1,200 last spring.'],
  ['employees', '45', 'We are 45 people who like to get their hands dirty.'],
  ['employees', '85', 'An 85-strong crew keeps the workshop running.'],
  ['employees', '51-200', 'Company size: 51-200 employees'],
  ['employees', 'sixty', 'Some sixty people work at Orrin today.'],
  ['employees', '620', 'The group employs 620 members of staff.'],
  ['employees', '75', 'In unserem Haus sind rund 75 Fachkräfte beschäftigt.'],
  ['employees', '130', 'Mittlerweile zählt unser Team 130 Köpfe.'],
  ['employees', '58', 'Nous sommes 58 à faire tourner l’atelier.'],
  ['employees', '90', 'L’entreprise compte environ 90 collaborateurs.'],
  ['founded', '1962', 'Orrin dates back to 1962.'],
  ['founded', '1998', 'It all started in 1998 with two lathes in a garage.'],
  ['founded', '2004', 'Est. 2004'],
  ['founded', '1974', 'A family business since 1974.'],
  ['founded', '1931', 'The firm was set up by two brothers in 1931.'],
  ['founded', '1956', 'Gründungsjahr: 1956'],
  ['founded', '1988', 'Unsere Geschichte beginnt 1988 in einer Scheune.'],
  ['founded', '1979', 'Créée en 1979, l’entreprise est restée familiale.'],
  ['headquarters', 'Ghent', 'Orrin has its headquarters in Ghent, Belgium.'],
  ['headquarters', 'Porto', 'Our home is Porto.'],
  ['headquarters', 'Aarhus', 'We run everything from our main office in Aarhus.'],
  ['headquarters', 'Derby', 'Located in Derby, we ship to the whole of Europe.'],
  ['headquarters', 'Bielefeld', 'Von unserer Zentrale in Bielefeld aus beliefern wir ganz Europa.'],
  ['headquarters', 'Kassel', 'Das Unternehmen sitzt in Kassel.'],
  ['headquarters', 'Lille', 'Basée à Lille, la société livre toute l’Europe.'],
  ['headquarters', 'Nantes', 'Notre siège social est situé à Nantes.'],
  ['office', 'Malmö', 'There is also an Orrin office in Malmö.'],
  ['office', 'Turin', 'We have branches in Turin and Bergamo.'],
  ['office', 'Bergamo', 'We have branches in Turin and Bergamo.'],
  ['office', 'Oslo', 'Our Oslo office serves the Nordic market.'],
  ['office', 'Graz', 'Außerdem sind wir in Graz mit einer Niederlassung vertreten.'],
  ['office', 'Metz', 'Nous disposons aussi d’un bureau à Metz.'],
  ['industry', 'water treatment', 'Orrin is active in water treatment.'],
  ['industry', 'logistics', 'Sector: logistics'],
  ['industry', 'dairy', 'We have served the dairy industry for decades.'],
  ['industry', 'Maschinenbau', 'Als Unternehmen im Maschinenbau kennen wir die Sorgen der Werke.'],
  ['offering', 'centrifugal pumps', 'We manufacture centrifugal pumps for breweries.'],
  ['offering', 'rental', 'Orrin offers pump rental by the week.'],
  ['offering', 'FlowMate', 'FlowMate is a leak sensor we developed in house.'],
  ['offering', 'Dichtungen', 'Wir fertigen Dichtungen nach Maß.'],
  ['offering', 'vannes', 'Nous fabriquons des vannes en inox.'],
  ['description', 'pumps', 'Orrin builds pumps that breweries trust.'],
  ['description', 'seals', 'We design and make seals for the chemical industry.'],
  ['customer', 'Hollis Brewery', 'Hollis Brewery has been our customer since 2011.'],
  ['customer', 'Marlow Foods', 'Customers such as Marlow Foods and Teasdale Dairies count on us.'],
  ['customer', 'Teasdale Dairies', 'Customers such as Marlow Foods and Teasdale Dairies count on us.'],
  ['customer', 'Vintner & Co', 'Trusted by Vintner & Co.'],
  ['customer', 'Brauerei Lindner', 'Die Brauerei Lindner ist seit Jahren unser Kunde.'],
  ['customer', 'Stadtwerke Murnau', 'Wir liefern an die Stadtwerke Murnau.'],
  ['customer', 'Brasserie Duval', 'La Brasserie Duval nous fait confiance.'],
  ['partner', 'Siltec', 'We are an official Siltec partner.'],
  ['partner', 'Harrow Automation', 'Orrin works hand in hand with Harrow Automation.'],
  ['partner', 'Rotec', 'Partnership with Rotec: one year on.'],
  ['partner', 'Berghaus Technik', 'Gemeinsam mit unserem Partner Berghaus Technik planen wir Anlagen.'],
  ['technology', 'Salesforce', 'Our sales team lives in Salesforce.'],
  ['technology', 'Odoo', 'We moved our accounts to Odoo last year.'],
  ['technology', 'Kubernetes', 'Stack: TypeScript, Postgres, Kubernetes'],
  ['technology', 'DATEV', 'Unsere Buchhaltung arbeitet mit DATEV.'],
  ['technology', 'Sage', 'Nos achats passent par Sage.'],
  ['leader', 'Ruth Ayling, Chief Executive Officer', 'Ruth Ayling, Chief Executive Officer'],
  ['leader', 'Tom Pask', 'Tom Pask heads the company as Managing Director.'],
  ['leader', 'Priya Nair, VP Sales', 'Priya Nair joined us as VP Sales in May.'],
  ['leader', 'Ana Ruiz', 'We welcome Ana Ruiz as our new Head of Finance.'],
  ['leader', 'Karl Ebner', 'Geschäftsführer ist Karl Ebner.'],
  ['leader', 'Anna Voss', 'Anna Voss leitet als Geschäftsführerin das Unternehmen.'],
  ['leader', 'Paul Morel', 'Paul Morel, directeur commercial, rejoint l’équipe.'],
  ['revenue', '€18.2 million', 'Turnover rose to €18.2 million in 2024.'],
  ['revenue', '£40m', 'Orrin posted revenues of £40m last year.'],
  ['revenue', '7,5 Mio. Euro', 'Wir haben 2024 rund 7,5 Mio. Euro umgesetzt.'],
  ['revenue', '9 millions d’euros', 'L’entreprise réalise un chiffre d’affaires de 9 millions d’euros.'],
  ['funding', '$12 million', 'Orrin raised a $12 million Series A led by Northgate Ventures.'],
  ['funding', '€4m', 'Northgate put €4m into the company in a seed round.'],
  ['funding', '5 Millionen Euro', 'In der Finanzierungsrunde kamen 5 Millionen Euro zusammen.'],
  ['hiring', 'welders', 'We are currently recruiting welders in Derby.'],
  ['hiring', 'service engineer', 'Vacancy: service engineer (m/f/d), Ghent'],
  ['hiring', 'Zerspanungsmechaniker', 'Zur Verstärkung suchen wir Zerspanungsmechaniker.'],
  ['hiring', 'soudeurs', 'Nous embauchons des soudeurs à Lille.'],
  ['expansion', 'Poznań', 'Orrin opens its first site in Poznań.'],
  ['expansion', 'Austrian', 'With the new branch in Linz we step into the Austrian market.'],
  ['expansion', 'Brünn', 'Seit Mai produzieren wir auch im neuen Werk in Brünn.'],
  ['acquisition', 'Fenwick Valves', 'Orrin acquires Fenwick Valves.'],
  ['acquisition', 'Fenwick Valves', 'Fenwick Valves now belongs to Orrin.'],
  ['acquisition', 'Ventilbau Kern', 'Orrin übernimmt Ventilbau Kern.'],
  ['launch', 'FlowMate', 'Meet FlowMate, our new leak sensor, available now.'],
  ['launch', 'AquaSense', 'AquaSense hits the market this autumn.'],
  ['launch', 'DosiFix', 'DosiFix ist ab sofort erhältlich.'],
  ['award', 'ISO 14001', 'All our plants are ISO 14001 certified.'],
  ['award', 'Queen', 'Orrin won the Queen’s Award for Innovation.'],
  ['award', 'Top Arbeitgeber', 'Wir wurden als Top Arbeitgeber ausgezeichnet.'],
  ['closure', 'Dundee', 'Orrin will shut its Dundee plant at the end of June.'],
  ['closure', 'insolvency', 'Orrin filed for insolvency on 3 March 2026.'],
  ['closure', 'Fulda', 'Die Filiale in Fulda wurde geschlossen.'],
  ['news', '9 May 2026', 'The foundation stone of the canteen was laid on 9 May 2026.'],
  ['need', 'paper', 'Our fitters still plan their rounds on paper, and we lose track of them.'],
  ['need', 'downtime', 'Downtime on the filling lines costs us two shifts a month.'],
  ['budget', '€60,000', 'We have allocated €60,000 to this project.'],
  ['budget', '25.000 Euro', 'Dafür sind 25.000 Euro vorgesehen.'],
  ['authority', 'Karl Ebner', 'Purchases of this size are approved by Karl Ebner, our CFO.'],
  ['timing', 'June 2026', 'We intend to have the system running by June 2026.'],
  ['email', 'sales@orrin.example', 'Mail sales@orrin.example for a quote.'],
  ['phone', '+44 1332 555 0199', 'Ring +44 1332 555 0199 during office hours.'],
]

const found = ([kind, part, text]: (typeof PLAIN)[number]): boolean =>
  extractByRules(subject, [page(text)]).some(
    claim => claim.kind === kind && claim.value.toLowerCase().includes(part.toLowerCase()),
  )

describe('extraction by rules', () => {
  it('finds at least 90 % of plainly stated facts', () => {
    const missed = PLAIN.filter(plain => !found(plain)).map(([kind, , text]) => `${kind}: ${text}`)
    // Each missed sentence is shown when the floor is broken.
    expect(missed.length > PLAIN.length * 0.1 ? missed : []).toEqual([])
  })
})
