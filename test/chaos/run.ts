/** npm run chaos -- --kills 30 --leads 60 [--seed S] [--keep] [--json]: exits 1 when a promise was broken. */
import { parseArgs } from 'node:util'
import { holds, runChaos, type ChaosReport } from './chaos.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '30' },
    leads: { type: 'string', default: '60' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    keep: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
})

function whole(name: string, text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number > 0) return number
  console.error(`--${name} ${text}: give a whole number above 0`)
  return process.exit(2)
}

function human(report: ChaosReport): string {
  const { kills, runs, afterSettling, mails, recovery } = report
  const byPart = Object.entries(kills.byPart).map(([part, n]) => `${part} ${n}`)
  return [
    `${kills.total} kills (${byPart.join(', ')}), ${kills.whileWorking} while work was under way, ${kills.onTopOfAnother} before the part before had risen; ${report.leads} leads, seed ${report.seed}.`,
    `Runs: ${runs.completed} completed, ${runs.waiting} wait for a reply or a date, ${runs.onUncertain} on a listed uncertain mail, ${runs.stuck} stuck.`,
    `${report.uncertain.length} uncertain: ${report.uncertain.join('; ') || 'none'}. Once settled: ${afterSettling.completed} completed, ${afterSettling.waiting} waiting, ${afterSettling.stuck} stuck.`,
    `${mails.delivered} mails delivered, ${mails.deliveredTwice} twice. Surplus rows: ${JSON.stringify(report.duplicates)}.`,
    `From a kill to progress: ${recovery.median} s median, ${recovery.longest} s at most (${recovery.longestAfter}). Took ${report.seconds} s.`,
    report.broken.length === 0 ? 'Every promise held.' : `BROKEN:\n${report.broken.join('\n')}`,
  ].join('\n')
}

const began = Date.now()
const report = await runChaos({
  kills: whole('kills', values.kills),
  leads: whole('leads', values.leads),
  seed: values.seed,
  keep: values.keep,
  say: line => process.stderr.write(`${((Date.now() - began) / 1_000).toFixed(1).padStart(6)} s  ${line}\n`),
})
process.stdout.write(`${values.json ? JSON.stringify(report) : human(report)}\n`)
process.exit(holds(report) ? 0 : 1)
