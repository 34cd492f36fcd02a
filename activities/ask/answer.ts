/**
 * Answering a question: looks and sentences are stored as they come, under the attempt that made them. A retry takes a new attempt, and
 * what an earlier one still writes is not taken: the page shows the newest alone. Without a model, the saved queries that fit are offered.
 */
import { analyse } from '../../agents/analyst.ts'
import { NO_REJECTS } from '../../agents/ports.ts'
import { checkSentence } from '../../domain/ask/check.ts'
import { offersFor, parametersOf, savedQuery } from '../../domain/ask/saved.ts'
import type { Look, Said } from '../../domain/ask/types.ts'
import { DealwrightError } from '../../domain/errors.ts'
import {
  addStep,
  askerNow,
  askerZone,
  beginAttempt,
  endAttempt,
  failAsk,
  isCurrent,
  type AskEnd,
  type Attempt,
} from '../../db/stores/asks.ts'
import { currentContext } from '../alive.ts'
import type { Deps } from '../deps.ts'
import { askPorts } from '../model.ts'
import { openLooks, type Looks } from './looks.ts'

/** Looks that a model may take for one question. */
const STEPS = 6

/** Cancelled, or taken over by another attempt: what this one does is of no use any more. */
class AskOver extends Error {}

export function askActivities(deps: Deps) {
  const { db } = deps
  return {
    async answerAsk({ askId }: { askId: string }): Promise<void> {
      const attempt = await beginAttempt(db, askId)
      if (attempt === null) return
      try {
        await endAttempt(db, attempt, await answered(deps, attempt))
      } catch (error) {
        // Cancelled, Temporal is told so as the activity's own way.
        if (error instanceof AskOver) return
        if (!(error instanceof DealwrightError) || error.code !== 'forbidden') throw error
        await endAttempt(db, attempt, { status: 'failed', by: null, why: error.message })
      }
    },

    /** When the work could not be done for good. */
    async askFailed({ askId, code }: { askId: string; code: string }): Promise<void> {
      await failAsk(
        db,
        askId,
        `The answer broke off (${code}). Ask again; if it breaks off again, tell whoever runs this.`,
      )
    },
  }
}

async function answered(deps: Deps, attempt: Attempt): Promise<AskEnd> {
  const zone = await askerZone(deps.db, attempt.userId)
  const today = new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date())
  const steps = writeSteps(deps, attempt, zone)
  const query = attempt.saved === null ? undefined : savedQuery(attempt.saved)
  if (query !== undefined) {
    for (const call of query.calls(parametersOf(attempt.question, today)))
      await steps.tell(await steps.looks.look(call))
    return { status: 'answered', by: 'rules', why: null }
  }
  if (deps.model === null) return offered(attempt, today, 'No language model is set up here.')
  return byModel(deps, { ...deps.model }, attempt, steps, today)
}

async function byModel(
  deps: Deps,
  settings: NonNullable<Deps['model']>,
  attempt: Attempt,
  steps: Steps,
  today: string,
): Promise<AskEnd> {
  const ports = askPorts(deps, attempt.id)
  const { role } = await askerNow(deps.db, attempt)
  try {
    const run = await analyse(
      {
        askId: attempt.id,
        question: attempt.question,
        today,
        asker: `A colleague (${role})`,
        steps: STEPS,
        look: steps.looks.look,
        say: steps.say,
        goesOn: async () => {
          if (!(await isCurrent(deps.db, attempt))) throw new AskOver()
        },
        signal: currentContext()?.cancellationSignal,
      },
      settings,
      ports,
    )
    run.rejects = { ...NO_REJECTS, not_found: steps.counts.dropped, unsupported: steps.counts.marked }
    await ports.usage.record(run)
  } catch (error) {
    if (!(error instanceof DealwrightError) || !error.code.startsWith('model_')) throw error
    if (error.retry === 'later' && !isLastTry()) throw error
    return offered(attempt, today, WHY_NOT[error.code] ?? 'The language model did not answer.')
  }
  if (steps.counts.said === 0)
    return offered(attempt, today, 'What the model said rested on nothing that it had looked at.')
  const { dropped } = steps.counts
  const why =
    dropped === 0
      ? null
      : `${dropped === 1 ? 'One sentence was' : `${dropped} sentences were`} left out: nothing in the records stood behind ${dropped === 1 ? 'it' : 'them'}.`
  return { status: 'answered', by: 'model', why }
}

const WHY_NOT: Readonly<Record<string, string>> = {
  model_budget_spent: 'The budget for the language model is spent.',
  model_quota: 'The quota at the model’s provider is spent.',
  model_bad_key: 'The model’s provider refuses our key.',
  model_rate_limited: 'The model’s provider takes no more calls at the moment.',
  model_unavailable: 'The language model cannot be reached.',
}

function offered(attempt: Attempt, today: string, why: string): AskEnd {
  const { fit, offers } = offersFor(attempt.question, today)
  const which = fit ? 'These fit the question and need no model.' : 'None of the saved queries fits; these are there.'
  return { status: 'offered', by: null, why: `${why} ${which}`, offers }
}

function isLastTry(): boolean {
  const info = currentContext()?.info
  const most = info?.retryPolicy?.maximumAttempts
  return info === undefined || (most !== undefined && most > 0 && info.attempt >= most)
}

interface Steps {
  looks: Looks
  say: (sentence: Said) => Promise<void>
  /** A look's own lines. */
  tell: (look: Look) => Promise<void>
  counts: { said: number; dropped: number; marked: number }
}

/** Stores each look and each sentence that passes the check, in their order. */
function writeSteps({ db }: Deps, attempt: Attempt, zone: string): Steps {
  let n = 0
  const counts = { said: 0, dropped: 0, marked: 0 }
  const write = async (step: Parameters<typeof addStep>[3]): Promise<void> => {
    n += 1
    if (!(await addStep(db, attempt, n, step))) throw new AskOver()
  }
  const looks = openLooks({
    sql: db,
    zone,
    question: attempt.question,
    viewer: () => askerNow(db, attempt),
    looked: ({ tool, told }) => write({ kind: 'look', body: { tool, told } }),
  })
  const say = async (sentence: Said): Promise<void> => {
    const checked = checkSentence(sentence, looks.ground)
    if ('dropped' in checked) {
      counts.dropped += 1
      return
    }
    counts.said += 1
    if (checked.kept.unsupported.length > 0) counts.marked += 1
    await write({ kind: 'sentence', body: checked.kept })
  }
  return {
    looks,
    say,
    counts,
    tell: async ({ lines }) => {
      for (const line of lines) await say(line)
    },
  }
}
