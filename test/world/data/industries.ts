/** What the companies of the world do. */
import { FOOD_AND_PACKAGING } from './industries/food-and-packaging.ts'
import { MAKING } from './industries/making.ts'
import { SERVICES } from './industries/services.ts'
import { SMALL_FIRMS } from './industries/small-firms.ts'
import type { Industry } from './industries/types.ts'

export type { Industry, Product } from './industries/types.ts'

export const INDUSTRIES: Industry[] = [...FOOD_AND_PACKAGING, ...MAKING, ...SERVICES, ...SMALL_FIRMS]

/** Systems that orders, stock and purchasing run on: a company has one. */
export const TECHNOLOGIES = [
  'SAP S/4HANA',
  'SAP Business One',
  'Microsoft Dynamics 365',
  'Odoo',
  'Infor LN',
  'Sage 200',
  'abas ERP',
  'proALPHA',
  'IFS Cloud',
]
