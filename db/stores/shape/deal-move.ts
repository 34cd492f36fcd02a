/** A deal's move from one stage to another: whether the stage it leaves lets it go. */
import type { Viewer } from '../../../domain/access/viewer.ts'
import { DealwrightError } from '../../../domain/errors.ts'
import { askedFields } from '../../../domain/shape/asked-fields.ts'
import {
  brokenRules,
  type DealField,
  type DealState,
  type ExitRule,
  isForward,
} from '../../../domain/shape/exit-rules.ts'
import { must, type Sql, type Tx } from '../../sql.ts'
import { seenRecord, type Seen } from '../crm/read.ts'

interface StageFacts {
  id: string
  name: string
  pipelineId: string
  position: number
  kind: string
  exitRules: ExitRule[]
  archived: boolean
}

const stageFacts = (sql: Sql, id: string): Promise<StageFacts> =>
  must(
    'stage',
    id,
    sql.row<StageFacts>(
      `select s.id, s.name, s.pipeline_id, s.position, s.kind, s.exit_rules, (s.archived_at is not null or p.archived_at is not null) as archived
       from stage s join pipeline p on p.id = s.pipeline_id where s.id = $1`,
      [id],
    ),
  )

/** Custom fields of deals in use, as conditions know them. */
export const dealFields = (sql: Sql): Promise<DealField[]> =>
  sql.rows<DealField>(
    `select key, type, choices from custom_field where kind = 'deal' and archived_at is null order by key`,
  )

const dealState = (sql: Sql, id: string): Promise<DealState> =>
  must(
    'deal',
    id,
    sql
      .row<{ state: DealState }>(
        `select jsonb_build_object('name', d.name, 'stage', s.name, 'amount', d.amount_minor / 100.0, 'currency', d.currency, 'close_date', d.close_date,
           'next_step', d.next_step, 'has_account', d.account_id is not null, 'has_contact', d.contact_id is not null,
           'has_owner', coalesce(d.owner_id::text, d.owner_name) is not null, 'has_product', d.product_id is not null, 'custom', d.custom) as state
         from deal d join stage s on s.id = d.stage_id where d.id = $1`,
        [id],
      )
      .then(row => row?.state ?? null),
  )

/** The rules of the stage it leaves that the deal, as it stands now, does not meet; none where the way is free. */
export async function unmetOnMove(sql: Sql, dealId: string, from: string, to: string): Promise<ExitRule[]> {
  if (from === to) return []
  const [left, entered] = [await stageFacts(sql, from), await stageFacts(sql, to)]
  if (left.exitRules.length === 0 || !isForward(left, entered)) return []
  const state = await dealState(sql, dealId)
  return brokenRules(left.exitRules, await dealFields(sql), { ...state, stage: left.name })
}

/** What still stands in the way of a deal to a stage, and which fields that is about. @throws DealwrightError `not_found`, `bad_input`, `conflict` */
export async function wayOf(
  sql: Sql,
  viewer: Viewer,
  dealId: string,
  to: string | undefined,
): Promise<{ unmet: { message: string }[]; asks: string[] }> {
  const { stageId } = await seenRecord<Seen & { stageId: string }>(sql, viewer, 'deal', dealId)
  // Asked for here, so that nobody learns by the answer whether there is such a deal.
  if (to === undefined) throw new DealwrightError('bad_input', 'to: say to which stage.')
  await requireStageInUse(sql, to)
  const unmet = await unmetOnMove(sql, dealId, stageId, to)
  const asks = [...new Set(unmet.flatMap(({ rule }) => askedFields(rule)))]
  return { unmet: unmet.map(({ message }) => ({ message })), asks }
}

/** Messages of the rules in one sentence. */
export const inWords = (rules: readonly ExitRule[]): string => rules.map(({ message }) => message).join(' · ')

/**
 * Call it when the other changes of the same request are written, so that the deal is judged as it will be.
 * @throws DealwrightError `exit_rules_unmet` with the message of each; `not_found` for a stage out of use
 */
export async function requireFreeWay(tx: Tx, dealId: string, from: string, to: string): Promise<void> {
  const unmet = await unmetOnMove(tx, dealId, from, to)
  if (unmet.length === 0) return
  throw new DealwrightError('exit_rules_unmet', `Deal ${dealId} cannot move on yet: ${inWords(unmet)}`)
}

/** @throws DealwrightError `conflict` for a stage that is archived, or of an archived pipeline */
export async function requireStageInUse(sql: Sql, id: string): Promise<void> {
  const { archived, name } = await stageFacts(sql, id)
  if (archived) throw new DealwrightError('conflict', `Stage ${name} is archived: choose another.`)
}
