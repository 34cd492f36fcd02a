/** What a company says of itself: size, age, places, trade. */
import { ownAddress } from './address.ts'
import { bracketed } from './brackets.ts'
import { contacts } from './contacts.ts'
import { description } from './description.ts'
import { founded } from './founding.ts'
import { offering } from './offering.ts'
import { headquarters, offices } from './places.ts'
import type { Rule } from './rule.ts'
import { employees } from './staff.ts'
import { industry } from './trade.ts'

export const COMPANY_RULES: readonly Rule[] = [
  employees,
  founded,
  headquarters,
  offices,
  industry,
  offering,
  description,
  contacts,
  bracketed,
  ownAddress,
]
