/** Who we are, and the terms on which agents and people decide: one row, changed field by field. */
import { DealwrightError } from '../../domain/errors.ts'
import { must, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'

export interface OrganisationTerms {
  name: string
  domain: string | null
  /** Of amounts that name none. */
  currency: string
  zone: string
  country: string | null
  /** For the footer of mails. */
  address: string | null
  approversTwoFactor: boolean
  /** Working hours of whoever decides. */
  remindAfterHours: number
  escalateAfterHours: number
  /** What a class of actions has to show, and one in how many people go on seeing. */
  autonomyLevel: number
  autonomyCases: number
  autonomySample: number
}

export type OrganisationChange = { [F in keyof OrganisationTerms]?: OrganisationTerms[F] | undefined }

const COLUMNS: Readonly<Record<keyof OrganisationTerms, string>> = {
  name: 'name',
  domain: 'domain',
  currency: 'currency',
  zone: 'zone',
  country: 'country',
  address: 'address',
  approversTwoFactor: 'approvers_two_factor',
  remindAfterHours: 'remind_after_hours',
  escalateAfterHours: 'escalate_after_hours',
  autonomyLevel: 'autonomy_level',
  autonomyCases: 'autonomy_cases',
  autonomySample: 'autonomy_sample',
}
const FIELDS = Object.keys(COLUMNS) as (keyof OrganisationTerms)[]
const AUTONOMY: readonly (keyof OrganisationTerms)[] = ['autonomyLevel', 'autonomyCases', 'autonomySample']

const read = (sql: Sql, tail = ''): Promise<OrganisationTerms> =>
  must(
    'organisation',
    'own',
    sql.row<OrganisationTerms>(`select ${Object.values(COLUMNS).join(', ')} from organisation limit 1 ${tail}`),
  )

/** @throws DealwrightError `not_found` before set-up */
export const organisationTerms = (sql: Sql): Promise<OrganisationTerms> => read(sql)
export const lockedOrganisation = (tx: Tx): Promise<OrganisationTerms> => read(tx, 'for update')

/** Call it locked. @throws DealwrightError `bad_input` where people would be told of a reminder after those above them */
export async function changeOrganisation(
  tx: Tx,
  before: OrganisationTerms,
  change: OrganisationChange,
  by: string,
): Promise<OrganisationTerms> {
  const fields = FIELDS.filter(field => change[field] !== undefined && change[field] !== before[field])
  if (fields.length === 0) return before
  const { remindAfterHours, escalateAfterHours } = { ...before, ...defined(change) }
  if (escalateAfterHours < remindAfterHours)
    throw new DealwrightError(
      'bad_input',
      `escalateAfterHours: ${escalateAfterHours} is before the reminder after ${remindAfterHours}: tell those above later than those who decide.`,
    )
  await tx.run(
    `update organisation set ${fields.map((field, n) => `${COLUMNS[field]} = $${n + 1}`).join(', ')}`,
    fields.map(field => change[field]),
  )
  const after = await read(tx)
  await tell(tx, after, fields, by)
  return after
}

const defined = (change: OrganisationChange): Partial<OrganisationTerms> =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))

/** What has an event of its own is told by it. */
async function tell(tx: Tx, after: OrganisationTerms, fields: readonly string[], actor: string): Promise<void> {
  const of = { actor, target: 'organisation', targetId: 'own' } as const
  const { approversTwoFactor, autonomyLevel, autonomyCases: cases, autonomySample: sample } = after
  if (fields.includes('approversTwoFactor'))
    await audit(tx, { ...of, type: 'sign_in.rules_changed', data: { approversTwoFactor } })
  if (AUTONOMY.some(field => fields.includes(field)))
    await audit(tx, { ...of, type: 'autonomy.changed', data: { level: String(autonomyLevel), cases, sample } })
  const own = ['approversTwoFactor', ...AUTONOMY]
  const others = fields.filter(field => !own.includes(field))
  if (others.length > 0) await audit(tx, { ...of, type: 'organisation.changed', data: { fields: others } })
}
