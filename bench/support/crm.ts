/**
 * A sales organisation of any size, made by SQL alone: 8 teams with 12 reps and a manager each, and `rows` of everything that lists show.
 * Record n is the same in every world: its owner (some have many, some few; one in twelve records is nobody's), state and age follow from
 * n by a hash.
 */
import { viewerOf } from '../../db/access.ts'
import { openDb, type Db, type Tx } from '../../db/sql.ts'
import { ensureOrganisation, ensurePipeline, ensureUser, userById, type User } from '../../db/stores/people.ts'
import type { Viewer } from '../../domain/access/viewer.ts'
import type { PolicySubject } from '../../domain/policy/types.ts'

export interface Looker {
  user: User
  viewer: Viewer
}

export interface Crm {
  rep: Looker
  manager: Looker
}

const TEAMS = 8
const REPS = 12
const TABLES =
  'account contact lead score qualification deal task playbook_version run draft action policy_verdict approval audit_event'.split(
    ' ',
  )

/** @param adminUrl the superuser's: rules for writers (an action begins as proposed …) do not stand in the way */
export async function fillCrm(adminUrl: string, rows: number): Promise<Crm> {
  const admin = openDb(adminUrl, { max: 1, name: 'bench' })
  try {
    const { reps, rep, manager } = await admin.tx(people)
    await admin.tx(async tx => {
      await tx.run('set local session_replication_role = replica')
      await tx.run(`set local maintenance_work_mem = '256MB'`)
      const indexes = await dropIndexes(tx)
      await tx.run(CHANCE)
      for (const text of FILL) await tx.run(text, text.includes('$2') ? [rows, reps] : [rows])
      for (const index of indexes) await tx.run(index)
    })
    await admin.run(`vacuum analyze ${TABLES.join(', ')}`)
    return { rep: await looker(admin, rep), manager: await looker(admin, manager) }
  } finally {
    await admin.close()
  }
}

async function looker(db: Db, id: string): Promise<Looker> {
  const user = await userById(db, id)
  return { user, viewer: await viewerOf(db, user) }
}

async function people(tx: Tx): Promise<{ reps: string[]; rep: string; manager: string }> {
  const org = { name: 'Ledgerline', domain: 'ledgerline.example', currency: 'EUR', zone: 'UTC', country: null }
  await ensureOrganisation(tx, { ...org, address: null })
  await ensurePipeline(tx, 'Sales', [
    { name: 'discovery', kind: 'open', probability: 0.1 },
    { name: 'proposal', kind: 'open', probability: 0.5 },
    { name: 'won', kind: 'won', probability: 1 },
    { name: 'lost', kind: 'lost', probability: 0 },
  ])
  const reps: string[] = []
  const managers: string[] = []
  const join = (role: 'rep' | 'manager', team: number, n: number) => {
    const name = `${role} ${n} of team ${team}`
    return ensureUser(tx, {
      name,
      email: `${name.replaceAll(' ', '.')}@ledgerline.example`,
      role,
      zone: 'UTC',
      team: `Team ${team}`,
    })
  }
  for (let n = 0; n < REPS; n++) for (let team = 0; team < TEAMS; team++) reps.push(await join('rep', team, n))
  for (let team = 0; team < TEAMS; team++) managers.push(await join('manager', team, 0))
  return { reps, rep: reps[4 * TEAMS + 4] ?? '', manager: managers[5] ?? '' }
}

/** All but those of keys; returns how they are made again, which is far faster than keeping them up row by row. */
async function dropIndexes(tx: Tx): Promise<string[]> {
  const indexes = await tx.rows<{ name: string; made: string }>(
    `select i.indexrelid::regclass::text as name, pg_get_indexdef(i.indexrelid) as made from pg_index i
     where i.indrelid = any($1::text[]::regclass[]) and not i.indisprimary
       and not exists (select 1 from pg_constraint c where c.conindid = i.indexrelid)`,
    [TABLES],
  )
  for (const { name } of indexes) await tx.run(`drop index ${name}`)
  return indexes.map(({ made }) => made)
}

/** A number in [0, 1) that n and the question decide. */
const CHANCE = `create function pg_temp.chance(n int, question int) returns float immutable language sql
  return (hashint8extended(n, question) & 1048575)::float / 1048576`

const chance = (question: number): string => `pg_temp.chance(n, ${question})`
const id = (kind: string, of = 'n'): string => `md5('${kind}' || (${of}))::uuid`
const owner = `(case when ${chance(1)} < 1.0 / 12 then null else ($2::uuid[])[1 + floor(power(${chance(2)}, 1.5) * cardinality($2::uuid[]))::int] end)`
const anyUser = `($2::uuid[])[1 + floor(${chance(20)} * cardinality($2::uuid[]))::int]`
const created = `now() - ${chance(3)} * interval '730 days'`
const account = 'n / 3'

