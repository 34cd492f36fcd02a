/** What each database role may do, tried as that role, and what not even the owner may rewrite. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Db, openDb } from '../../db/sql.ts'
import { type LeadIds, startSystem, type System } from '../support/system.ts'
import { approvedMail, current, policyTurn, proposeMail, type Proposed } from './mails.ts'

let system: System
let owner: Db
let worker: Db
let lead: LeadIds
let decided: Proposed
let waiting: Proposed

beforeAll(async () => {
  system = await startSystem({ policy: 'policy: 1\nrules: []\n' })
  owner = openDb(system.database.ownerUrl, { max: 2 })
  worker = system.deps.db
  lead = await system.lead('Ada Berg')
  decided = await approvedMail(system, lead)
  waiting = await proposeMail(system, lead)
  await policyTurn(system)
})
afterAll(async () => {
  await owner.close()
  await system.close()
})

/** SQLSTATE of what the statement was refused with. */
async function refusal(db: Db, text: string, values: unknown[] = []): Promise<string> {
  try {
    await db.run(text, values)
    return 'done'
  } catch (error) {
    return String((error as { code?: unknown }).code)
  }
}

const DENIED = '42501'

test.each([
  [
    'approval',
    `insert into approval (action_id, decision, by, content_hash, relied_hash, key_id, signature, at)
     select id, 'approve', 'user:me', content_hash, relied_hash, '', '', now() from action limit 1`,
  ],
  [
    'definition',
    `insert into definition (kind, version, text, hash, published_by) values ('policy', 9, 'x', 'x', 'me')`,
  ],
  ['playbook', `insert into playbook (name) values ('mine')`],
  ['playbook', `update playbook set active_id = active_id`],
  ['playbook', `update playbook set paused_at = null`],
  [
    'playbook_version',
    `insert into playbook_version (playbook, version, text, hash, compiled, on_event, published_by)
     select playbook, 99, text, 'x', compiled, on_event, 'me' from playbook_version limit 1`,
  ],
  ['user', `insert into "user" (name, email, role, zone) values ('Eve', 'eve@x.example', 'admin', 'UTC')`],
  ['user', `update "user" set role = 'admin'`],
  ['api_key', `insert into api_key (user_id, name, hash) select id, 'mine', 'x' from "user" limit 1`],
  ['mailbox', `update mailbox set daily_cap = 100000`],
  [
    'knowledge_item',
    `insert into knowledge_item (id, kind, title, text, source_id, approved_by)
     select 'mine', 'price', 't', 't', id, 'me' from source limit 1`,
  ],
  ['knowledge_item', `update knowledge_item set text = 'x'`],
  ['organisation', `update organisation set name = 'x'`],
  [
    'policy_verdict',
    `insert into policy_verdict (action_id, rule, verdict, approver, people, subject, key_id, signature)
     select id, 'mine', 'allow', 'owner', 1, '{}', '', '' from action limit 1`,
  ],
  ['stop', `insert into stop (scope, reason, engaged_by) values ('organisation', 'x', 'me')`],
  ['stop', `update stop set released_at = now(), released_by = 'me'`],
  ['stop', `delete from stop`],
  [
    'never_contact',
    `insert into never_contact (kind, value, reason, added_by) values ('domain', 'x.example', 'x', 'me')`,
  ],
  ['never_contact', `update never_contact set removed_at = now(), removed_by = 'me'`],
  ['suppression', `delete from suppression`],
  ['suppression', `update suppression set value = 'nobody'`],
  ['domain_event', `update domain_event set handled_at = now()`],
  ['outbox', `update outbox set sent_at = now()`],
  ['audit_event', `update audit_event set actor = 'x'`],
  ['audit_event', `delete from audit_event`],
  ['_prisma_migrations', `update _prisma_migrations set logs = ''`],
])('the worker cannot write %s: %s', async (_table, text) => {
  expect(await refusal(worker, text)).toBe(DENIED)
})

test.each([
  ['content', `content = '{}'`],
  ['rendered', `rendered = null`],
  ['content_hash', `content_hash = ''`],
  ['relied_on', `relied_on = '[]'`],
  ['relied_hash', `relied_hash = ''`],
  ['by', `by = 'person'`],
  ['kind', `kind = 'create_task'`],
  ['approver', `approver = 'owner'`],
  ['expires_at', `expires_at = null`],
  ['contact_id', `contact_id = null`],
  ['mailbox_id', `mailbox_id = null`],
  ['policy_rule', `policy_rule = 'mine'`],
])('the worker cannot change the %s of an action', async (_column, set) => {
  expect(await refusal(worker, `update action set ${set} where id = $1`, [waiting.id])).toBe(DENIED)
})

test('the worker cannot begin an action anywhere but at its beginning, nor move one past its decision', async () => {
  const insert = (status: string) =>
    refusal(
      worker,
      `insert into action (key, kind, status, summary, content, content_hash, relied_on, relied_hash, by)
       values ('mine', 'send_mail', $1, 's', '{}', 'x', '[]', 'x', 'person')`,
      [status],
    )
  for (const status of ['allowed', 'waiting', 'approved', 'claimed', 'done']) expect(await insert(status)).toBe('23514')
  const move = (status: string) => refusal(worker, 'update action set status = $2 where id = $1', [waiting.id, status])
  expect(await move('approved')).toBe(DENIED) // there is no approval
  for (const status of ['allowed', 'claimed', 'done', 'failed', 'uncertain']) expect(await move(status)).toBe('23514')
  expect((await current(system, waiting)).status).toBe('waiting')
})

