/** Public holidays by country and region, from the tables of `date-holidays`. Pure: no clock, no network. */
import Holidays from 'date-holidays'
import { DealwrightError } from '../errors.ts'
import type { IsHoliday } from './calendar.ts'

/** Tables are dear to build (some 20 ms with a year) and never change, so each place has one for the life of the process. */
const places = new Map<string, IsHoliday>()

/**
 * The public holidays of a country (`DE`) or one of its regions (`DE`, `BY`). Bank, school and optional days are working
 * days here. Throws `bad_input` for a place the tables do not know.
 */
export function holidaysOf(country: string, region?: string): IsHoliday {
  const place = `${country}/${region ?? ''}`.toUpperCase()
  const known = places.get(place)
  if (known) return known
  const isHoliday = build(country.toUpperCase(), region?.toUpperCase())
  places.set(place, isHoliday)
  return isHoliday
}

function build(country: string, region: string | undefined): IsHoliday {
  const table = new Holidays()
  if (!Object.hasOwn(table.getCountries(), country)) {
    throw new DealwrightError('bad_input', `'${country}' is no known country code: write one such as DE, US or JP.`)
  }
  if (region === undefined) table.init(country)
  else if (Object.hasOwn(table.getStates(country) ?? {}, region)) table.init(country, region)
  else throw new DealwrightError('bad_input', `'${region}' is no known region of ${country}.`)
  const years = new Map<number, Set<string>>()
  const inYear = (year: number) => {
    const known = years.get(year)
    if (known) return known
    const dates = datesOff(table, year)
    years.set(year, dates)
    return dates
  }
  // A holiday of several days may begin in December and end in January.
  return date => inYear(Number(date.slice(0, 4))).has(date) || inYear(Number(date.slice(0, 4)) - 1).has(date)
}

/**
 * A holiday names its local date and lasts one day or several; a clock change makes one an hour shorter or longer. What begins
 * at noon or later leaves a working day, and so does the eve on which some begin at sunset.
 */
function datesOff(table: Holidays, year: number): Set<string> {
  const dates = new Set<string>()
  for (const holiday of table.getHolidays(year)) {
    if (holiday.type !== 'public' || holiday.date.slice(11, 19) !== '00:00:00') continue
    const hours = (holiday.end.getTime() - holiday.start.getTime()) / 3_600_000
    const first = Date.parse(`${holiday.date.slice(0, 10)}T00:00:00Z`)
    for (let day = 0; day < Math.max(1, Math.floor((hours + 1) / 24)); day++) {
      dates.add(new Date(first + day * 86_400_000).toISOString().slice(0, 10))
    }
  }
  return dates
}