/** One of the values by their shares in per cent, which come to 100. */
function oneOf(question: number, shares: Record<string, number>): string {
  let up = 0
  const cases = Object.entries(shares).map(([value, share]) => {
    up += share
    return `when ${chance(question)} < ${up / 100} then '${value}'`
  })
  return `(case ${cases.join(' ')} end)`
}

const LEAD_STATUS = oneOf(4, {
  new: 10,
  working: 15,
  nurture: 30,
  qualified: 10,
  disqualified: 20,
  converted: 5,
  closed: 10,
})
const ACTION_STATUS = oneOf(7, {
  waiting: 10,
  approved: 1,
  refused: 10,
  expired: 4,
  superseded: 5,
  failed: 2,
  done: 68,
})
const ACTION_KIND = oneOf(8, { send_mail: 70, update_deal: 15, set_lead_status: 15 })
const EVENT_TYPE = oneOf(21, {
  'action.approved': 15,
  'action.proposed': 20,
  'action.done': 15,
  'run.started': 25,
  'run.ended': 20,
  'record.changed': 5,
})

/** What the rules looked at: domain/policy/types.ts. */
export const SUBJECT: PolicySubject = {
  action: { kind: 'send_mail', by: 'model', playbook: 'inbound-lead', version: 1, changes: 0, status: 'proposed' },
  lead: { status: 'working', score: 61, source: 'form' },
  deal: { amount: null, currency: null, stage: null, stage_kind: null },
  account: { name: 'Northwind', domain: 'northwind.example', industry: 'logistics', country: 'DE', employees: 140 },
  contact: { country: 'DE', title: 'Head of Operations' },
  money: { amount: 12_000, currency: 'EUR', discount: null },
  recipient: {
    country: 'DE',
    domain: 'northwind.example',
    free_mail: false,
    first_contact: true,
    hour: 10,
    weekday: 'Tuesday',
    basis: 'legitimate_interests',
    origin: 'import',
  },
  claims: { count: 3, quoted: true, oldest_days: 12, drafted_by: 'model' },
  agent: { cases: 40, unchanged: 36, lower_bound: 0.77 },
}

