/** How a record that a route names by its id comes to be, with an owner given; and which routes name what nobody owns. */
import { randomUUID } from 'node:crypto'
import { pino } from 'pino'
import type { Right } from '../../domain/access/table.ts'
import type { Viewer } from '../../domain/access/viewer.ts'
import { storeSource } from '../../db/stores/evidence.ts'
import { ensureMailbox } from '../../db/stores/people.ts'
import { changeField } from '../../db/stores/records.ts'
import { propose } from '../../db/stores/actions.ts'
import { must, type Tx } from '../../db/sql.ts'
import { mayDecide } from '../../domain/policy/approver.ts'
import { createDecider } from '../../server/decider.ts'
import type { TestApi } from '../support/api.ts'

export interface RecordMaker {
  sees: Right
  make(tx: Tx, ownerId: string | null): Promise<string>
  /** Once it is stored: an action is judged by the policy. */
  after?: (api: TestApi) => Promise<unknown>
  /** What the record itself asks for beyond the table, as an action asks for its approver. */
  asks?: (viewer: Viewer, right: Right, ownerId: string | null) => boolean
}

const idOf = async (row: Promise<{ id: string } | null>): Promise<string> => (await must('record', 'new', row)).id

const account = (tx: Tx, ownerId: string | null): Promise<string> =>
  idOf(
    tx.row(`insert into account (name, name_key, owner_id) values ('Orrin Pumps', 'orrinpumps', $1) returning id`, [
      ownerId,
    ]),
  )
const lead = (tx: Tx, ownerId: string | null): Promise<string> =>
  idOf(tx.row(`insert into lead (source, owner_id) values ('form', $1) returning id`, [ownerId]))
const deal = (tx: Tx, ownerId: string | null): Promise<string> =>
  idOf(
    tx.row(
      `insert into deal (name, pipeline_id, stage_id, owner_id) select 'Pumps', pipeline_id, id, $1 from stage where kind = 'open' limit 1 returning id`,
      [ownerId],
    ),
  )

const action = async (tx: Tx, ownerId: string | null): Promise<string> => {
  const made = await propose(tx, {
    key: `test/${randomUUID()}#1`,
    kind: 'create_task',
    summary: 'a task for somebody',
    content: { title: 'call' },
    by: 'code',
    ownerId,
    reliedOn: [],
  })
  return made.id
}

const run = async (tx: Tx, ownerId: string | null): Promise<string> => {
  await tx.run(`insert into playbook (name) values ('walked') on conflict do nothing`)
  const version = await tx.row<{ id: string }>(
    `insert into playbook_version (playbook, version, text, hash, compiled, on_event, published_by)
     values ('walked', (select coalesce(max(version), 0) + 1 from playbook_version where playbook = 'walked'), '', '', '{}', 'lead.created', 'test') returning id`,
  )
  const event = await tx.row<{ id: string }>(
    `insert into domain_event (key, name, fields, handled_at) values ($1, 'lead.created', '{}', now()) returning id`,
    [randomUUID()],
  )
  return idOf(
    tx.row(
      `insert into run (playbook, version_id, event_id, once_key, lead_id, status) values ('walked', $1, $2, $3, $4, 'paused') returning id`,
      [version?.id, event?.id, randomUUID(), await lead(tx, ownerId)],
    ),
  )
}

const suggestion = async (tx: Tx, ownerId: string | null): Promise<string> =>
  idOf(
    tx.row(
      `insert into field_suggestion (key, "table", record_id, field, value) values ($1, 'lead', $2, 'campaign', '"spring"') returning id`,
      [randomUUID(), await lead(tx, ownerId)],
    ),
  )

const fieldChange = async (tx: Tx, ownerId: string | null): Promise<string> => {
  const id = await lead(tx, ownerId)
  await changeField(tx, { table: 'lead', id, field: 'campaign', value: 'spring', by: 'run:x', why: 'a page says so' })
  return idOf(tx.row('select id from field_change where record_id = $1', [id]))
}

/** Somebody’s always; where nobody is named, of one who asked and is gone. */
const question = (tx: Tx, ownerId: string | null): Promise<string> =>
  idOf(
    tx.row(`insert into ask (user_id, scopes, question) values ($1, '{read}', 'Who?') returning id`, [
      ownerId ?? randomUUID(),
    ]),
  )

/** Asked for an account that has the owner. */
const research = async (tx: Tx, ownerId: string | null): Promise<string> =>
  idOf(
    tx.row(
      `insert into domain_event (key, name, fields, account_id, handled_at) values ($1, 'account.research_asked', '{}', $2, now()) returning id`,
      [randomUUID(), await account(tx, ownerId)],
    ),
  )

