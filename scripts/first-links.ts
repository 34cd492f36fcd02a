/**
 * One-time links for the first people, shown on the terminal of whoever starts the server: while no admin can sign in, one for an admin;
 * in the sample world one for each role of which nobody can, from this machine alone. A new start makes new ones, and the old are void.
 */
import { invite, rolesWithoutSignIn } from '../db/stores/invitations.ts'
import { openDb, type Db } from '../db/sql.ts'
import { linkOf } from '../server/auth/options.ts'

export interface FirstLink {
  role: string
  /** Whose; null: whoever opens it says who they are. */
  name: string | null
  link: string
}

const HOURS = 24

export async function firstLinks(db: Db, publicUrl: string, sample: boolean): Promise<FirstLink[]> {
  return db.tx(async tx => {
    const open = (await rolesWithoutSignIn(tx)).filter(({ role }) => sample || role === 'admin')
    const links: FirstLink[] = []
    for (const { role, userId, name } of open) {
      const { token } = await invite(tx, { userId, role, localOnly: sample, hours: HOURS, by: 'server' })
      links.push({ role, name, link: linkOf(publicUrl, token) })
    }
    return links
  })
}

/** For whoever starts the server: it runs on without them where they cannot be made. */
export async function firstLinksAt(databaseUrl: string, publicUrl: string, sample: boolean): Promise<FirstLink[]> {
  const db = openDb(databaseUrl, { max: 1, name: 'dealwright first links' })
  try {
    return await firstLinks(db, publicUrl, sample)
  } finally {
    await db.close()
  }
}

export function firstLinksInWords(links: readonly FirstLink[]): string {
  if (links.length === 0) return ''
  const lines = links.map(({ role, name, link }) => `  ${role.padEnd(8)} ${link}${name ? `   (${name})` : ''}`)
  return ['', 'Links to sign in for the first time, once and within a day:', ...lines].join('\n')
}
