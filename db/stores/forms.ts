/** Forms of our site: through which leads come in from people who are not signed in. */
import { randomBytes } from 'node:crypto'
import { must, type Sql, type Tx } from '../sql.ts'
import { audit } from './audit.ts'

export interface LeadForm {
  id: string
  name: string
  key: string
  campaign: string | null
  received: number
  spam: number
  closedAt: Date | null
  createdAt: Date
}

const FORM = 'id, name, key, campaign, received, spam, closed_at, created_at'

export const leadForms = (sql: Sql): Promise<LeadForm[]> =>
  sql.rows<LeadForm>(`select ${FORM} from lead_form order by created_at, id`)

/** The open form of this key. @throws DealwrightError `not_found` */
export const openForm = (sql: Sql, key: string): Promise<LeadForm> =>
  must('form', key, sql.row<LeadForm>(`select ${FORM} from lead_form where key = $1 and closed_at is null`, [key]))

export const lockForm = (tx: Tx, id: string): Promise<LeadForm> =>
  must('form', id, tx.row<LeadForm>(`select ${FORM} from lead_form where id = $1 for update`, [id]))

export async function makeForm(
  tx: Tx,
  fields: { name: string; campaign: string | null },
  userId: string,
): Promise<LeadForm> {
  const row = await tx.row<LeadForm>(
    `insert into lead_form (name, key, campaign, created_by) values ($1, $2, $3, $4) returning ${FORM}`,
    [fields.name, `form_${randomBytes(12).toString('base64url')}`, fields.campaign, userId],
  )
  const made = row as LeadForm
  await audit(tx, { actor: `user:${userId}`, type: 'lead_form.created', target: 'lead_form', targetId: made.id })
  return made
}

export interface FormChange {
  name?: string | undefined
  campaign?: string | null | undefined
  open?: boolean | undefined
}

export async function changeForm(tx: Tx, id: string, change: FormChange, userId: string): Promise<LeadForm> {
  const row = await tx.row<LeadForm>(
    `update lead_form set name = coalesce($2, name), campaign = case when $3 then $4 else campaign end,
       closed_at = case when $5 then null when $5 = false then coalesce(closed_at, now()) else closed_at end
     where id = $1 returning ${FORM}`,
    [id, change.name ?? null, change.campaign !== undefined, change.campaign ?? null, change.open ?? null],
  )
  const fields = Object.keys(change).filter(name => change[name as keyof FormChange] !== undefined)
  await audit(tx, {
    actor: `user:${userId}`,
    type: 'lead_form.changed',
    target: 'lead_form',
    targetId: id,
    data: { fields },
  })
  return row as LeadForm
}

export async function countReceived(tx: Tx, id: string, what: 'received' | 'spam'): Promise<void> {
  await tx.run(`update lead_form set ${what} = ${what} + 1 where id = $1`, [id])
}