/** $1: how many; $2: the people who own them. */
const FILL = [
  `insert into account (id, name, name_key, domain, industry, country, owner_id, created_at)
   select ${id('account')}, 'Company ' || n, 'company ' || n, 'company' || n || '.example', 'logistics', 'DE', ${owner}, ${created}
   from generate_series(0, $1::int - 1) n`,
  `insert into contact (id, account_id, name, name_key, title, email, email_key, owner_id, created_at)
   select ${id('contact')}, ${id('account', account)}, 'Person ' || n, 'person ' || n, 'Buyer', 'person' || n || '@company.example',
     'person' || n || '@company.example', ${owner}, ${created} from generate_series(0, $1::int - 1) n`,
  `insert into lead (id, contact_id, account_id, source, status, owner_id, score_value, created_at)
   select ${id('lead')}, ${id('contact')}, ${id('account', account)}, 'form', ${LEAD_STATUS}, ${owner},
     case when ${chance(5)} < 0.7 then floor(100 * ${chance(6)}) end, ${created} from generate_series(0, $1::int - 1) n`,
  `insert into score (key, lead_id, value, fit, engagement, parts, created_at)
   select 'score' || n, ${id('lead')}, floor(100 * ${chance(6)}), 0.5, 0.5, '[{"name":"employees","points":12},{"name":"replied","points":20}]', ${created}
   from generate_series(0, $1::int - 1) n where ${chance(5)} < 0.7`,
  `insert into qualification (key, lead_id, method, verdict, factors, created_at)
   select 'qualification' || n, ${id('lead')}, 'bant', 'open', '[]', ${created} from generate_series(0, $1::int - 1) n where ${chance(5)} < 0.5`,
  `insert into deal (id, name, account_id, contact_id, lead_id, owner_id, pipeline_id, stage_id, amount_minor, currency, close_date, created_at)
   select ${id('deal')}, 'Deal ' || n, ${id('account', account)}, ${id('contact')}, ${id('lead')}, ${owner}, p.id,
     p.stages[(case when ${chance(9)} < 0.1 then 1 when ${chance(9)} < 0.2 then 2 when ${chance(9)} < 0.5 then 3 else 4 end)], 1200000, 'EUR',
     current_date + (180 - 900 * ${chance(10)})::int, ${created}
   from generate_series(0, $1::int - 1) n,
     (select s.pipeline_id as id, array_agg(s.id order by s.position) as stages from stage s group by 1) p`,
  `insert into task (id, key, title, why, due_at, status, assignee_id, lead_id, created_at)
   select ${id('task')}, 'task' || n, 'Call back', 'they asked for it', ${created} + interval '7 days', ${oneOf(11, { open: 5, done: 85, cancelled: 10 })},
     ${owner}, ${id('lead')}, ${created} from generate_series(0, $1::int - 1) n`,
  `insert into playbook_version (id, playbook, version, text, hash, compiled, on_event, published_by)
   select ${id('version', '1')}, 'inbound-lead', 1, '', '', '{}', 'lead.created', 'bench' where $1::int > 0`,
  `insert into run (id, playbook, version_id, event_id, once_key, lead_id, contact_id, account_id, owner_id, status, started_at, ended_at)
   select ${id('run')}, 'inbound-lead', ${id('version', '1')}, ${id('event')}, n, ${id('lead')}, ${id('contact')}, ${id('account', account)}, ${owner}, s.status, ${created},
     case when s.status in ('completed', 'cancelled') then now() end
   from generate_series(0, $1::int - 1) n, lateral (select ${oneOf(12, { running: 2, waiting: 5, paused: 1, completed: 82, cancelled: 10 })} as status) s`,
  `insert into draft (id, key, lead_id, contact_id, kind, subject, body, sentences, by, created_at)
   select ${id('draft')}, 'draft' || n, ${id('lead')}, ${id('contact')}, 'first_touch', 'A word about your night shift', repeat('Good morning. ', 60),
     '[{"text":"a","ids":["f1","f2"]},{"text":"b","ids":["f3"]}]', 'model', now() from generate_series(0, $1::int - 1) n where ${ACTION_STATUS} = 'waiting'`,
  `insert into action (id, key, run_id, kind, status, lead_id, contact_id, owner_id, draft_id, summary, content, content_hash, relied_on, relied_hash, by,
     approver, escalated_at, escalate_to, expires_at, settled_at, created_at)
   select ${id('action')}, 'action' || n, ${id('run')}, ${ACTION_KIND}, s.status, ${id('lead')}, ${id('contact')}, ${owner},
     case when s.status = 'waiting' and ${ACTION_KIND} = 'send_mail' then ${id('draft')} end, 'Mail to person ' || n, '{"subject":"A word","text":"Good morning"}',
     md5('c' || n) || md5('d' || n), '[]', md5('r' || n) || md5('s' || n), 'model', ${oneOf(13, { owner: 85, manager: 10, ops: 5 })},
     case when ${chance(14)} < 0.05 then now() - interval '1 hour' end, case when ${chance(14)} < 0.05 then 'manager' end,
     case when ${chance(15)} < 0.7 then now() + interval '1 day' + ${chance(16)} * interval '4 days' end,
     case when s.status not in ('waiting', 'approved') then now() end,
     case when s.status = 'waiting' then now() - ${chance(3)} * interval '5 days' else ${created} end
   from generate_series(0, $1::int - 1) n, lateral (select ${ACTION_STATUS} as status) s`,
  `insert into policy_verdict (action_id, version, rule, verdict, approver, people, subject, key_id, signature)
   select ${id('action')}, 1, 'mails ask their owner', 'ask', ${oneOf(13, { owner: 85, manager: 10, ops: 5 })}, case when ${chance(17)} < 0.05 then 2 else 1 end,
     case when ${ACTION_STATUS} = 'waiting' then '${JSON.stringify(SUBJECT)}'::jsonb else '{}' end, 'bench', '' from generate_series(0, $1::int - 1) n`,
  `insert into approval (action_id, decision, by, content_hash, relied_hash, key_id, signature, at)
   select ${id('action')}, 'approve', 'user:' || ${anyUser}, '', '', 'bench', '', now() from generate_series(0, $1::int - 1) n
   where ${ACTION_STATUS} = 'done' or ${chance(17)} < 0.02`,
  `insert into audit_event (at, actor, type, target, target_id, run_id, data)
   select now() - ($1::int - n) * interval '20 seconds', case when ${chance(22)} < 0.3 then 'user:' || ${anyUser} else 'worker' end, ${EVENT_TYPE}, 'action',
     ${id('action')}::text, ${id('run')}, jsonb_build_object('hash', md5('c' || n)) from generate_series(0, $1::int - 1) n`,
]
