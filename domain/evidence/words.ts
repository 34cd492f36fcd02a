/** Content words: which count, and when two are the same. Light stemming and a small table of synonyms, four languages. */
import type { Token } from './text.ts'
import { fold, tokens } from './text.ts'

const STOP = new Set(
  (
    'a an the of in on at to for from by with and or as is are was were be been being has have had do does did it its this that these those their our we us you ' +
    'your they them he she his her i me my which who whose where when while also very more most some any all each per into over about than then there here ' +
    'so such up out off through across among within via plus other own just only now today currently both including include will can would could should may might not no ' +
    'der die das den dem des ein eine einen einem einer eines und oder als ist sind war waren wird werden wurde wurden hat haben hatte im in am an auf aus bei mit von vom zu zum zur fur ' +
    'uber unter nach seit wir uns unser unsere unseren unserem unserer sie ihr ihre er es sich auch dass wie so nur noch bereits heute derzeit nicht kein keine es gibt ' +
    'le la les l un une des du de d et ou en dans sur pour par avec est sont a ont ete nous notre nos vous votre vos il elle ils elles son sa ses leur leurs ce cette ces que qui dont au aux plus y ne pas ' +
    'el los las uno una unos unas del al o en por para con es son fue ha han su sus nosotros nuestro nuestra nuestros nuestras que cual se lo como mas no'
  ).split(' '),
)

/** Words that mean the same for the purposes of a fact. One row, one meaning; stems are compared. */
const SYNONYMS = [
  'employees people staff team workforce headcount employs employ persons fte mitarbeiter mitarbeiterinnen mitarbeitende mitarbeitern beschaftigte beschaftigten beschaftigt personen kollegen salaries collaborateurs employes personnes emploie empleados trabajadores personas plantilla colleagues personnel',
  'revenue revenues turnover sales umsatz umsatze erlos ca affaires facturacion ventas ingresos',
  'founded founder founders founding cofounder established started gegrundet grunder grunderin grundung grundete fondee fonde fondateur fondatrice creee cree creation nacio fundada fundado fundador fundadora nace incorporated',
  'headquarters headquartered hq seat based sitz hauptsitz zentrale firmensitz siege basee base sede',
  'office offices branch branches site sites location locations standort standorte buro buros niederlassung zweigstelle bureau bureaux agence agences oficina oficinas sucursal sucursales',
  'hire hiring hires recruit recruiting recruitment vacancy vacancies suchen sucht stelle stellen recrute recrutons recherche recherchons buscamos busca contrata',
  'acquire acquired acquires acquisition bought buy buys purchase purchased takeover ubernommen ubernimmt ubernahme gekauft erworben rachete rachat acquis acquisition adquirio adquirido adquiere compra compro',
  'launch launched launches introduced introduces released releases unveiled unveils presents gestartet vorgestellt lance lancement lanza lanzo lanzamiento',
  'open opened opens opening new eroffnet eroffnung ouvre ouvert ouverture inaugure abre abrio apertura inaugura inauguro',
  'close closed closes closing shut closure geschlossen schliesst schliessung ferme fermeture cerro cierra cierre ceased',
  'partner partners partnership cooperation collaboration alliance partnerschaft kooperation zusammenarbeit partenaire partenaires partenariat socio socios alianza',
  'customer customers client clients kunde kunden cliente clientes users user nutzer',
  'raise raised raises secured closes funding financing investment investiert finanzierung finanzierungsrunde leve levee financement financiacion ronda inversion recauda',
  'use uses using used utilises runs relies nutzt nutzen verwendet einsetzen setzt utilise utilisons usa utiliza usamos utilizamos works work',
  'moved move moves relocated relocation umgezogen umzug verlegt demenage traslado trasladado',
  'about around approximately roughly circa ca rund etwa ungefahr environ unos unas aproximadamente alrededor some nearly almost',
  'decides decide decision decides sign signs approve approves entscheidet entscheidung entscheiden unterschreibt freigeben freigabe decident signature decide firma aprueba',
  'makes make manufactures manufacturer manufacture maker produces produce producer builds build builder baut herstellt hersteller fertigt fabrique fabricant produit fabrica fabricante produce',
  'provides provide provider offers offer supplies supply supplier sells sell seller bietet anbieter liefert vertreibt propose fournit fournisseur vend ofrece proveedor vende suministra',
  'serve serves serving served servicing services beliefert bedient betreut dessert sert atiende',
  'builds develops develop developer entwickelt entwickler developpe desarrolla',
  'needs need requires require wants want looking seeking brauchen benotigt benotigen sucht besoin cherche necesita necesitamos',
  'replace replacement replacing ersetzen ersatz ablosung remplacer remplacement sustituir reemplazar',
  'budget money funds spend geld mittel presupuesto',
  'grew grow growth growing increased increase rose wuchs wachstum gewachsen croissance crecio crecimiento',
  'million millions mio mn millionen millones',
  'company firm business enterprise unternehmen firma entreprise societe empresa',
  'software platform tool plattform plateforme logiciel plataforma',
  'plant factory works werk fabrik fertigung usine planta',
  'plans plan planned planning intends intend aims planen plant geplant prevoit prevu planea previsto will',
  'lead leads led leader leads head heads headed leitet geleitet dirige dirigee dirigida',
  'year annual annually yearly jahr jahrlich annuel annuelle an ano anual',
  'no none without lacks lack missing ohne kein keine sans aucun aucune sin ningun ninguna',
  'germany deutschland allemagne alemania german deutsche deutsch',
  'france frankreich francia',
  'spain spanien espagne espana',
  'switzerland schweiz suisse suiza',
  'austria osterreich autriche',
  'italy italien italie italia',
  'netherlands niederlande',
  'munich munchen',
  'cologne koln',
  'vienna wien',
  'zurich',
  'nuremberg nurnberg',
  'geneva genf geneve',
  'milan mailand milano',
  'brussels brussel bruxelles',
  'uk britain royaume',
  'usa us',
]

