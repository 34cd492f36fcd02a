/** Whatever is done to an action or its decision behind the server's back: nothing leaves, and the action says why. */
import { generateKeyPairSync, type KeyObject } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { decide } from '../../db/stores/decisions.ts'
import { keyId, signDecision } from '../../domain/gate/decision.ts'
import { type LeadIds, startSystem, type System } from '../support/system.ts'
import { proposeDealUpdate } from './deals.ts'
import { anew, ends, fateOf } from './fate.ts'
import { approvedMail, current, policyTurn, proposeMail, type Proposed, tamper } from './mails.ts'

let system: System
let lead: LeadIds
let n = 0

beforeAll(async () => {
  system = await startSystem()
})
beforeEach(async () => {
  n += 1
  lead = await system.lead(`Person ${n}`)
})
afterAll(() => system.close())

const invalid = ends('failed', 'approval_invalid')
/** Made anew of the records as they are now; or, where that cannot be, ended. */
const changed = anew('action_changed')
const ended = ends('failed', 'action_changed')

const CHANGES: [what: string, sql: string][] = [
  [
    'envelope sender',
    `update action set content = jsonb_set(content, '{envelope,from}', '"boss@ledgerline.example"') where id = $1`,
  ],
  ['suppression key', `update action set content = jsonb_set(content, '{emailKey}', '"x@y.example"') where id = $1`],
  ['stored text', `update action set content = jsonb_set(content, '{text}', '"something else"') where id = $1`],
  ['kind', `update action set kind = 'create_task' where id = $1`],
  ['relied-on fields', `update action set relied_on = '[]' where id = $1`],
  [
    'relied-on value',
    `update action set relied_on = jsonb_set(relied_on, '{0,value}', '"new@else.example"') where id = $1`,
  ],
  ['expiry', `update action set expires_at = now() + interval '90 days' where id = $1 and expires_at is not null`],
]

test.each(CHANGES)('a changed %s', async (what, sql) => {
  const mail = await approvedMail(system, lead, { expiresAt: new Date(Date.now() + 3_600_000) })
  await tamper(system, sql, [mail.id])
  if (what === 'expiry') {
    // The decision's own expiry counts, which is signed; the action's was only moved.
    await tamper(system, `update approval set expires_at = now() + interval '90 days' where action_id = $1`, [mail.id])
  }
  expect(await fateOf(system, mail)).toEqual(invalid)
})

test('content and its hash changed together, hashes of the decision too: the signature does not fit', async () => {
  const mail = await approvedMail(system, lead)
  const other = await proposeMail(system, lead)
  const forged = await current(system, other)
  await tamper(system, `update action set rendered = $2, content = $3, content_hash = $4 where id = $1`, [
    mail.id,
    forged.rendered,
    JSON.stringify(forged.content),
    forged.contentHash,
  ])
  await tamper(system, `update approval set content_hash = $2 where action_id = $1`, [mail.id, forged.contentHash])
  expect(await fateOf(system, mail)).toEqual(invalid)
})

const RELIED: [what: string, sql: string, id: (lead: LeadIds) => string][] = [
  ['contact e-mail', `update contact set email = 'new@else.example' where id = $1`, of => of.contactId],
  ['contact gone stale', `update contact set stale_at = now() where id = $1`, of => of.contactId],
  [
    'owner of the lead',
    `update lead set owner_id = (select id from "user" where name = 'Cole') where id = $1`,
    of => of.leadId,
  ],
  [
    'mailbox address',
    `update mailbox set address = 'riva@elsewhere.example' where $1 <> '' and address = 'riva@ledgerline.example'`,
    of => of.leadId,
  ],
]

test.each(RELIED)('a changed field that it relied on: %s', async (what, sql, id) => {
  const mail = await approvedMail(system, lead)
  await system.admin.run(sql, [id(lead)])
  expect(await fateOf(system, mail)).toEqual(what === 'contact gone stale' ? ended : changed)
  if (what === 'mailbox address')
    await system.admin.run(`update mailbox set address = 'riva@ledgerline.example' where address like 'riva@%'`)
})

test('an edit relies on what the original relied on: an address that changed while it waited holds it back', async () => {
  const mail = await proposeMail(system, lead)
  await policyTurn(system)
  await system.admin.run(`update contact set email = 'new@else.example' where id = $1`, [lead.contactId])
  const { json } = await system.call(system.people.rep, `/api/actions/${mail.id}/approve`, { edit: { body: 'Hello.' } })
  expect(await fateOf(system, { ...mail, id: json.id })).toEqual(changed)
})

