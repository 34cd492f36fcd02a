/** Who of us looks after a country. */
import type { WorldUser } from '../types.ts'
import { TERRITORIES, USERS } from './users.ts'

/** The rep whose territory the country lies in; those who share one take turns. Unclaimed countries go to the first rep. */
export function ownerOf(country: string, turn: number): WorldUser {
  const reps = TERRITORIES.find(t => t.countries.includes(country))?.reps ?? []
  const rep = USERS.find(user => user.id === reps[turn % reps.length])
  return rep ?? (USERS[0] as WorldUser)
}