test.each([
  'audit_event',
  'approval',
  'policy_verdict',
  'playbook_version',
  'definition',
  'run_state',
  'deal_stage_change',
])('%s is append-only for its owner too', async table => {
  await ensureRow(table)
  const column = await system.admin.row<{ name: string }>(
    `select column_name as name from information_schema.columns where table_name = $1 order by ordinal_position limit 1`,
    [table],
  )
  expect(await refusal(owner, `update "${table}" set ${column?.name} = ${column?.name}`)).toBe(DENIED)
  expect(await refusal(owner, `delete from "${table}"`)).toBe(DENIED)
  expect(await refusal(owner, `truncate "${table}" cascade`)).toBe(DENIED)
  expect(await refusal(system.db, `delete from "${table}"`)).toBe(DENIED)
  expect(await refusal(system.db, `update "${table}" set ${column?.name} = ${column?.name}`)).toBe(DENIED)
})

/** A rule for each row needs a row to be broken on. */
async function ensureRow(table: string): Promise<void> {
  if (table === 'run_state')
    await system.db.run(
      `insert into run_state (run_id, seq, event, state, commands, at) values ($1, 1, '{}', '{}', '[]', now())`,
      [decided.runId],
    )
  if (table === 'deal_stage_change') {
    await system.db.run(
      `with d as (insert into deal (name, pipeline_id, stage_id, source) select 'D', pipeline_id, id, 'test' from stage limit 1 returning *)
       insert into deal_stage_change (deal_id, to_stage_id, by) select id, stage_id, 'test' from d`,
    )
  }
  expect((await system.admin.rows(`select 1 from "${table}" limit 1`)).length).toBe(1)
}

test('the content of an action never changes, for the owner neither', async () => {
  const columns = await system.admin.rows<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns where table_name = 'action'`,
  )
  const MOVABLE = new Set([
    'status', 'policy_rule', 'claim_token', 'claimed_at', 'settled_at', 'failure_code', 'failure_why', 'escalated_at',
    'held_code', 'held_why', 'held_until',
  ]) // biome-ignore format: a list
  const OTHER: Record<string, string> = {
    uuid: 'gen_random_uuid()',
    text: `'other'`,
    jsonb: `'{"other": 1}'`,
    bytea: `'\\x00'`,
    boolean: 'true',
    integer: '2',
    'timestamp with time zone': `now() + interval '77 days'`,
  }
  for (const { name, type } of columns.filter(column => !MOVABLE.has(column.name))) {
    const code = await refusal(owner, `update action set "${name}" = ${OTHER[type]} where id = $1`, [waiting.id])
    expect([name, code]).toEqual([name, DENIED])
  }
})

const ALL = ['proposed', 'allowed', 'waiting', 'approved', 'refused', 'expired', 'superseded', 'claimed', 'done', 'failed', 'uncertain'] // biome-ignore format: a list
const LAWFUL: Record<string, string[]> = {
  proposed: ['allowed', 'waiting', 'refused', 'superseded', 'expired'],
  waiting: ['approved', 'refused', 'expired', 'superseded'],
  allowed: ['claimed', 'expired', 'superseded', 'failed'],
  approved: ['claimed', 'expired', 'superseded', 'failed'],
  claimed: ['done', 'failed', 'uncertain', 'allowed', 'approved'],
  uncertain: ['done', 'failed'],
}

test('of all steps of an action exactly the lawful ones exist', async () => {
  for (const from of ALL) {
    for (const to of ALL.filter(status => status !== from)) {
      const outcome = await tried(from, to)
      expect([from, to, outcome]).toEqual([from, to, LAWFUL[from]?.includes(to) ? 'done' : '23514'])
    }
  }
})

/** Tries one step on an action that has its approval, in a transaction that is taken back. */
async function tried(from: string, to: string): Promise<string> {
  let outcome = ''
  await system.admin
    .tx(async tx => {
      await tx.run(`set local session_replication_role = replica`)
      await tx.run('update action set status = $2 where id = $1', [decided.id, from])
      await tx.run(`set local session_replication_role = origin`)
      try {
        await tx.run('update action set status = $2 where id = $1', [decided.id, to])
        outcome = 'done'
      } catch (error) {
        outcome = String((error as { code?: unknown }).code)
      }
      throw new Error('taken back')
    })
    .catch(() => {})
  return outcome
}

test('no second decision of one action, whoever writes it', async () => {
  const again = await refusal(
    system.admin,
    `insert into approval (action_id, decision, by, content_hash, relied_hash, key_id, signature, at)
     select action_id, 'refuse', by, content_hash, relied_hash, key_id, signature, now() from approval where action_id = $1`,
    [decided.id],
  )
  expect(again).toBe('23505')
})
