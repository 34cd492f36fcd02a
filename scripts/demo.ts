/** The main job, whole: a fresh temporary home, the sample world around it, everything run to rest, then stopped. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { readConfig } from './config.ts'
import { openHome } from './home.ts'
import { modelFrom } from './outside.ts'
import { progress } from './progress.ts'
import { startAll, type Up } from './up.ts'
import { loadWorld } from './world/load.ts'
import { brokenPromises, demoDocument, type DemoDocument } from './world/outcome.ts'
import { staffDesk } from './world/people-at-work.ts'
import { hideOwnServers, openServerDb, sampleKeys, startSample, type SampleWorld } from './world/sample.ts'
import { untilSettled } from './world/settled.ts'

export interface DemoOptions {
  leads: number
  seed: string
  keep: boolean
  say: (line: string) => void
}

/** Longest that a world may take to come to rest, for each lead, on top of a start. */
const LIMIT_PER_LEAD_MS = 6_000
const LIMIT_START_MS = 120_000
/** Model calls of a lead, a repair among them, each of which may take as long as is configured. */
const CALLS_PER_LEAD = 4

export async function runDemo(options: DemoOptions): Promise<{ document: DemoDocument; broken: string[] }> {
  const began = Date.now()
  const folder = mkdtempSync(path.join(tmpdir(), 'dealwright-demo-'))
  const home = openHome({ ...process.env, DEALWRIGHT_HOME: folder })
  const stops: (() => Promise<void>)[] = []
  try {
    const sample = await startSample({ home, seed: options.seed, leads: options.leads, now: new Date() })
    stops.push(() => sample.close())
    Object.assign(process.env, sample.env)
    // What a person configured for their own mail must not get the sample's mail, nor their database its leads.
    hideOwnServers(process.env)
    const up = await startAll({
      home,
      config: readConfig(),
      what: 'demo',
      say: () => {},
      sandboxSmtpUrl: sample.mail.smtpUrl,
    })
    stops.push(() => up.stop())
    return await playOut(options, began, sample, up, stops)
  } finally {
    for (const stop of stops.reverse()) await stop()
    if (options.keep) options.say(`The home is kept: DEALWRIGHT_HOME=${folder}`)
    else rmSync(folder, { recursive: true, force: true })
  }
}

async function playOut(
  options: DemoOptions,
  began: number,
  sample: SampleWorld,
  up: Up,
  stops: (() => Promise<void>)[],
): Promise<{ document: DemoDocument; broken: string[] }> {
  const db = openServerDb(up.urls.ownerUrl)
  stops.push(() => db.close())
  await loadWorld(db, sample.world)
  const desk = staffDesk(sample.world, up.serverUrl, await sampleKeys(db, sample.world))
  stops.push(() => desk.stop())
  const bar = progress('runs')
  const modelLimitMs = modelFrom(readConfig())?.timeoutMs ?? 0
  const settled = await untilSettled(db, {
    limitMs: LIMIT_START_MS + options.leads * (LIMIT_PER_LEAD_MS + CALLS_PER_LEAD * modelLimitMs),
    busy: async () => {
      await sample.mail.idle()
      return false
    },
    onLook: now =>
      bar.update(
        now.completed + now.waiting,
        now.completed + now.waiting + now.working + now.events,
        `${now.undecided} decisions open`,
      ),
  })
  bar.end()
  await desk.stop()
  const broken = await brokenPromises(db, sample.mail)
  if (!settled) broken.push('the world did not come to rest in time')
  const document = await demoDocument(db, sample.mail, Math.round((Date.now() - began) / 100) / 10)
  return { document, broken }
}