/** A mailbox is always somebody’s: where nobody is named, of one who is in no team. */
const mailbox = async (tx: Tx, ownerId: string | null): Promise<string> => {
  const address = `${randomUUID()}@ledgerline.example`
  const newcomer = () =>
    idOf(tx.row(`insert into "user" (name, email, role) values ('New', $1, 'rep') returning id`, [address]))
  return ensureMailbox(tx, { userId: ownerId ?? (await newcomer()), address, name: 'Ada', signature: 'Ada' })
}

/** From a contact that has the owner; where nobody is named, from nobody we know. */
const message = async (tx: Tx, ownerId: string | null): Promise<string> => {
  const name = randomUUID()
  const contact =
    ownerId === null
      ? null
      : await tx.row<{ id: string }>(`insert into contact (name, owner_id) values ('Ada', $1) returning id`, [ownerId])
  const sourceId = await storeSource(tx, { key: `mail:${name}`, kind: 'mail', text: 'Yes.', fetchedAt: new Date() })
  return idOf(
    tx.row(
      `insert into message (message_id, direction, contact_id, refs, from_address, to_addresses, subject, source_id, raw, at, label, label_by, read_at)
       values ($1, 'in', $2, '{}', 'ada@orrin.example', '{}', 'Pumps', $3, '', now(), 'interested', 'rules', now()) returning id`,
      [name, contact?.id ?? null, sourceId],
    ),
  )
}

/** A page of an account that has the owner. */
const source = async (tx: Tx, ownerId: string | null): Promise<string> =>
  storeSource(tx, {
    key: `page:${randomUUID()}`,
    kind: 'page',
    text: 'Orrin Pumps builds pumps.',
    accountId: await account(tx, ownerId),
    fetchedAt: new Date(),
  })

const MAKERS: Readonly<Record<string, RecordMaker>> = {
  '/api/accounts/': { sees: 'account.see', make: account },
  '/api/contacts/': {
    sees: 'contact.see',
    make: (tx, ownerId) =>
      idOf(tx.row(`insert into contact (name, owner_id) values ('Ada', $1) returning id`, [ownerId])),
  },
  '/api/leads/': { sees: 'lead.see', make: lead },
  '/api/deals/': { sees: 'deal.see', make: deal },
  '/api/tasks/': {
    sees: 'task.see',
    make: (tx, ownerId) =>
      idOf(
        tx.row(`insert into task (key, title, why, assignee_id) values ($1, 'call', 'asked', $2) returning id`, [
          randomUUID(),
          ownerId,
        ]),
      ),
  },
  '/api/records/': { sees: 'deal.see', make: deal },
  '/api/actions/': {
    sees: 'action.see',
    make: action,
    after: ({ db, privateKey }) => createDecider(db, privateKey, pino({ level: 'silent' }))(),
    asks: ({ userId, role }, right, ownerId) =>
      right !== 'action.decide' ||
      mayDecide({ id: userId ?? '', role }, { approver: 'owner', ownerId, escalatedAt: null, escalateTo: null }),
  },
  '/api/messages/': { sees: 'message.see', make: message },
  '/api/runs/': { sees: 'run.see', make: run },
  '/api/changes/': { sees: 'lead.see', make: fieldChange },
  '/api/imports/': {
    sees: 'import.see',
    make: (tx, ownerId) =>
      idOf(
        tx.row(
          `insert into import_job (file, kind, system, created_by) values ('leads.csv', 'leads', 'file', $1) returning id`,
          [ownerId],
        ),
      ),
  },
  '/api/asks/': { sees: 'ask.see', make: question },
  '/api/mailboxes/': { sees: 'mailbox.see', make: mailbox },
  '/api/research/': { sees: 'account.see', make: research },
  '/api/sources/': { sees: 'account.see', make: source },
  '/api/suggestions/': { sees: 'lead.see', make: suggestion },
}

/** Routes to what no rep owns: the role alone decides, and that is walked without a record. Whose a key is, test/api/keys tells. */
const NOBODYS = [
  '/api/users/',
  '/api/teams/',
  '/api/invitations/',
  '/api/keys/',
  '/api/stops/',
  '/api/never-contact/',
  '/api/forms/',
  '/api/knowledge/',
  '/api/webhooks/',
  '/api/erasures/',
  '/api/privacy/holds/',
  '/api/absences/',
  '/api/custom-fields/',
  '/api/products/',
  '/api/price-lists/',
  '/api/working-hours/',
  '/api/pipelines/',
  '/api/stages/',
  '/api/custom-fields/',
  '/api/products/',
  '/api/price-lists/',
  '/api/working-hours/',
]

/** Null: nobody’s; undefined: not known here, so not walked. */
export function recordOf(path: string): RecordMaker | null | undefined {
  if (NOBODYS.some(prefix => path.startsWith(prefix))) return null
  return Object.entries(MAKERS).find(([prefix]) => path.startsWith(prefix))?.[1]
}

export async function makeRecord(api: TestApi, maker: RecordMaker, ownerId: string | null): Promise<string> {
  const id = await api.admin.tx(tx => maker.make(tx, ownerId))
  await maker.after?.(api)
  return id
}
