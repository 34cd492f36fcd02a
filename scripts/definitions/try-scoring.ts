/** Who would change under another scoring file, how and why. */
import { scoredLead } from '../../activities/steps/score.ts'
import type { Sql } from '../../db/sql.ts'
import { parseScoring, type Scoring } from '../../domain/scoring/parse.ts'
import { scoreLead, type LeadScore } from '../../domain/scoring/score.ts'
import type { ScoringTrial } from '../../domain/definition-trial.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { forCurrentLeads } from './current-leads.ts'
import { inForce } from './in-force.ts'

/**
 * Both files judge the same facts at the same moment, so that only the file makes the difference.
 * @param most the newest so many leads; all of them unless said
 */
export async function tryScoring(
  sql: Sql,
  scoring: Scoring,
  onProgress: (done: number, of: number) => void,
  most?: number,
): Promise<ScoringTrial> {
  const { version, text } = await inForce(sql, 'scoring')
  const { scoring: old } = parseScoring(text, `scoring v${version}`)
  if (!old) throw new DealwrightError('internal', `Scoring version ${version} was published but cannot be read.`)
  const now = new Date().toISOString()
  const all = await forCurrentLeads(
    sql,
    async current => {
      const known = await scoredLead(sql, current)
      const [before, after] = [scoreLead(old, known, now), scoreLead(scoring, known, now)]
      const { name, company } = current
      return {
        lead: current.lead.id,
        name,
        company,
        before: before.value,
        after: after.value,
        why: differences(before, after),
      }
    },
    onProgress,
    most,
  )
  const changed = all.filter(one => one.before !== one.after)
  changed.sort((a, b) => Math.abs(b.after - b.before) - Math.abs(a.after - a.before) || a.name.localeCompare(b.name))
  return { version, leads: all.length, changed }
}

/** Parts by name: what each gave before and gives now. */
export function differences(before: LeadScore, after: LeadScore): string[] {
  const names = new Set([...before.parts, ...after.parts].map(part => part.name))
  return [...names].flatMap(name => {
    const was = before.parts.find(part => part.name === name)
    const is = after.parts.find(part => part.name === name)
    if (was?.points === is?.points) return []
    const reason = is?.reason ?? was?.reason ?? ''
    if (!was) return [`${name} new: ${is?.points} (${reason})`]
    if (!is) return [`${name} gone: was ${was.points} (${reason})`]
    return [`${name} ${was.points} → ${is.points} (${reason})`]
  })
}
