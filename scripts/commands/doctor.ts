import type { Command } from 'commander'
import type { Check } from '../doctor/check.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { terminalWidth } from '../lib/table.ts'
import { wrap } from '../lib/words.ts'
import { answer } from '../output.ts'
import { progress } from '../progress.ts'

export function command(program: Command): void {
  program
    .command('doctor')
    .description('look at every part and say what is wrong and what to do; tries the model if one is configured')
    .option('--model-tries <n>', 'labelled pages to try the model on; 0 spends nothing', tries, 4)
    .addHelpText('after', '\nExample: dealwright doctor')
    .action(async (options: { modelTries: number }, self: Command) => {
      const checks = await look(options.modelTries)
      const ok = checks.every(check => check.ok)
      await answer(self, { ok, checks }, () => human(checks))
      if (!ok) process.exitCode = 1
    })
}

async function look(modelTries: number): Promise<Check[]> {
  const [
    { readConfig },
    { openHome },
    machine,
    { checkDatabase },
    { checkTemporal },
    parts,
    { checkModel },
    { serverUrl },
  ] = await Promise.all([
    import('../config.ts'),
    import('../home.ts'),
    import('../doctor/machine.ts'),
    import('../doctor/database.ts'),
    import('../doctor/temporal.ts'),
    import('../doctor/parts.ts'),
    import('../doctor/model.ts'),
    import('../lib/server-call.ts'),
  ])
  const [config, home] = [readConfig(), openHome()]
  const bar = progress('model')
  try {
    return [
      await machine.checkNode(),
      await machine.checkHome(home),
      await machine.checkKeys(home, config),
      ...(await checkDatabase(home, config, (await serverUrl(home, config)) !== null)),
      ...(await checkTemporal(home, config)),
      await parts.checkServer(home, config),
      await parts.checkSmtp(config),
      await parts.checkImap(config),
      await checkModel(config, modelTries, bar.update),
    ]
  } finally {
    bar.end()
  }
}

function human(checks: readonly Check[]): string {
  const [mark, name] = [5, 16]
  const lines = checks.map(check => {
    const head = (check.ok ? 'ok' : 'BAD').padEnd(mark) + check.name.padEnd(name)
    const detail = wrap(check.detail, terminalWidth(), ' '.repeat(mark + name))
    return head + detail.slice(mark + name)
  })
  const failed = checks.filter(check => !check.ok).length
  return [...lines, '', failed === 0 ? 'All is well.' : `${failed} of ${checks.length} need you.`].join('\n')
}

function tries(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 0 && number <= 100) return number
  throw new DealwrightError('bad_input', `--model-tries ${text}: give a whole number from 0 to 100.`)
}
