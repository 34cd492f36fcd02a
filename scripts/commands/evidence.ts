import type { Command } from 'commander'
import type { Evaluation, SetName } from '../../test/evidence/evaluate.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { answer, say } from '../output.ts'

const SETS: readonly SetName[] = ['open', 'sealed', 'fresh', 'real']

interface Options {
  sets: SetName[]
  pages?: string
  misses: number
}

export function command(program: Command): void {
  program
    .command('evidence')
    .description('measure the evidence check on its labelled sets: precision and recall')
    .option('--sets <names>', 'of open, sealed, fresh and real, divided by commas', sets, ['open'])
    .option('--pages <folder>', 'where the pages of the set "real" lie (test/evidence/README.md)')
    .option('--misses <n>', 'how many misses of the open set to list', whole, 0)
    .addHelpText('after', '\nExample: dealwright evidence --sets open,sealed')
    .action(async (options: Options, self: Command) => {
      const { results, lines } = await measure(options)
      await answer(self, results, () => lines.join('\n'))
    })
}

type Figures = Omit<Evaluation, 'misses'>

async function measure(
  options: Options,
): Promise<{ results: Partial<Record<SetName, Figures | null>>; lines: string[] }> {
  const [{ runEvaluation }, { checkClaim }, { readPage }] = await Promise.all([
    import('../../test/evidence/evaluate.ts'),
    import('../../domain/evidence/check.ts'),
    import('../../connectors/web/read/read-page.ts'),
  ])
  const results: Partial<Record<SetName, Figures | null>> = {}
  const lines: string[] = []
  for (const set of options.sets) {
    const measured = await runEvaluation({
      check: checkClaim,
      sets: [set],
      read: readPage,
      print: text => lines.push(text),
      // Whoever reads the misses of a sealed set has opened it.
      misses: set === 'open' ? options.misses : 0,
      ...(options.pages === undefined ? {} : { pagesDir: options.pages }),
    }).catch(onlyFromSource)
    const result = measured[set] ?? null
    if (result === null) say(`${set}: not measured`)
    results[set] = result && figuresOf(result)
  }
  return { results, lines: lines.map(text => text.replace(/\n {2}\d+ more misses not listed$/, '')) }
}

function figuresOf({ misses: _misses, ...figures }: Evaluation): Figures {
  return figures
}

function onlyFromSource(error: unknown): never {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
  throw new DealwrightError('not_found', 'The labelled sets are part of the source tree: run this in a clone.', {
    cause: error,
  })
}

function sets(text: string): SetName[] {
  const names = text.split(',').map(name => name.trim())
  const wrong = names.find(name => !(SETS as readonly string[]).includes(name))
  if (wrong === undefined) return names as SetName[]
  throw new DealwrightError('bad_input', `--sets ${text}: "${wrong}" is none of ${SETS.join(', ')}.`)
}

function whole(text: string): number {
  const number = Number(text)
  if (Number.isInteger(number) && number >= 0) return number
  throw new DealwrightError('bad_input', `--misses ${text}: give a whole number.`)
}
