/** Words in addresses and link texts that tell what a page is about, in English, German, French and Spanish. */

/** In the order in which pages are read. */
export const PAGE_KINDS = [
  'home',
  'about',
  'team',
  'product',
  'customers',
  'pricing',
  'news',
  'careers',
  'contact',
] as const
export type PageKind = (typeof PAGE_KINDS)[number]

const list = (text: string): string[] => text.trim().split(/\s+/)

/**
 * Phrases, their words joined by `-`, without accents. A phrase counts when it stands in a path segment at word bounds.
 * An imprint (`impressum`) is no legal page here: in German-speaking countries it names the company, its seat and who
 * runs it, so it counts as contact.
 */
export const WORDS: Record<Exclude<PageKind, 'home'>, string[]> = {
  about: list(`about about-us company our-company our-story story who-we-are mission profile overview
    ueber-uns uber-uns unternehmen firma wir profil a-propos qui-sommes-nous entreprise societe notre-histoire
    nosotros sobre-nosotros quienes-somos empresa acerca la-empresa`),
  team: list(`team our-team leadership management people founders executives board staff
    fuehrung fuhrung geschaeftsfuehrung geschaftsfuhrung vorstand mitarbeiter ansprechpartner
    equipe notre-equipe direction dirigeants equipo nuestro-equipo direccion directivos`),
  product: list(`product products solution solutions service services platform features offering offerings what-we-do
    produkt produkte loesungen losungen leistungen dienstleistungen plattform angebot
    produit produits prestations plateforme offres producto productos soluciones servicios plataforma`),
  customers: list(`customers customer clients case-studies case-study success-stories references testimonials portfolio
    kunden referenzen fallstudien erfolgsgeschichten projekte
    etudes-de-cas temoignages realisations clientes casos-de-exito casos testimonios`),
  pricing: list(`pricing prices plans preise preis tarife tarifs prix precios tarifas planes`),
  news: list(`news newsroom press press-releases press-release media-center blog announcements updates stories
    aktuelles neuigkeiten presse pressemitteilungen nachrichten actualites communiques noticias prensa actualidad novedades`),
  careers: list(`careers career jobs job join-us work-with-us vacancies hiring open-positions
    karriere stellen stellenangebote arbeiten-bei carrieres carriere emplois recrutement empleo trabaja-con-nosotros carreras`),
  contact: list(`contact contact-us contacts locations offices imprint
    kontakt standorte standort impressum anfahrt contactez-nous nous-contacter mentions-legales contacto contactanos contactenos oficinas`),
}

/** Pages with nothing to learn from: behind a sign-in, legal texts, shops' baskets, machine output. */
export const NEVER = list(`login log-in signin sign-in logout log-out signup sign-up register registration account
  my-account konto anmelden anmeldung registrieren connexion inscription iniciar-sesion registro password auth sso oauth
  cart basket checkout warenkorb kasse panier carrito wishlist
  privacy privacy-policy privacy-notice terms terms-of-use terms-of-service terms-and-conditions conditions cookies
  cookie-policy gdpr dsgvo legal legal-notice disclaimer datenschutz datenschutzerklaerung agb nutzungsbedingungen
  politique-de-confidentialite confidentialite cgu cgv privacidad politica-de-privacidad aviso-legal condiciones
  accessibility unsubscribe abmelden
  wp-admin wp-json wp-content wp-login feed rss search suche recherche buscar tag tags category author print share cdn-cgi
  preview embed download downloads`)

/** Hosts of applications, not of what a company says about itself. */
export const NEVER_HOSTS =
  /^(login|signin|auth|sso|accounts?|my|app|apps|portal|dashboard|admin|api|cdn|static|assets|img|images|media|mail|webmail|status|shop|store|cart|checkout)\./

export const ASSET =
  /\.(?:pdf|docx?|xlsx?|pptx?|zip|gz|rar|7z|exe|dmg|apk|jpe?g|png|gif|svg|webp|avif|ico|bmp|tiff?|mp[34]|m4[av]|mov|avi|webm|wav|ogg|css|js|mjs|json|xml|rss|atom|txt|csv|ics|vcf|woff2?|ttf|eot)$/i

/** `Über uns` and `%C3%BCber-uns` become `uber-uns`. */
export function phrase(written: string): string {
  let text = written
  try {
    text = decodeURIComponent(written)
  } catch {
    // A stray percent sign: taken as written.
  }
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
}

/** Whether the words of `needle` stand in `hay` at word bounds; both as `phrase` makes them. */
export function holdsPhrase(hay: string, needle: string): boolean {
  return `-${hay}-`.includes(`-${needle}-`)
}