/** Irregular verbs: one row, one verb. */
const IRREGULAR =
  'won win wins winning|gave give gives given|built build builds|sold sell sells|bought buy buys|made make makes|brought bring brings|took take takes taken|ran run runs running|met meet meets|spent spend spends|kept keep keeps|held hold holds|began begin begins|became become becomes|left leave leaves leaving|lost lose loses losing|fell fall falls|chose choose chooses chosen|found find finds|paid pay pays|got get gets|went go goes|wrote write writes written|grew grow grows|rose rise rises|drew draw draws|taught teach teaches|came come comes|did do does|gewann gewinnt gewonnen|gab gibt gegeben|nahm nimmt genommen|fand findet gefunden|stieg steigt gestiegen'

const ENDINGS = [
  'innen',
  'ungen',
  'ation',
  'ements',
  'ement',
  'ments',
  'ingly',
  'ment',
  'ions',
  'ness',
  'ings',
  'ung',
  'ing',
  'ion',
  'ies',
  'ern',
  'erin',
  'ers',
  'ees',
  'en',
  'ed',
  'er',
  'es',
  'em',
  'ly',
  'in',
  'e',
  's',
  'n',
  'y',
  'o',
  'a',
]

/** A crude stem, only ever compared with other stems: at least four letters stay. */
export function stem(word: string): string {
  let result = word.replace(/'s$|'$/, '').replace(/^(?:l|d|qu|n|s|j)'/, '')
  if (/\d|^title/.test(result)) return result
  for (let round = 0; round < 2; round++) {
    const ending = ENDINGS.find(end => result.endsWith(end) && result.length - end.length >= 4)
    if (!ending) break
    result = result.slice(0, -ending.length)
  }
  return result
}

const MEANINGS = new Map<string, Set<number>>()
;[...SYNONYMS, ...IRREGULAR.split('|')].forEach((row, index) => {
  for (const word of row.split(' ')) {
    for (const form of [word, stem(word)]) {
      const set = MEANINGS.get(form) ?? new Set<number>()
      MEANINGS.set(form, set.add(index))
    }
  }
})

export function isStopWord(folded: string): boolean {
  return STOP.has(folded) || (folded.length === 1 && !/\d/.test(folded))
}

/** Whether two folded words say the same: equal stems, one a longer form of the other, or synonyms. */
export function sameWord(a: string, b: string): boolean {
  if (a === b) return true
  const left = stem(a)
  const right = stem(b)
  if (left === right) return true
  const [short, long] = left.length < right.length ? [left, right] : [right, left]
  if (short.length >= 5 && long.startsWith(short) && long.length - short.length <= 4) return true
  return sharesMeaning(a, left, b, right)
}

function sharesMeaning(a: string, left: string, b: string, right: string): boolean {
  const first = MEANINGS.get(a) ?? MEANINGS.get(left)
  const second = MEANINGS.get(b) ?? MEANINGS.get(right)
  if (!first || !second) return false
  for (const meaning of first) if (second.has(meaning)) return true
  return false
}

/** Job titles in several spellings, longest first, as one token each, so that "CEO" meets "chief executive". */
const TITLES: [RegExp, string][] = [
  [/\b(?:chief executive(?: officer)?|ceo|vorstandsvorsitzender?|vorstandsvorsitzende)\b/g, 'titleceo'],
  [/\b(?:die geschafte fuhrt|fuhrt die geschafte|geschaftsfuhrung)\b/g, 'titlemd'],
  [/\b(?:chief operating officer|coo)\b/g, 'titlecoo'],
  [/\b(?:chief financial officer|finance chief|cfo|finanzvorstand)\b/g, 'titlecfo'],
  [/\b(?:chief technology officer|chief technical officer|cto)\b/g, 'titlecto'],
  [/\b(?:chief marketing officer|cmo)\b/g, 'titlecmo'],
  [/\b(?:chief information officer|cio)\b/g, 'titlecio'],
  [/\b(?:chief product officer|cpo)\b/g, 'titlecpo'],
  [/\b(?:chief revenue officer|cro)\b/g, 'titlecro'],
  [/\b(?:chief information security officer|ciso)\b/g, 'titleciso'],
  [/\b(?:vice president|vp)\b/g, 'titlevp'],
  [
    /\b(?:managing directors?|md|geschaftsfuhrer(?:in|innen)?|geschaftsfuhrend\w*|directeur general|directrice generale|director general|directora general|gerente general)\b/g,
    'titlemd',
  ],
  [
    /\b(?:co-?founders?|mitgrunder(?:in)?|cofondateur|cofondatrice|cofundador|cofundadora)\b/g,
    'titlecofounder founder',
  ],
]

/** The text folded, with job titles in one spelling. Offsets are lost: only for comparing words. */
export function foldTitles(text: string): string {
  let folded = fold(text)
  for (const [form, title] of TITLES) folded = folded.replace(form, ` ${title} `)
  return folded
}

/** Where titles of one known spelling stand in a text. */
export function titleSpans(text: string): { start: number; end: number; title: string }[] {
  // Folding changes lengths only where a letter has no plain form: then offsets are a little off, which clauses forgive.
  const folded = fold(text)
  return TITLES.flatMap(([form, title]) =>
    [...folded.matchAll(form)].map(match => ({ start: match.index, end: match.index + match[0].length, title })),
  )
}

/** The folded words of a text as its rules compare them: titles unified, then split. */
export function comparable(text: string): string[] {
  return tokens(foldTitles(text)).map(token => token.fold)
}

/** The words of a value that have to be found, with numbers left out. */
export function contentTokens(text: string): Token[] {
  return tokens(text).filter(token => !/^\d/.test(token.fold) && !isStopWord(token.fold))
}
