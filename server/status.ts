/** The status page: what works, what waits, where to look. Counts only, nobody's data. */
import type { Db } from '../db/sql.ts'

export interface Counts {
  leads: number
  facts: number
  runs: { running: number; waiting: number; paused: number; completed: number; cancelled: number }
  actions: { waiting: number; uncertain: number; done: number; failed: number }
  mails: { sent: number; received: number; unread: number }
  outbox: { unsent: number; oldestSeconds: number | null }
  playbooks: number
}

export async function counts(db: Db): Promise<Counts> {
  const row = await db.row<Counts>(
    `select (select count(*) from lead)::int as leads, (select count(*) from fact)::int as facts,
       (select jsonb_build_object('running', count(*) filter (where status = 'running'), 'waiting', count(*) filter (where status = 'waiting'),
          'paused', count(*) filter (where status = 'paused'), 'completed', count(*) filter (where status = 'completed'),
          'cancelled', count(*) filter (where status = 'cancelled')) from run) as runs,
       (select jsonb_build_object('waiting', count(*) filter (where status = 'waiting'), 'uncertain', count(*) filter (where status = 'uncertain'),
          'done', count(*) filter (where status = 'done'), 'failed', count(*) filter (where status = 'failed')) from action) as actions,
       (select jsonb_build_object('sent', count(*) filter (where direction = 'out'), 'received', count(*) filter (where direction = 'in'),
          'unread', count(*) filter (where direction = 'in' and read_at is null)) from message) as mails,
       (select jsonb_build_object('unsent', count(*), 'oldestSeconds', extract(epoch from now() - min(created_at))::int) from outbox where sent_at is null) as outbox,
       (select count(*) from playbook)::int as playbooks`,
  )
  return row as Counts
}

export function statusPage(now: Counts, temporalUi: string | null): string {
  const cards: [string, number, string][] = [
    ['Leads', now.leads, ''],
    ['Facts with quotes', now.facts, ''],
    ['Runs at work', now.runs.running + now.runs.waiting, `${now.runs.completed} completed`],
    ['Runs that need a person', now.runs.paused, now.runs.paused ? 'dealwright run list' : 'none'],
    ['Approvals waiting', now.actions.waiting, now.actions.waiting ? 'dealwright actions --status waiting' : 'none'],
    [
      'Mail of uncertain fate',
      now.actions.uncertain,
      now.actions.uncertain ? 'dealwright actions --status uncertain' : 'none',
    ],
    ['Mails sent', now.mails.sent, `${now.mails.received} received`],
  ]
  const late = now.outbox.unsent > 0 && (now.outbox.oldestSeconds ?? 0) > 30
  const list = cards.map(([name, n, hint]) => `<li><b>${n}</b><span>${name}</span><small>${hint}</small></li>`).join('')
  const where = temporalUi ? `<p>Workflows in detail: <a href="${temporalUi}">Temporal’s own page</a></p>` : ''
  const health = late
    ? `<p class="bad">Wakes are ${now.outbox.oldestSeconds} s late: is Temporal running?</p>`
    : '<p class="good">Everything that happened has been passed on.</p>'
  return page('Dealwright', `<h1>Dealwright</h1>${health}<ul>${list}</ul>${where}`)
}

/** A page of ours: no scripts, no remote content, light and dark, narrow and wide. */
export function page(title: string, body: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><title>${title}</title><style>
:root{color-scheme:light dark;--ink:light-dark(#1c2430,#e6e9ef);--paper:light-dark(#f6f7f9,#12161c);--card:light-dark(#fff,#1b212a);--line:light-dark(#d9dee6,#2d3643);--good:light-dark(#1b6e3c,#6fd49a);--bad:light-dark(#a3261f,#ff9b93);--soft:light-dark(#566173,#a0abbc)}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif}main{max-width:60rem;margin:0 auto;padding:2rem 1rem}
h1{font-size:1.5rem;margin:0 0 .5rem}ul{list-style:none;padding:0;display:grid;gap:.75rem;grid-template-columns:repeat(auto-fill,minmax(13rem,1fr))}
li{background:var(--card);border:1px solid var(--line);border-radius:.5rem;padding:1rem;display:flex;flex-direction:column}li b{font-size:1.75rem;font-variant-numeric:tabular-nums}
small{color:var(--soft)}.good{color:var(--good)}.bad{color:var(--bad)}a{color:inherit}button{font:inherit;padding:.5rem 1rem}
</style></head><body><main>${body}</main></body></html>`
}
