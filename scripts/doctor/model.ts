/** The configured model on some of the labelled set: does it quote what stands there, and do the quotes carry what it says? */
import { createGateway } from '../../agents/gateway.ts'
import { memoryPorts } from '../../agents/memory-ports.ts'
import { research, type ResearchResult } from '../../agents/researcher.ts'
import { checkClaim } from '../../domain/evidence/check.ts'
import { loadPairs, type Pair } from '../../test/evidence/load.ts'
import type { Config } from '../config.ts'
import { plural } from '../lib/words.ts'
import { modelFrom } from '../outside.ts'
import { bad, probe, type Check } from './check.ts'

export interface ModelTrial {
  sources: number
  /** Answers that came from the model; the others failed and rules took over. */
  answered: number
  claims: number
  /** Claims whose quote stands in the source. */
  quotesFound: number
  /** Of these, claims that their quote carries. */
  supported: number
  /** Calls that had to be repeated because the answer did not fit the schema. */
  repaired: number
  calls: number
  tokens: number
  seconds: number
}

export function checkModel(
  config: Config,
  tries: number,
  onProgress: (done: number, of: number) => void,
): Promise<Check> {
  return probe('model', async () => {
    const model = modelFrom(config)
    if (model === null)
      return 'none is configured: rules read and write, and every mail waits for a person (docs/models.md)'
    if (tries === 0) return `${model.model}: not tried`
    const ports = memoryPorts()
    const gateway = createGateway(model, ports)
    const results: ResearchResult[] = []
    const began = Date.now()
    for (const { claim, source } of sample(tries)) {
      results.push(
        await research(
          { subject: claim.subject, sources: [source], conversations: [], check: checkClaim },
          { gateway, usage: ports.usage, lastTry: true },
        ),
      )
      onProgress(results.length, tries)
    }
    return verdict(model.model, results, (Date.now() - began) / 1000)
  })
}

/** Pages of the open set that state something true, spread over it, no page twice. */
function sample(most: number): Pair[] {
  const texts = new Map<string, Pair>()
  for (const pair of loadPairs('open'))
    if (pair.expect === 'ok' && pair.source.kind === 'page' && !texts.has(pair.source.text))
      texts.set(pair.source.text, pair)
  const all = [...texts.values()]
  const step = Math.max(1, Math.floor(all.length / most))
  return all.filter((_, index) => index % step === 0).slice(0, most)
}

function verdict(name: string, results: readonly ResearchResult[], seconds: number): string | Omit<Check, 'name'> {
  const byModel = results.filter(result => result.by === 'model')
  const failures = [...new Set(results.flatMap(result => result.fallback ?? []))]
  if (byModel.length === 0)
    return bad(
      `${name} gave no usable answer (${failures.join(', ')}): check OPENAI_API_KEY, OPENAI_BASE_URL and OPENAI_MODEL (docs/models.md)`,
    )
  const trial = countTrial(results, seconds)
  const share = (part: number, whole: number) => (whole === 0 ? 'none' : `${part} of ${whole}`)
  const parts = [
    `${name} on ${plural(trial.sources, 'labelled page')}: ${share(trial.quotesFound, trial.claims)} quotes found`,
    `${share(trial.supported, trial.quotesFound)} of these claims supported`,
    `${share(trial.repaired, trial.answered)} answers needed repair`,
    ...(failures.length > 0 ? [`${trial.sources - trial.answered} answers failed (${failures.join(', ')})`] : []),
    `${(trial.seconds / Math.max(1, trial.calls)).toFixed(1)} s a call`,
  ]
  return parts.join(', ')
}

export function countTrial(results: readonly ResearchResult[], seconds: number): ModelTrial {
  const byModel = results.filter(result => result.by === 'model')
  const sum = (of: (result: ResearchResult) => number) => byModel.reduce((total, result) => total + of(result), 0)
  const supported = sum(result => result.facts.length)
  const rejected = sum(result => result.rejected.length)
  const notFound = sum(result => result.rejects.not_found)
  return {
    sources: results.length,
    answered: byModel.length,
    claims: supported + rejected,
    quotesFound: supported + rejected - notFound,
    supported,
    repaired: byModel.filter(result => result.run.repaired).length,
    calls: sum(result => result.run.calls),
    tokens: sum(result => result.run.tokensIn + result.run.tokensOut),
    seconds,
  }
}
