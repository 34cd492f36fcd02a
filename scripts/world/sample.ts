/** The sample world at work beside an installation: its sites and mail server on loopback, its people at their desks. */
import path from 'node:path'
import { openDb, type Db } from '../../db/sql.ts'
import { createApiKey } from '../../db/stores/keys.ts'
import { userByEmail } from '../../db/stores/people.ts'
import { generateWorld, hostMapOf, serveMail, serveSites } from '../../test/world/index.ts'
import type { MailServer, MailServerOptions, SiteServer, World } from '../../test/world/index.ts'
import { readPorts, rememberPorts, type Home } from '../home.ts'
import { freePort } from '../services/ports.ts'

export interface SampleWorld {
  world: World
  sites: SiteServer
  mail: MailServer
  /** For the processes that read the web. */
  env: Record<string, string>
  close(): Promise<void>
}

export interface SampleOptions {
  home: Home
  seed: number | string
  leads: number
  now: Date
  mail?: Pick<MailServerOptions, 'confirmAfterMs'>
}

const OWN = ['DATABASE_URL', 'DATABASE_SERVER_URL', 'DATABASE_WORKER_URL', 'TEMPORAL_ADDRESS', 'SMTP_URL', 'IMAP_URL']

/** Takes one's own servers out of the environment, which every part reads again: a sample's mail and leads must not get to them. */
export function hideOwnServers(env: NodeJS.ProcessEnv): void {
  for (const name of OWN) {
    delete env[name]
    delete env[`${name}_FILE`]
  }
}

/** Starts sites and mail. The mailbox's port is chosen here, so that answers know where to go before the server is up. */
export async function startSample(options: SampleOptions): Promise<SampleWorld> {
  const world = generateWorld({ seed: options.seed, leads: options.leads, now: options.now })
  const mailbox = await freePort(readPorts(options.home).mailbox)
  rememberPorts(options.home, { mailbox })
  const sites = await serveSites(world)
  const mail = await serveMail(world, {
    ...options.mail,
    deliverTo: { host: '127.0.0.1', port: mailbox },
    stateFile: path.join(options.home.folder, 'sample-mail.json'),
  })
  return {
    world,
    sites,
    mail,
    env: { DEALWRIGHT_HOST_MAP: hostMapOf(world, sites.port), DEALWRIGHT_PACE_MS: '0' },
    async close() {
      await Promise.all([sites.close(), mail.close()])
    },
  }
}

/** A key for each of the sample's people, by the world's user id. */
export async function sampleKeys(db: Db, world: World): Promise<Map<string, string>> {
  const keys = new Map<string, string>()
  for (const person of world.users) {
    const user = await userByEmail(db, person.email)
    if (user)
      keys.set(
        person.id,
        await db.tx(tx => createApiKey(tx, user.id, 'sample world', new Date(Date.now() + 86_400_000))),
      )
  }
  return keys
}

export const openServerDb = (url: string): Db => openDb(url, { max: 5, name: 'dealwright command' })
