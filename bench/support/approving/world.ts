/** People with keys of their own, and mails that wait for each of them: proposed and judged by the product's own stores. */
import { randomUUID, type KeyObject } from 'node:crypto'
import type { Db } from '../../../db/sql.ts'
import { propose } from '../../../db/stores/actions.ts'
import { judge } from '../../../db/stores/decisions.ts'
import { createApiKey } from '../../../db/stores/keys.ts'
import { ensureOrganisation, ensureUser } from '../../../db/stores/people.ts'
import { SUBJECT } from '../crm.ts'

export interface Approver {
  id: string
  apiKey: string
}

const DAY_MS = 86_400_000

export function approvers(db: Db, count: number): Promise<Approver[]> {
  return db.tx(async tx => {
    const org = { name: 'Ledgerline', domain: 'ledgerline.example', currency: 'EUR', zone: 'UTC', country: null }
    await ensureOrganisation(tx, { ...org, address: null })
    const made: Approver[] = []
    for (let n = 0; n < count; n++) {
      const user = {
        name: `Rep ${n}`,
        email: `rep${n}@ledgerline.example`,
        role: 'rep',
        zone: 'UTC',
        team: 'North',
      } as const
      const id = await ensureUser(tx, user)
      made.push({ id, apiKey: await createApiKey(tx, id, 'bench', new Date(Date.now() + DAY_MS)) })
    }
    return made
  })
}

/** Ids of actions that wait for this person. */
export function mailsFor(db: Db, ownerId: string, count: number, key: KeyObject): Promise<string[]> {
  return db.tx(async tx => {
    const ids: string[] = []
    for (let n = 0; n < count; n++) {
      const action = await propose(tx, {
        key: randomUUID(),
        kind: 'send_mail',
        runId: randomUUID(),
        ownerId,
        summary: 'Mail to a prospect',
        content: { to: 'ada@northwind.example', subject: 'A word about your night shift', text: BODY },
        rendered: Buffer.from(`From: rep@ledgerline.example\r\nTo: ada@northwind.example\r\n\r\n${BODY}`),
        reliedOn: [{ table: 'contact', id: randomUUID(), field: 'email', value: 'ada@northwind.example' }],
        by: 'model',
        expiresAt: new Date(Date.now() + DAY_MS),
      })
      const said = {
        verdict: 'ask',
        rule: 'mails ask their owner',
        approver: 'owner',
        people: 1,
        notByMaker: false,
      } as const
      await judge(tx, action, said, { version: 1, subject: SUBJECT }, key)
      ids.push(action.id)
    }
    return ids
  })
}

/** As long as a first mail is. */
const BODY = 'Good morning, may I show you how others plan their night shift? '.repeat(15)
