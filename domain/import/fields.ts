/** The fields a file's columns can fill, how each is read, and the names people give such columns in four languages. */
import { labelKey } from './normalise/name.ts'
import type { ImportKind } from './types.ts'

export type FieldForm = 'text' | 'email' | 'domain' | 'money' | 'count' | 'year' | 'date' | 'country' | 'boolean'

export type Language = 'en' | 'de' | 'fr' | 'es'

interface FieldFacts {
  form: FieldForm
  kinds: readonly ImportKind[]
  /** Names separated by commas, best first; compared folded, without punctuation. */
  names: Partial<Record<Language, string>>
}

const PEOPLE = ['leads', 'contacts', 'deals'] as const
const WITH_COMPANY = ['leads', 'contacts', 'deals', 'accounts'] as const
const ALL = ['leads', 'accounts', 'contacts', 'deals', 'products'] as const

export const FIELDS = {
  externalId: {
    form: 'text',
    kinds: ALL,
    names: {
      en: 'id, record id, external id, externalid, uuid, guid, hs object id, source id, crm id',
      de: 'datensatz id, externe id, kennung, nummer, kundennummer',
      fr: 'identifiant, id externe, reference',
      es: 'identificador, id externo, id de registro',
    },
  },
  email: {
    form: 'email',
    kinds: PEOPLE,
    names: {
      en: 'email, e mail, email address, e mail address, mail, work email, business email, primary email, contact email, person email work, person email, email work, properties email, person email other, person email home, secondary email, personal email',
      de: 'e mail adresse, emailadresse, mailadresse, e mail geschaftlich, kontakt e mail',
      fr: 'courriel, adresse e mail, adresse email, adresse mail, mel, email professionnel',
      es: 'correo, correo electronico, direccion de correo, direccion de correo electronico',
    },
  },
  firstName: {
    form: 'text',
    kinds: PEOPLE,
    names: {
      en: 'first name, firstname, given name, forename, person first name, contact first name, properties firstname',
      de: 'vorname',
      fr: 'prenom',
      es: 'nombre de pila, primer nombre',
    },
  },
  lastName: {
    form: 'text',
    kinds: PEOPLE,
    names: {
      en: 'last name, lastname, surname, family name, person last name, contact last name, properties lastname',
      de: 'nachname, familienname, zuname',
      fr: 'nom de famille',
      es: 'apellido, apellidos',
    },
  },
  fullName: {
    form: 'text',
    kinds: PEOPLE,
    names: {
      en: 'full name, fullname, contact name, contact, person name, person, lead name, contact person, deal contact person, prospect name, associated contact',
      de: 'ansprechpartner, kontakt, kontaktname, vollstandiger name, kontaktperson, ansprechperson',
      fr: 'nom complet, contact principal, nom du contact, interlocuteur',
      es: 'nombre completo, contacto, nombre del contacto, persona de contacto',
    },
  },
  title: {
    form: 'text',
    kinds: ['leads', 'contacts'],
    names: {
      en: 'job title, jobtitle, title, position, role, person job title, person title, person position, properties jobtitle',
      de: 'funktion, berufsbezeichnung, stellenbezeichnung, jobtitel, rolle',
      fr: 'fonction, poste, intitule du poste, titre',
      es: 'cargo, puesto, titulo',
    },
  },
  phone: {
    form: 'text',
    kinds: WITH_COMPANY,
    names: {
      en: 'phone, phone number, telephone, tel, work phone, business phone, company phone, person phone work, person phone, mobile, mobile phone, mobile phone number, mobilephone, cell, cell phone, person phone mobile, person phone home, person phone other, direct phone',
      de: 'telefon, telefonnummer, rufnummer, mobil, mobiltelefon, handy, durchwahl',
      fr: 'telephone portable, numero de telephone, portable, tel mobile',
      es: 'telefono, numero de telefono, movil, celular, telefono movil',
    },
  },
  company: {
    form: 'text',
    kinds: WITH_COMPANY,
    names: {
      en: 'company, company name, companyname, account, account name, accountname, organization, organisation, organization name, organisation name, company account, associated company, primary associated company, employer, business name, person organization, deal organization, lead organization, properties company, client, customer, customer name',
      de: 'firma, firmenname, unternehmen, unternehmensname, kunde, kundenname, organisation name, betrieb',
      fr: 'societe, entreprise, nom de la societe, nom de l entreprise, raison sociale, compte, nom du compte, client nom',
      es: 'empresa, compania, nombre de la empresa, razon social, cuenta, nombre de la cuenta, organizacion',
    },
  },
  domain: {
    form: 'domain',
    kinds: WITH_COMPANY,
    names: {
      en: 'domain, company domain, company domain name, domain name, email domain, account domain',
      de: 'domane, firmendomain',
      fr: 'domaine, nom de domaine',
      es: 'dominio, nombre de dominio',
    },
  },
  website: {
    form: 'text',
    kinds: WITH_COMPANY,
    names: {
      en: 'website, web site, website url, url, homepage, company website, web, organization website, person website, web address',
      de: 'webseite, internetseite, internetadresse, internet',
      fr: 'site web, site internet, site, page web',
      es: 'sitio web, pagina web, sitio',
    },
  },
  industry: {
    form: 'text',
    kinds: WITH_COMPANY,
    names: {
      en: 'industry, sector, vertical, organization industry, company industry',
      de: 'branche, industrie, wirtschaftszweig, sektor',
      fr: 'secteur, secteur d activite, industrie, branche d activite',
      es: 'industria, rubro, sector de actividad',
    },
  },
  employees: {
    form: 'count',
    kinds: WITH_COMPANY,
    names: {
      en: 'employees, number of employees, no of employees, numberofemployees, company size, headcount, employee count, staff, organization number of employees',
      de: 'mitarbeiter, mitarbeiterzahl, anzahl mitarbeiter, beschaftigte, unternehmensgrosse',
      fr: 'effectif, effectifs, nombre d employes, nombre de salaries, taille de l entreprise',
      es: 'empleados, numero de empleados, plantilla, tamano de la empresa',
    },
  },
  revenue: {
    form: 'money',
    kinds: WITH_COMPANY,
    names: {
      en: 'annual revenue, annualrevenue, revenue, turnover, yearly revenue, organization annual revenue',
      de: 'umsatz, jahresumsatz',
      fr: 'chiffre d affaires, chiffre d affaires annuel, ca annuel',
      es: 'ingresos, ingresos anuales, facturacion, facturacion anual',
    },
  },
  founded: {
    form: 'year',
    kinds: ['accounts', 'leads'],
    names: {
      en: 'year founded, founded, year established, founding year, established',
      de: 'grundungsjahr, gegrundet',
      fr: 'annee de creation, fonde en',
      es: 'ano de fundacion, fundado',
    },
  },
  parentName: {
    form: 'text',
    kinds: ['accounts'],
    names: {
      en: 'parent account, parent company, subsidiary of, parent, parent account name',
      de: 'muttergesellschaft, mutterkonzern, konzern',
      fr: 'societe mere, maison mere',
      es: 'empresa matriz, matriz, cuenta principal',
    },
  },
  country: {
    form: 'country',
    kinds: ['leads', 'contacts', 'accounts'],
    names: {
      en: 'country, country region, billing country, mailing country, country code, office location, organization country, person country',
      de: 'land, staat, herkunftsland',
      fr: 'pays',
      es: 'pais, pais region',
    },
  },
  city: {
    form: 'text',
    kinds: ['leads', 'contacts', 'accounts'],
    names: {
      en: 'city, town, billing city, mailing city, billingcity, organization city',
      de: 'stadt, ort',
      fr: 'ville, commune',
      es: 'ciudad, localidad',
    },
  },
  language: {
    form: 'text',
    kinds: ['leads', 'contacts'],
    names: { en: 'language, preferred language', de: 'sprache', fr: 'langue', es: 'idioma' },
  },
  ownerName: {
    form: 'text',
    kinds: ALL,
    names: {
      en: 'owner, owner name, lead owner, contact owner, account owner, company owner, deal owner, opportunity owner, sales agent, sales rep, salesperson, account executive, person owner, organization owner, lead owner name, assigned to',
      de: 'besitzer, zustandig, zustandiger, verantwortlich, verantwortlicher, vertriebsmitarbeiter, bearbeiter, inhaber',
      fr: 'proprietaire, responsable, commercial',
      es: 'propietario, responsable comercial, comercial asignado, vendedor',
    },
  },
  ownerEmail: {
    form: 'email',
    kinds: ALL,
    names: {
      en: 'owner email, lead owner email, contact owner email, deal owner email, account owner email, owner e mail',
    },
  },
  status: {
    form: 'text',
    kinds: ['leads'],
    names: {
      en: 'lead status, status, lead stage',
      de: 'leadstatus, lead status',
      fr: 'statut, statut du lead',
      es: 'estado, estado del lead',
    },
  },
  campaign: {
    form: 'text',
    kinds: ['leads'],
    names: { en: 'campaign, campaign name, utm campaign', de: 'kampagne', fr: 'campagne', es: 'campana' },
  },
  message: {
    form: 'text',
    kinds: ['leads'],
    names: {
      en: 'message, comment, comments, inquiry, enquiry, form message, your message, lead message',
      de: 'nachricht, anfrage, kommentar, mitteilung',
      fr: 'commentaire, commentaires, demande',
      es: 'mensaje, comentario, comentarios, consulta',
    },
  },
  converted: {
    form: 'boolean',
    kinds: ['leads'],
    names: { en: 'converted, is converted, isconverted', de: 'konvertiert', fr: 'converti', es: 'convertido' },
  },
  doNotEmail: {
    form: 'boolean',
    kinds: ['leads', 'contacts'],
    names: {
      en: 'do not email, email opt out, hasoptedoutofemail, unsubscribed from all email, opted out of email, unsubscribed, do not contact',
      de: 'keine e mails, abgemeldet, werbesperre',
      fr: 'desabonne, ne pas contacter',
      es: 'no contactar, dado de baja, no enviar correo',
    },
  },
  lawfulBasis: {
    form: 'text',
    kinds: PEOPLE,
    names: {
      en: 'lawful basis, legal basis, legal basis for processing contact s data, hs legal basis, gdpr basis, processing basis',
      de: 'rechtsgrundlage',
      fr: 'base legale, base juridique',
      es: 'base legal, base juridica',
    },
  },
  lawfulBasisOn: {
    form: 'date',
    kinds: PEOPLE,
    names: {
      en: 'lawful basis date, legal basis date, consent date, opt in date, consented on',
      de: 'datum der einwilligung, einwilligung am',
      fr: 'date du consentement',
      es: 'fecha de consentimiento',
    },
  },
  lawfulBasisNote: {
    form: 'text',
    kinds: PEOPLE,
    names: {
      en: 'lawful basis note, legal basis note, consent note, consent source',
      de: 'vermerk zur rechtsgrundlage',
    },
  },
  dealName: {
    form: 'text',
    kinds: ['deals'],
    names: {
      en: 'deal name, dealname, deal title, opportunity name, opportunity, deal, properties dealname',
      de: 'dealname, verkaufschance, geschaft, auftrag, opportunity name',
      fr: 'nom de la transaction, opportunite, nom de l opportunite, affaire, transaction',
      es: 'nombre del negocio, oportunidad, nombre de la oportunidad, negocio, trato',
    },
  },
  stage: {
    form: 'text',
    kinds: ['deals'],
    names: {
      en: 'deal stage, dealstage, stage, stagename, stage name, sales stage, deal stage pipeline, pipeline stage',
      de: 'phase, dealphase, verkaufsphase, stufe',
      fr: 'etape, phase de la transaction, etape de la transaction',
      es: 'etapa, fase, etapa del negocio',
    },
  },
  dealStatus: {
    form: 'text',
    kinds: ['deals'],
    names: { en: 'deal status, status', de: 'dealstatus', fr: 'statut', es: 'estado' },
  },
  pipeline: {
    form: 'text',
    kinds: ['deals'],
    names: { en: 'pipeline, deal pipeline, pipeline name', de: 'vertriebspipeline' },
  },
  amount: {
    form: 'money',
    kinds: ['deals'],
    names: {
      en: 'amount, deal value, deal amount, value, close value, opportunity amount, total value, deal size',
      de: 'betrag, wert, auftragswert, volumen, summe',
      fr: 'montant, valeur, montant de la transaction',
      es: 'importe, monto, valor, cantidad',
    },
  },
  currency: {
    form: 'text',
    kinds: ['deals', 'accounts', 'products'],
    names: {
      en: 'currency, currency code, deal currency, currencyisocode, deal currency of value, product currency',
      de: 'wahrung',
      fr: 'devise, monnaie',
      es: 'moneda, divisa',
    },
  },
  closeDate: {
    form: 'date',
    kinds: ['deals'],
    names: {
      en: 'close date, closedate, expected close date, deal expected close date, closing date, deal closed on, deal won time, deal lost time',
      de: 'abschlussdatum, voraussichtliches abschlussdatum, schlussdatum',
      fr: 'date de cloture, date de fermeture, date de cloture prevue',
      es: 'fecha de cierre, fecha de cierre prevista, fecha prevista de cierre',
    },
  },
  engagedOn: {
    form: 'date',
    kinds: ['deals'],
    names: {
      en: 'engage date, engaged on, engagement date',
      de: 'erstkontakt',
      fr: 'date d engagement',
      es: 'fecha de contacto',
    },
  },
  nextStep: {
    form: 'text',
    kinds: ['deals'],
    names: {
      en: 'next step, nextstep, next steps',
      de: 'nachster schritt',
      fr: 'prochaine etape',
      es: 'proximo paso, siguiente paso',
    },
  },
  product: {
    form: 'text',
    kinds: ['deals', 'products'],
    names: {
      en: 'product, product name, productname, deal product name, item, item name',
      de: 'produkt, produktname, artikel, artikelname, bezeichnung',
      fr: 'produit, nom du produit, article',
      es: 'producto, nombre del producto, articulo',
    },
  },
  series: {
    form: 'text',
    kinds: ['products'],
    names: {
      en: 'series, product family, family, product line, category, product category',
      de: 'produktfamilie, serie, kategorie',
      fr: 'gamme, serie',
      es: 'familia, gama, serie',
    },
  },
  price: {
    form: 'money',
    kinds: ['products'],
    names: {
      en: 'price, unit price, sales price, list price, product unit price, suggested retail price, product price',
      de: 'preis, listenpreis, verkaufspreis, stuckpreis, einzelpreis',
      fr: 'prix, prix unitaire, prix de vente',
      es: 'precio, precio unitario, precio de venta',
    },
  },
} as const satisfies Record<string, FieldFacts>