test('a changed deal stage holds an update of the stage back', async () => {
  const stages = await system.admin.rows<{ id: string; name: string; pipelineId: string }>(
    'select id, name, pipeline_id from stage order by position',
  )
  const [first, second, third] = stages
  const deal = await system.db.row<{ id: string }>(
    `insert into deal (name, lead_id, contact_id, account_id, pipeline_id, stage_id, source) values ('D', $1, $2, $3, $4, $5, 'test') returning id`,
    [lead.leadId, lead.contactId, lead.accountId, first?.pipelineId, first?.id],
  )
  const mail = await proposeMail(system, lead)
  const update = await proposeDealUpdate(system, lead, mail.runId, deal?.id ?? '', second?.id ?? '')
  await policyTurn(system)
  await system.call(system.people.manager, `/api/actions/${update.id}/approve`, {})
  await system.admin.run('update deal set stage_id = $2 where id = $1', [deal?.id, third?.id])
  expect(await fateOf(system, update)).toEqual(ended)
  const after = await system.admin.row<{ stageId: string }>('select stage_id from deal where id = $1', [deal?.id])
  expect(after?.stageId).toBe(third?.id)
})

interface Forgery {
  decision?: string
  signature?: string
  key?: KeyObject
  keyName?: string
}

/** An approval written by SQL, signed or not, and the status moved to fit. */
async function forge(mail: Proposed, { decision = 'approve', signature, key, keyName }: Forgery): Promise<void> {
  const action = await current(system, mail)
  const at = new Date()
  const by = `user:${system.people.manager.id}`
  const signed =
    signature ??
    signDecision(
      {
        actionId: action.id,
        kind: action.kind,
        contentHash: action.contentHash,
        reliedHash: action.reliedHash,
        decision: decision as 'approve',
        by,
        at: at.toISOString(),
        expiresAt: null,
      },
      key ?? system.privateKey,
    )
  await system.admin.run(
    `insert into approval (action_id, decision, by, content_hash, relied_hash, key_id, signature, at) values ($1,$2,$3,$4,$5,$6,$7,$8)`,
    [
      action.id,
      decision,
      by,
      action.contentHash,
      action.reliedHash,
      keyName ?? keyId(key ?? system.privateKey),
      signed,
      at,
    ],
  )
  await system.admin.run(`update action set status = 'approved' where id = $1`, [action.id])
}

const foreign = generateKeyPairSync('ed25519').privateKey

test.each<[string, () => Forgery]>([
  ['without a signature', () => ({ signature: '' })],
  ['with a signature of nothing', () => ({ signature: Buffer.alloc(64, 7).toString('base64') })],
  ['by a foreign key under its own name', () => ({ key: foreign })],
  ['by a foreign key under the server’s name', () => ({ key: foreign, keyName: keyId(system.privateKey) })],
])('an approval written by SQL %s', async (_, forgery) => {
  const mail = await proposeMail(system, lead)
  await policyTurn(system)
  await forge(mail, forgery())
  expect(await fateOf(system, mail)).toEqual(invalid)
})

test('the forger’s own means work: the same row signed by the server’s key goes through', async () => {
  const mail = await proposeMail(system, lead)
  await policyTurn(system)
  await forge(mail, {})
  expect((await system.activities.perform(mail)).status).toBe('done')
})

test('the approval of another action, replayed', async () => {
  const approved = await approvedMail(system, lead)
  const mail = await proposeMail(system, lead)
  await policyTurn(system)
  await system.admin.run(
    `insert into approval (action_id, decision, by, reason, content_hash, relied_hash, expires_at, key_id, signature, at)
     select $2, decision, by, reason, content_hash, relied_hash, expires_at, key_id, signature, at from approval where action_id = $1`,
    [approved.id, mail.id],
  )
  const stolen = await current(system, approved)
  await tamper(
    system,
    `update action set status = 'approved', content = $2, rendered = $3, content_hash = $4 where id = $1`,
    [mail.id, JSON.stringify(stolen.content), stolen.rendered, stolen.contentHash],
  )
  expect(await fateOf(system, mail)).toEqual(invalid)
})

test.each(['refuse', 'refuse_policy'] as const)('a decision “%s” turned into an approval', async decision => {
  const mail = await proposeMail(system, lead)
  if (decision === 'refuse') await policyTurn(system)
  const verdict = { decision, by: 'policy:test', reason: null }
  await system.db.tx(tx => decide(tx, mail.id, verdict, system.privateKey))
  await tamper(system, `update approval set decision = 'approve' where action_id = $1`, [mail.id])
  await tamper(system, `update action set status = 'approved', settled_at = null where id = $1`, [mail.id])
  expect(await fateOf(system, mail)).toEqual(invalid)
})

test('“allow” by the policy is no person’s approval', async () => {
  const mail = await approvedMail(system, lead)
  await tamper(system, `update approval set decision = 'allow' where action_id = $1`, [mail.id])
  expect(await fateOf(system, mail)).toEqual(invalid)
  const other = await approvedMail(system, lead)
  await tamper(system, `update action set status = 'allowed' where id = $1`, [other.id])
  expect(await fateOf(system, other)).toEqual(invalid)
})
