/** The columns an import reads and writes: field, column and type, by table. Names reach SQL text from here alone. */
import type { Table } from '../../domain/import/merge/words.ts'

export interface Column {
  field: string
  column: string
  type: 'text' | 'uuid' | 'integer' | 'bigint' | 'date' | 'jsonb'
}

const column = (field: string, type: Column['type'] = 'text'): Column => ({
  field,
  column: field.replace(/[A-Z]/g, letter => `_${letter.toLowerCase()}`),
  type,
})

export const COLUMNS: Record<Table, Column[]> = {
  account: [
    column('name'),
    column('nameKey'),
    column('domain'),
    column('website'),
    column('industry'),
    column('country'),
    column('city'),
    column('employees', 'integer'),
    column('revenueMinor', 'bigint'),
    column('currency'),
    column('founded', 'integer'),
    column('phone'),
    column('parentName'),
    column('ownerId', 'uuid'),
    column('custom', 'jsonb'),
  ],
  contact: [
    column('accountId', 'uuid'),
    column('name'),
    column('nameKey'),
    column('firstName'),
    column('lastName'),
    column('title'),
    column('email'),
    column('emailKey'),
    column('phone'),
    column('country'),
    column('language'),
    column('lawfulBasis'),
    column('lawfulBasisOn', 'date'),
    column('lawfulBasisNote'),
    column('origin'),
    column('originId'),
    column('custom', 'jsonb'),
  ],
  product: [
    column('name'),
    column('nameKey'),
    column('series'),
    column('priceMinor', 'bigint'),
    column('currency'),
    column('custom', 'jsonb'),
  ],
  lead: [
    column('contactId', 'uuid'),
    column('accountId', 'uuid'),
    column('messageSourceId', 'uuid'),
    column('source'),
    column('status'),
    column('ownerId', 'uuid'),
    column('campaign'),
    column('custom', 'jsonb'),
  ],
  deal: [
    column('name'),
    column('accountId', 'uuid'),
    column('contactId', 'uuid'),
    column('ownerId', 'uuid'),
    column('ownerName'),
    column('pipelineId', 'uuid'),
    column('stageId', 'uuid'),
    column('productId', 'uuid'),
    column('amountMinor', 'bigint'),
    column('currency'),
    column('closeDate', 'date'),
    column('engagedOn', 'date'),
    column('nextStep'),
    column('source'),
    column('custom', 'jsonb'),
  ],
}

/** Tables whose rows tell when they last changed. */
export const HAS_UPDATED_AT: Record<Table, boolean> = {
  account: true,
  contact: true,
  product: false,
  lead: true,
  deal: true,
}