export type FieldName = keyof typeof FIELDS
export const FIELD_NAMES = Object.keys(FIELDS) as FieldName[]

/** What a name means in files of one kind, where that differs. */
const BY_KIND: Record<ImportKind, Record<string, FieldName>> = {
  leads: {
    name: 'fullName',
    nom: 'fullName',
    nombre: 'fullName',
    'lead id': 'externalId',
    leadid: 'externalId',
    'prospect id': 'externalId',
    'lead number': 'externalId',
    'lead title': 'fullName',
    id: 'externalId',
  },
  contacts: {
    name: 'fullName',
    nom: 'fullName',
    nombre: 'fullName',
    'contact id': 'externalId',
    contactid: 'externalId',
    'person id': 'externalId',
  },
  accounts: {
    name: 'company',
    nom: 'company',
    nombre: 'company',
    'account id': 'externalId',
    accountid: 'externalId',
    'company id': 'externalId',
    'organization id': 'externalId',
    'organisation id': 'externalId',
    'account number': 'externalId',
  },
  deals: {
    name: 'dealName',
    nom: 'dealName',
    nombre: 'dealName',
    title: 'dealName',
    titel: 'dealName',
    'deal id': 'externalId',
    'opportunity id': 'externalId',
    opportunityid: 'externalId',
    dealid: 'externalId',
  },
  products: {
    name: 'product',
    nom: 'product',
    nombre: 'product',
    'product id': 'externalId',
    sku: 'externalId',
    'product code': 'externalId',
    productcode: 'externalId',
    artikelnummer: 'externalId',
    'article number': 'externalId',
  },
}

/** What one header may mean: the lower the rank, the better it names the field. */
export interface Meaning {
  field: FieldName
  rank: number
  language: Language
}

const lexicons = new Map<ImportKind, Map<string, Meaning>>()

/** Folded header name to its meaning in files of this kind. */
export function lexicon(kind: ImportKind): ReadonlyMap<string, Meaning> {
  const known = lexicons.get(kind)
  if (known !== undefined) return known
  const map = new Map<string, Meaning>()
  for (const [label, field] of Object.entries(BY_KIND[kind])) map.set(label, { field, rank: -1, language: 'en' })
  for (const field of FIELD_NAMES) {
    const facts: FieldFacts = FIELDS[field]
    if (!facts.kinds.includes(kind)) continue
    for (const [language, names] of Object.entries(facts.names) as [Language, string][])
      for (const [rank, name] of names.split(',').entries()) {
        const label = labelKey(name)
        if (!map.has(label)) map.set(label, { field, rank, language })
      }
  }
  lexicons.set(kind, map)
  return map
}
