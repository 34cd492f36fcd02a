/**
 * Everything stored of one person, to be given to them or erased. Erasure redacts sources at equal length, so that what others said in them
 * still stands where it stood; it leaves ids, hashes, signatures and the audit trail as they are, since they only point.
 */
import { sha256 } from '../../domain/gate/canonical.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { normaliseEmail } from '../../domain/import/normalise/email.ts'
import { blot, redact, wordsOf, type Words } from '../../domain/privacy/words.ts'
import { cacheKeyOf } from '../../domain/privacy/cache-key.ts'
import { must, type Sql, type Tx } from '../sql.ts'
import { ACTION_COLUMNS, settle, supersede, type Action } from './actions.ts'
import { hashOfAddress, suppressErased } from './erased.ts'
import { recordEvent } from './events.ts'
import { requireNoHold } from './holds.ts'
import { enqueueSignal } from './runs.ts'

export interface Erased {
  /** {table: rows}, tables in which something was erased. */
  rows: Record<string, number>
  left: { table: string; why: string }[]
  addressHashes: string[]
}

interface Person {
  id: string
  name: string
  email: string | null
  emailKey: string | null
  phone: string | null
}

const personById = (sql: Sql, id: string): Promise<Person> =>
  must(
    'contact',
    id,
    sql.row<Person>('select id, name, email, email_key, phone from contact where id = $1 for update', [id]),
  )

/**
 * Erases in the caller's transaction, as the server's role.
 * @throws DealwrightError `conflict` while a mail to them is on its way, or a legal hold is on them
 */
export async function erasePerson(tx: Tx, contactId: string): Promise<Erased> {
  const person = await personById(tx, contactId)
  await requireNoHold(tx, contactId)
  const emails = await addressesOf(tx, person)
  const hashes = emails.map(hashOfAddress)
  const count = counter()
  await stopWork(tx, contactId)
  const theirs = await sourcesOfTheirs(tx, contactId, emails)
  const words = wordsOf({
    name: person.name,
    emails: spellings(person, emails),
    phones: person.phone ? [person.phone] : [],
  })
  await redactSources(tx, theirs, words, count)
  await tx.run('select erase_said_on_deals($1)', [contactId])
  count.all(
    await tx.rows('select "table", "rows" from erase_person($1, $2, $3)', [
      contactId,
      theirs,
      await cacheKeysOf(tx, contactId),
    ]),
  )
  if (words.patterns.length > 0)
    count.all(await tx.rows('select * from erase_words($1, $2, $3)', [words.patterns, words.fillers, words.plain]))
  for (const hash of hashes) await suppressErased(tx, hash)
  return { rows: count.rows, left: [...count.left, ...(await namedInDefinitions(tx, words))], addressHashes: hashes }
}

interface Counted {
  table: string
  rows: number
  failed?: string | null
}

function counter() {
  const rows: Record<string, number> = {}
  const left: Erased['left'] = []
  const add = (table: string, n: number) => {
    if (n > 0) rows[table] = (rows[table] ?? 0) + n
  }
  return {
    rows,
    left,
    add,
    all(counted: Counted[]) {
      for (const one of counted) {
        add(one.table, one.rows)
        if (one.failed) left.push({ table: one.table, why: `column ${one.failed}` })
      }
    },
  }
}

/** Folded; of the contact, and those that their mails came from. */
async function addressesOf(sql: Sql, { id, emailKey }: Person): Promise<string[]> {
  const rows = await sql.rows<{ address: string }>(
    `select distinct from_address as address from message where contact_id = $1 and direction = 'in' and matched_by = 'sender’s address'`,
    [id],
  )
  const keys = rows.map(({ address }) => normaliseEmail(address)?.emailKey)
  return [...new Set([emailKey, ...keys])].filter(key => typeof key === 'string')
}

const spellings = ({ email }: Person, keys: readonly string[]): string[] => [...keys, ...(email ? [email] : [])]

