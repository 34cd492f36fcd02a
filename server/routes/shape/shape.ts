/** The shape of the business: pipelines, custom fields, products, prices, working hours. */
import { type AppOptions, createGroup } from '../../api/api.ts'
import { customFields } from './custom-fields.ts'
import { pipelines } from './pipelines.ts'
import { priceLists } from './price-lists.ts'
import { products } from './products.ts'
import { workingHoursRoutes } from './working-hours.ts'

export function shape(options: AppOptions) {
  return createGroup()
    .route('/', pipelines(options))
    .route('/', customFields(options))
    .route('/', products(options))
    .route('/', priceLists(options))
    .route('/', workingHoursRoutes(options))
}
