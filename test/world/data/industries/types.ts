/** What an industry is made of, in three languages. Phrases fit the slots of the sentences: see each field. */
import type { SiteLang } from '../../types.ts'

export interface Product {
  name: string
  /** A noun phrase without article in English and German, with article in French. */
  what: Record<SiteLang, string>
}

export interface Industry {
  key: string
  fit: boolean
  /** Reads after "a company in …": `food packaging`. */
  label: Record<SiteLang, string>
  /** Second words of company names. */
  words: Record<'en' | 'de' | 'fr', string[]>
  /** A plural noun phrase for what they provide; German in the accusative, French with `des`. */
  provides: Record<SiteLang, string[]>
  products: Product[]
  /** Plural machinery that can stand still. */
  assets: Record<SiteLang, string[]>
  roles: Record<SiteLang, string[]>
  awards: string[]
  /** Plain business talk for the pages, without any fact. */
  filler: Record<SiteLang, string[]>
}

/** Roles that any works hires for. */
export const ROLES: Record<SiteLang, string[]> = {
  en: [
    'maintenance technicians',
    'electrical fitters',
    'a reliability engineer',
    'a production planner',
    'shift supervisors',
    'a spare-parts coordinator',
  ],
  de: [
    'Instandhaltungstechniker',
    'Elektroniker für Betriebstechnik',
    'Mechatronikerinnen und Mechatroniker',
    'Schichtleiter',
    'Fachkräfte für Lagerlogistik',
  ],
  fr: [
    'des techniciens de maintenance',
    'des électromécaniciens',
    'un planificateur de production',
    'des chefs d’équipe',
    'un magasinier pièces de rechange',
  ],
}
