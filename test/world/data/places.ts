/** Countries the world's companies live in: cities, streets, legal forms, telephone prefixes, name culture. */
import type { SiteLang } from '../types.ts'

export interface Place {
  country: string
  /** The country's name as its own pages write it. */
  local: string
  culture: 'en' | 'de' | 'fr' | 'nl' | 'es'
  /** Languages a site there may be in. */
  siteLangs: SiteLang[]
  zone: string
  currency: '€' | '£' | '$' | 'CHF '
  legal: string[]
  dial: string
  cities: string[]
  streets: string[]
  postcode: (digits: (n: number) => string) => string
  /** How many of the companies live here, relative to the others. */
  weight: number
}

export const PLACES: Place[] = [
  {
    country: 'United Kingdom',
    local: 'United Kingdom',
    culture: 'en',
    siteLangs: ['en'],
    zone: 'Europe/London',
    currency: '£',
    legal: ['Ltd', 'Limited', 'plc'],
    dial: '+44',
    cities: ['Leeds', 'Norwich', 'Bristol', 'Sheffield', 'Derby', 'Swansea', 'Dundee', 'Preston', 'Hull', 'Exeter'],
    streets: ['Canal Street', 'Foundry Lane', 'Mill Road', 'Station Approach', 'Kiln Way', 'Dock Road'],
    postcode: d => `LX${d(1)} ${d(1)}QT`,
    weight: 5,
  },
  {
    country: 'Ireland',
    local: 'Ireland',
    culture: 'en',
    siteLangs: ['en'],
    zone: 'Europe/Dublin',
    currency: '€',
    legal: ['Ltd', 'DAC'],
    dial: '+353',
    cities: ['Cork', 'Galway', 'Limerick', 'Athlone', 'Waterford'],
    streets: ['Quay Road', 'Abbey Street', 'Harbour View'],
    postcode: d => `X${d(2)} W${d(3)}`,
    weight: 1,
  },
  {
    country: 'United States',
    local: 'USA',
    culture: 'en',
    siteLangs: ['en'],
    zone: 'America/Chicago',
    currency: '$',
    legal: ['Inc.', 'LLC', 'Corp.'],
    dial: '+1',
    cities: ['Milwaukee', 'Columbus', 'Grand Rapids', 'Omaha', 'Chattanooga', 'Fort Wayne', 'Rockford', 'Knoxville'],
    streets: ['Industrial Parkway', 'Commerce Drive', 'Depot Street', 'Riverside Avenue'],
    postcode: d => `0${d(4)}`,
    weight: 4,
  },
  {
    country: 'Germany',
    local: 'Deutschland',
    culture: 'de',
    siteLangs: ['de', 'de', 'en'],
    zone: 'Europe/Berlin',
    currency: '€',
    legal: ['GmbH', 'GmbH & Co. KG', 'AG'],
    dial: '+49',
    cities: ['Bielefeld', 'Ulm', 'Kassel', 'Augsburg', 'Osnabrück', 'Chemnitz', 'Münster', 'Göttingen', 'Rostock'],
    streets: ['Hafenstraße', 'Am Güterbahnhof', 'Gewerbepark', 'Mühlenweg', 'Industriestraße'],
    postcode: d => `0${d(4)}`,
    weight: 4,
  },
  {
    country: 'Austria',
    local: 'Österreich',
    culture: 'de',
    siteLangs: ['de', 'en'],
    zone: 'Europe/Vienna',
    currency: '€',
    legal: ['GmbH', 'AG'],
    dial: '+43',
    cities: ['Linz', 'Graz', 'Wels', 'Villach', 'Dornbirn'],
    streets: ['Werksgasse', 'Lagerstraße', 'Bahnzeile'],
    postcode: d => d(4),
    weight: 1,
  },
  {
    country: 'Switzerland',
    local: 'Schweiz',
    culture: 'de',
    siteLangs: ['de', 'en'],
    zone: 'Europe/Zurich',
    currency: 'CHF ',
    legal: ['AG', 'GmbH'],
    dial: '+41',
    cities: ['Winterthur', 'Olten', 'Thun', 'Frauenfeld'],
    streets: ['Werkstrasse', 'Seestrasse', 'Industrieweg'],
    postcode: d => d(4),
    weight: 1,
  },
  {
    country: 'France',
    local: 'France',
    culture: 'fr',
    siteLangs: ['fr', 'fr', 'en'],
    zone: 'Europe/Paris',
    currency: '€',
    legal: ['SAS', 'SARL', 'SA'],
    dial: '+33',
    cities: ['Nantes', 'Angers', 'Dijon', 'Limoges', 'Rouen', 'Metz', 'Valence', 'Poitiers'],
    streets: ['rue des Ateliers', 'avenue de la Gare', 'quai du Port', 'chemin des Forges'],
    postcode: d => `0${d(4)}`,
    weight: 2,
  },
  {
    country: 'Belgium',
    local: 'Belgique',
    culture: 'fr',
    siteLangs: ['fr', 'en'],
    zone: 'Europe/Brussels',
    currency: '€',
    legal: ['SA', 'SRL'],
    dial: '+32',
    cities: ['Namur', 'Liège', 'Charleroi', 'Tournai'],
    streets: ['rue du Canal', 'chaussée de Mons', 'rue de la Verrerie'],
    postcode: d => d(4),
    weight: 1,
  },
  {
    country: 'Netherlands',
    local: 'Nederland',
    culture: 'nl',
    siteLangs: ['en'],
    zone: 'Europe/Amsterdam',
    currency: '€',
    legal: ['B.V.', 'N.V.'],
    dial: '+31',
    cities: ['Zwolle', 'Breda', 'Tilburg', 'Arnhem', 'Deventer', 'Venlo'],
    streets: ['Havenweg', 'Fabriekstraat', 'Kanaaldijk'],
    postcode: d => `${d(4)} XZ`,
    weight: 2,
  },
  {
    country: 'Spain',
    local: 'España',
    culture: 'es',
    siteLangs: ['en'],
    zone: 'Europe/Madrid',
    currency: '€',
    legal: ['S.L.', 'S.A.'],
    dial: '+34',
    cities: ['Zaragoza', 'Valladolid', 'Vigo', 'Murcia', 'Pamplona'],
    streets: ['Polígono Sur, calle', 'avenida del Puerto', 'calle de la Estación'],
    postcode: d => `0${d(4)}`,
    weight: 1,
  },
]

/** Cities for branch offices, plants and markets, none of them anyone's seat. */
export const BRANCH_CITIES = [
  'Gdynia',
  'Brno',
  'Porto',
  'Malmö',
  'Aarhus',
  'Tampere',
  'Ghent',
  'Verona',
  'Maribor',
  'Košice',
  'Győr',
  'Poznań',
  'Turku',
  'Bergamo',
  'Toulon',
  'Leipzig',
  'Rotterdam',
  'Cardiff',
  'Antwerp',
  'Bologna',
]

/** Earlier sites, since closed: used by traps and closures only. */
export const OLD_CITIES = ['Wigan', 'Halle', 'Roubaix', 'Split', 'Plzeň', 'Odense', 'Terni', 'Bytom', 'Huelva', 'Genk']
