/** The shape of the business: pipelines, custom fields, products, prices, working hours. */
import { type AppOptions, createGroup } from '../../api/api.ts'
import { pipelines } from './pipelines.ts'

export function shape(options: AppOptions) {
  return createGroup().route('/', pipelines(options))
}
