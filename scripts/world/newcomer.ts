/** What a newcomer sees of the sample world: it is loaded once, worked on, and told in plain words with what to try next. */
import type { Home } from '../home.ts'
import { progress } from '../progress.ts'
import type { Up } from '../up.ts'
import { loadWorld } from './load.ts'
import { readSampleNote, writeSampleNote } from './note.ts'
import { openServerDb, type SampleWorld } from './sample.ts'
import { standing, type Standing } from './settled.ts'
import type { Db } from '../../db/sql.ts'

export interface Newcomer {
  home: Home
  up: Up
  sample: SampleWorld
  say: (line: string) => void
  stopped: Promise<unknown>
}

/** Longest that the first start watches before it tells how things stand. */
const WATCH_MS = 180_000

export async function showSample(on: Newcomer): Promise<void> {
  const note = readSampleNote(on.home)
  const db = openServerDb(on.up.urls.ownerUrl)
  try {
    if (note?.loaded === false) {
      on.say(
        `Loading the sample world: ${note.leads} leads of invented companies, whose web sites and mail run on this machine.`,
      )
      const bar = progress('loading')
      await loadWorld(db, on.sample.world, { progress: (done, of) => bar.update(done, of) })
      bar.end()
      writeSampleNote(on.home, { ...note, loaded: true })
      await watch(db, on)
    }
    on.say(inWords(await standing(db), await waiting(db)))
  } finally {
    await db.close()
  }
}

/** Until every run waits for a person, an answer or a date. */
async function watch(db: Db, on: Newcomer): Promise<void> {
  on.say('The agents are at work: they read the companies’ pages, judge, and draft mails that wait for your word.')
  const bar = progress('leads')
  const end = Date.now() + WATCH_MS
  const stop = new AbortController()
  void on.stopped.then(() => stop.abort())
  for (let quiet = 0; quiet < 3 && Date.now() < end && !stop.signal.aborted; ) {
    const now = await standing(db)
    bar.update(
      now.completed + now.waiting,
      now.completed + now.waiting + now.working + now.events,
      `${now.undecided} decisions open`,
    )
    const atWork = now.working + now.events + now.outbox + now.unread > 0
    quiet = atWork ? 0 : quiet + 1
    await new Promise(resolve => setTimeout(resolve, 400))
  }
  bar.end()
}

interface Waiting {
  mails: number
  others: number
  facts: number
  firstId: string | null
}

async function waiting(db: Db): Promise<Waiting> {
  const row = await db.row<Waiting>(
    `select count(*) filter (where kind = 'send_mail')::int as mails, count(*) filter (where kind <> 'send_mail')::int as others,
       (select count(*) from fact)::int as facts,
       (select id from action where status = 'waiting' and kind = 'send_mail' order by created_at limit 1) as first_id
     from action where status = 'waiting'`,
  )
  return row as Waiting
}

function inWords(now: Standing, open: Waiting): string {
  const lines = [
    `${now.leads} leads. ${open.facts} facts were found about them, each with the quote that says it.`,
    `${now.completed} ${now.completed === 1 ? 'run is' : 'runs are'} finished, ${now.waiting} ${now.waiting === 1 ? 'waits' : 'wait'} (for your word, an answer or a date), ${now.paused === 0 ? 'none needs mending' : `${now.paused} stopped with an error: npx dealwright run list`}.`,
  ]
  if (open.mails + open.others > 0)
    lines.push(
      `${open.mails} mails and ${open.others} other actions wait for your approval. Nothing leaves without it.`,
    )
  lines.push('', 'Try next, in another terminal:', '  npx dealwright today             what needs you, in order')
  if (open.firstId) {
    const id = open.firstId.slice(0, 8)
    lines.push(
      `  npx dealwright action ${id}    one mail as it would leave, with its evidence`,
      `  npx dealwright approve ${id}   and it goes out; the sample’s prospects answer`,
    )
  }
  lines.push('  npx dealwright leads             who they are, scored, with the reasons', '')
  return lines.join('\n')
}