/** Whatever works on them ends, and nothing that waits can be carried out any more. */
async function stopWork(tx: Tx, contactId: string): Promise<void> {
  const open = await tx.rows<Action>(
    `select ${ACTION_COLUMNS} from action where (contact_id = $1 or lead_id in (select id from lead where contact_id = $1))
       and status not in ('done', 'failed', 'refused', 'expired', 'superseded') for update`,
    [contactId],
  )
  const sending = open.find(({ status }) => status === 'claimed')
  if (sending)
    throw new DealwrightError(
      'conflict',
      `Action ${sending.id} is being carried out: erase them when that is over, in a minute or so.`,
    )
  for (const action of open) {
    if (action.status === 'uncertain') await settle(tx, action, 'failed', { code: 'erased', why: 'erased' })
    else await supersede(tx, action.id, 'erased')
  }
  const runs = await tx.rows<{ id: string; seq: number }>(
    'select id, seq from run where ended_at is null and (contact_id = $1 or lead_id in (select id from lead where contact_id = $1))',
    [contactId],
  )
  for (const { id, seq } of runs)
    await enqueueSignal(tx, id, 'control', { word: 'cancel', why: 'erased' }, `cancel:${seq}:erased`)
  await recordEvent(tx, {
    key: `contact.suppressed:${contactId}:erased`,
    name: 'contact.suppressed',
    fields: { reason: 'erased', contact: { id: contactId } },
    contactId,
  })
}

/** Sources that are theirs as a whole: what they wrote, what we wrote them, and notes of calls with them. */
async function sourcesOfTheirs(sql: Sql, contactId: string, emails: readonly string[]): Promise<string[]> {
  const rows = await sql.rows<{ id: string }>(
    `select source_id as id from message where contact_id = $1 or lower(from_address) = any($2) or exists (select 1 from unnest(to_addresses) t where lower(t) = any($2))
     union select source_id from call_note where contact_id = $1 or lead_id in (select id from lead where contact_id = $1)
     union select message_source_id from lead where contact_id = $1 and message_source_id is not null`,
    [contactId, emails],
  )
  return rows.map(({ id }) => id)
}

/** A source's text under a new hash; equal texts of others stay theirs. */
async function redactSources(
  tx: Tx,
  theirs: readonly string[],
  words: Words,
  count: ReturnType<typeof counter>,
): Promise<void> {
  // Each text once, with nothing locked yet: so the database may share the search between processes.
  const pattern = words.patterns.join('|')
  const speaking =
    pattern === '' ? [] : await tx.rows<{ hash: string }>('select hash from source_text where text ~* $1', [pattern])
  const found = await tx.rows<{ id: string; hash: string; text: string; whole: boolean }>(
    `select s.id, s.text_hash as hash, t.text, s.id = any($1::uuid[]) as whole from source s join source_text t on t.hash = s.text_hash
     where s.id = any($1::uuid[]) or (s.kind <> 'knowledge' and s.text_hash = any($2)) order by s.id for update of s`,
    [theirs, speaking.map(({ hash }) => hash)],
  )
  for (const { id, text, whole } of found) {
    const left = whole ? blot(text) : redact(text, words)
    const hash = sha256(left)
    await tx.run('insert into source_text (hash, text) values ($1, $2) on conflict (hash) do nothing', [hash, left])
    await tx.run(
      whole
        ? `update source set text_hash = $2, structure = '{}', title = null, publisher_name = null, url = null where id = $1`
        : 'update source set text_hash = $2 where id = $1',
      [id, hash],
    )
    count.add('source', 1)
  }
  const dropped = await tx.row<{ n: number }>('select drop_unused_texts($1) as n', [found.map(({ hash }) => hash)])
  count.add('source_text', dropped?.n ?? 0)
}

/** Answers of the model to questions about them. */
async function cacheKeysOf(sql: Sql, contactId: string): Promise<string[]> {
  const runs = await sql.rows<{ promptHash: string; model: string; inputHash: string; generation: number }>(
    `select g.prompt_hash, g.model, g.input_hash, g.generation from agent_run g
     where g.run_id in (select id from run where contact_id = $1 or lead_id in (select id from lead where contact_id = $1))
       or g.step_key in (select 'message:' || id from message where contact_id = $1)`,
    [contactId],
  )
  return runs.map(cacheKeyOf)
}

/** What ops and knowledge texts say of them is for a person to rewrite: these are published, hashed and signed. */
async function namedInDefinitions(sql: Sql, { patterns }: Words): Promise<Erased['left']> {
  if (patterns.length === 0) return []
  const why = 'names them: publish it anew without'
  return sql.rows<{ table: string; why: string }>(
    `select 'definition' as "table", kind || ' version ' || version || ' ${why}' as why from definition where text ~* $1
     union all select 'playbook_version', playbook || ' version ' || version || ' ${why}' from playbook_version where text ~* $1
     union all select 'knowledge_item', id || ' ${why}' from knowledge_item where title ~* $1 or text ~* $1`,
    [patterns.join('|')],
  )
}
