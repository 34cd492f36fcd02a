/** Records by what people type: an id, its beginning, or, for leads, an e-mail address or part of a name. */
import { DealwrightError } from '../../domain/errors.ts'
import { normaliseEmail } from '../../domain/import/normalise/email.ts'
import type { Sql } from '../../db/sql.ts'

/** Names go into SQL text, so only these. */
const TABLES = {
  action: 'action',
  run: 'run',
  source: 'source',
  lead: 'lead',
  account: 'account',
  contact: 'contact',
  deal: 'deal',
  task: 'task',
  product: 'product',
  key: 'api_key',
  invitation: 'invitation',
} as const
export type Findable = keyof typeof TABLES

const SHORTEST = 4
const LISTED = 10

/** The one id that begins so. @throws DealwrightError `bad_input` for what is no id, `not_found`, or `ambiguous` with the ids */
export async function findId(sql: Sql, table: Findable, text: string): Promise<string> {
  const wanted = text.trim().toLowerCase()
  if (!isIdStart(wanted))
    throw new DealwrightError(
      'bad_input',
      `"${text}" is no id of ${article(table)}: give the id, or at least its first ${SHORTEST} characters.`,
    )
  const ids = await idsFrom(sql, table, wanted)
  if (ids.length === 1) return ids[0] as string
  if (ids.length === 0) throw new DealwrightError('not_found', `There is no ${table} ${text}.`)
  throw new DealwrightError('ambiguous', `"${text}" is the beginning of several ids: ${some(ids)}. Give more of it.`)
}

/** As `findId`; besides, the e-mail address of the lead's contact, or a part of their or their company's name. */
export async function findLead(sql: Sql, text: string): Promise<string> {
  const wanted = text.trim()
  if (wanted === '') throw new DealwrightError('bad_input', 'Name a lead: its id, an e-mail address or part of a name.')
  const byId = isIdStart(wanted.toLowerCase()) ? await idsFrom(sql, 'lead', wanted.toLowerCase()) : []
  const found = byId.length > 0 ? await leads(sql, 'l.id = any($1::uuid[])', byId) : await byWords(sql, wanted)
  const [first, ...more] = found
  if (!first)
    throw new DealwrightError(
      'not_found',
      `No lead has the id, e-mail address or name "${text}". See: dealwright leads`,
    )
  if (more.length === 0) return first.id
  const shown = found.map(lead => `${lead.id.slice(0, 8)} ${lead.name}`)
  throw new DealwrightError('ambiguous', `"${text}" may be any of several leads: ${some(shown)}. Name one by its id.`)
}

interface Named {
  id: string
  name: string
}

async function byWords(sql: Sql, wanted: string): Promise<Named[]> {
  const email = wanted.includes('@') ? normaliseEmail(wanted)?.emailKey : undefined
  if (email !== undefined) return leads(sql, 'c.email_key = $1', email)
  const like = `%${wanted.replace(/[\\%_]/g, '\\$&')}%`
  const found = await leads(sql, 'c.name ilike $1 or a.name ilike $1 or a.domain ilike $1 or c.email ilike $1', like)
  const exact = found.filter(
    lead =>
      lead.name.toLowerCase().startsWith(`${wanted.toLowerCase()} (`) ||
      lead.name.toLowerCase() === wanted.toLowerCase(),
  )
  return exact.length === 1 ? exact : found
}

function leads(sql: Sql, where: string, value: unknown): Promise<Named[]> {
  return sql.rows<Named>(
    `select l.id, coalesce(c.name, a.name, 'lead without a name') || coalesce(' (' || nullif(a.name, c.name) || ')', '') as name
     from lead l left join contact c on c.id = l.contact_id left join account a on a.id = l.account_id
     where ${where} order by l.created_at desc limit ${LISTED + 1}`,
    [value],
  )
}

function idsFrom(sql: Sql, table: Findable, start: string): Promise<string[]> {
  const digits = start.replaceAll('-', '')
  const low = uuid(digits.padEnd(32, '0'))
  const high = uuid(digits.padEnd(32, 'f'))
  return sql
    .rows<{ id: string }>(
      `select id from "${TABLES[table]}" where id between $1::uuid and $2::uuid order by id limit ${LISTED + 1}`,
      [low, high],
    )
    .then(rows => rows.map(row => row.id))
}

const uuid = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')

/** Hexadecimal digits, hyphens only where an id has them. */
function isIdStart(text: string): boolean {
  const digits = text.replaceAll('-', '')
  if (!/^[0-9a-f]+$/.test(digits) || digits.length < SHORTEST || digits.length > 32) return false
  return !text.includes('-') || uuid(digits.padEnd(32, '0')).startsWith(text.replace(/-$/, ''))
}

const article = (table: Findable): string => (/^[aeiou]/.test(table) ? `an ${table}` : `a ${table}`)

function some(words: readonly string[]): string {
  return words.length > LISTED ? `${words.slice(0, LISTED).join(', ')} and more` : words.join(', ')
}
