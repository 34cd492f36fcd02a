/** What stands above every allowance, looked at in the transaction of the claim and by the database's clock. */
import { capsFor, type Limits, quietUntil, WINDOW } from '../../domain/policy/limits.ts'
import { localTime } from '../../domain/policy/local-time.ts'
import { readPolicy } from '../../domain/policy/parse.ts'
import type { Sql, Tx } from '../sql.ts'
import type { Action } from './actions.ts'
import type { ClaimRefusal } from './claims.ts'
import { neverContacted } from './never-contact.ts'
import { definitionInForce } from './playbooks.ts'
import { recipientDomain } from './policy-subject.ts'
import { stopped } from './stops.ts'

/** Nobody on the never-contact list is written to; and nothing happens that is stopped. */
export async function forbiddenFirst(tx: Tx, action: Action): Promise<ClaimRefusal | null> {
  const never = await neverContacted(tx, action)
  if (never) return { code: 'never_contact', why: `nobody may write to them: ${never}`, settle: 'failed' }
  return stopped(tx, action)
}

/** Quiet hours and caps, of mail. Caps last: what they count is what leaves. */
export async function limitedLast(tx: Tx, action: Action): Promise<ClaimRefusal | null> {
  if (action.kind !== 'send_mail') return null
  const limits = await limitsInForce(tx)
  if (limits === null)
    return {
      code: 'limits_unreadable',
      why: 'the limits of the policy in force cannot be read: publish it anew',
      settle: 'wait',
    }
  return (await quiet(tx, action, limits)) ?? capped(tx, action, limits)
}

let read: { id: string; limits: Limits | null } | null = null

async function limitsInForce(sql: Sql): Promise<Limits | null> {
  const definition = await definitionInForce(sql, 'policy')
  if (!definition) return {}
  if (read?.id !== definition.id)
    read = { id: definition.id, limits: readPolicy(definition.text, 'policy').policy?.limits ?? null }
  return read.limits
}

interface Where {
  zone: string | null
  runZone: string | null
  orgZone: string | null
  country: string | null
  now: Date
}

async function quiet(tx: Tx, action: Action, limits: Limits): Promise<ClaimRefusal | null> {
  if (!limits.quiet_hours?.length) return null
  const row = await tx.row<Where>(
    `select c.zone, r.zone as run_zone, (select zone from organisation limit 1) as org_zone, coalesce(c.country, a.country, r.country) as country,
       clock_timestamp() as now
     from (select 1) one left join contact c on c.id = $1 left join account a on a.id = c.account_id left join run r on r.id = $2`,
    [action.contactId, action.runId],
  )
  const { now, country, ...zones } = row as Where
  const { zone } = localTime(now, [zones.zone, zones.runZone, zones.orgZone])
  const found = quietUntil(limits, { zone, country }, now.toISOString())
  if (!found) return null
  const why = `${found.name}: not before ${found.until} at the recipient’s (${zone})`
  return { code: 'quiet_hours', why, settle: 'wait', until: new Date(found.until) }
}

interface Place {
  mailbox: string | null
  team: string | null
  playbook: string | null
}

async function capped(tx: Tx, action: Action, limits: Limits): Promise<ClaimRefusal | null> {
  if (!limits.caps?.length) return null
  const row = await tx.row<Place>(
    `select m.address as mailbox, t.name as team, r.playbook from (select 1) one left join mailbox m on m.id = $1
       left join "user" u on u.id = coalesce(m.user_id, $3) left join team t on t.id = u.team_id left join run r on r.id = $2`,
    [action.mailboxId, action.runId, action.ownerId],
  )
  const counted = capsFor(limits, { ...(row as Place), recipientDomain: recipientDomain(action) ?? '' })
  // Two claims cannot both take the last place. Always in the same order, so that no two wait for each other.
  const locks = [...new Set(counted.map(({ cap, value }) => `cap:${cap.per}:${value}`))].sort()
  for (const lock of locks) await tx.run('select pg_advisory_xact_lock(hashtextextended($1, 0))', [lock])
  for (const { cap, value } of counted) {
    const { interval, words } = WINDOW[cap.in]
    const used = await tx.row<{ n: number; free: Date | null }>(
      `select count(*)::int as n, min(claimed_at) + $2::interval as free from (
         select a.claimed_at from action a where ${COUNTED[cap.per]} and a.kind = 'send_mail' and a.status in ('claimed', 'done', 'uncertain')
           and a.claimed_at > clock_timestamp() - $2::interval order by a.claimed_at desc limit $3) latest`,
      [value, interval, Math.max(1, cap.at_most)],
    )
    if ((used?.n ?? 0) < cap.at_most) continue
    const why = `${cap.name}: ${cap.at_most} ${words} have left`
    return { code: 'cap', why, settle: 'wait', until: cap.at_most === 0 ? null : (used?.free ?? null) }
  }
  return null
}

/** Which mails count for a cap; $1 is what it counts by. */
const COUNTED = {
  organisation: `$1::text = ''`,
  mailbox: `a.mailbox_id = (select id from mailbox where address = $1)`,
  team: `coalesce((select user_id from mailbox where id = a.mailbox_id), a.owner_id) in
    (select u.id from "user" u join team t on t.id = u.team_id where t.name = $1)`,
  playbook: `a.run_id in (select id from run where playbook = $1)`,
  recipient_domain: `lower(split_part(a.content->>'emailKey', '@', 2)) = $1`,
} as const
