/** What ships with the product and an installation begins with: playbooks, policy, scoring, territories, and an ordinary pipeline. */
import { readFileSync } from 'node:fs'
import path from 'node:path'
import { catalogue } from '../activities/registry.ts'
import { DealwrightError } from '../domain/errors.ts'
import { parsePlaybook } from '../domain/playbook/parse.ts'
import type { Db } from '../db/sql.ts'
import { publish, publishDefinition, type DefinitionKind } from '../db/stores/playbooks.ts'
import { PROJECT } from './home.ts'

const SHIPPED = path.join(PROJECT, 'playbooks')
const PLAYBOOKS = ['inbound-lead', 'reply-received']
const DEFINITIONS: DefinitionKind[] = ['policy', 'scoring', 'territories']

/** Publishes what ships: playbooks, policy, scoring and territories. Texts published before are not published again. */
export async function publishShipped(db: Db, by: string): Promise<void> {
  for (const name of PLAYBOOKS) {
    const file = path.join(SHIPPED, `${name}.yaml`)
    const text = readFileSync(file, 'utf8')
    const { playbook, problems } = parsePlaybook(text, file, catalogue)
    if (!playbook)
      throw new DealwrightError(
        'playbook_invalid',
        `${problems[0]?.file}:${problems[0]?.line}: ${problems[0]?.message}`,
      )
    await db.tx(tx => publish(tx, playbook, text, by))
  }
  for (const kind of DEFINITIONS) {
    const text = readFileSync(path.join(SHIPPED, `${kind}.yaml`), 'utf8')
    await db.tx(tx => publishDefinition(tx, kind, text, by))
  }
}

/** Stages of an ordinary sales pipeline; the chances are where a team starts before it has figures of its own. */
export const STAGES = [
  { name: 'discovery', kind: 'open', probability: 0.1 },
  { name: 'evaluation', kind: 'open', probability: 0.25 },
  { name: 'proposal', kind: 'open', probability: 0.5 },
  { name: 'negotiation', kind: 'open', probability: 0.75 },
  { name: 'won', kind: 'won', probability: 1 },
  { name: 'lost', kind: 'lost', probability: 0 },
] as const
