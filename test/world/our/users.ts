/** The people and territories on our side. */
import type { Territory, WorldUser } from '../types.ts'

const mailOf = (first: string): string => `${first}@fettlework.example`
const sign = (name: string, title: string): string => `${name}\n${title}, Fettlework\n+44 20 5550 0180`

export const USERS: WorldUser[] = [
  {
    id: 'user-mara',
    name: 'Mara Ellwood',
    email: mailOf('mara'),
    role: 'rep',
    zone: 'Europe/London',
    signature: sign('Mara Ellwood', 'Account Executive'),
  },
  {
    id: 'user-jonas',
    name: 'Jonas Reiter',
    email: mailOf('jonas'),
    role: 'rep',
    zone: 'Europe/Berlin',
    signature: sign('Jonas Reiter', 'Account Executive'),
  },
  {
    id: 'user-celia',
    name: 'Celia Marchbank',
    email: mailOf('celia'),
    role: 'manager',
    zone: 'Europe/London',
    signature: sign('Celia Marchbank', 'Head of Sales'),
  },
  {
    id: 'user-theo',
    name: 'Theo Adeyinka',
    email: mailOf('theo'),
    role: 'ops',
    zone: 'Europe/London',
    signature: sign('Theo Adeyinka', 'Sales Operations'),
  },
]

export const TERRITORIES: Territory[] = [
  {
    name: 'British Isles and North America',
    countries: ['United Kingdom', 'Ireland', 'United States'],
    reps: ['user-mara'],
  },
  { name: 'German-speaking countries', countries: ['Germany', 'Austria', 'Switzerland'], reps: ['user-jonas'] },
  {
    name: 'Western Europe',
    countries: ['France', 'Belgium', 'Netherlands', 'Spain'],
    reps: ['user-mara', 'user-jonas'],
  },
]
