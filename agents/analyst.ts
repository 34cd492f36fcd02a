/** Answers a question about our own records: looks, then says, each sentence tied to what was looked at. It holds no tool that writes, sends or fetches. */
import { z } from 'zod'
import { LOOKS, ASK_KINDS, type Look, type LookCall, type LookName, type Said } from '../domain/ask/types.ts'
import { DealwrightError } from '../domain/errors.ts'
import type { ConversationTool } from './conversation.ts'
import type { ModelSettings } from './gateway.ts'
import type { AgentRunRecord, ModelPorts } from './ports.ts'
import { loadPrompt } from './prompt.ts'
import { untrusted } from './untrusted.ts'
import { wholeItems } from './whole-items.ts'

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .describe('YYYY-MM-DD')
const name = z.string().max(40).describe('a name like deal-3 that an earlier look gave')

/** What each look takes. The one place that says so, for the model and for saved queries. */
export const LOOK_INPUT = {
  find_records: z.strictObject({
    kind: z.enum(ASK_KINDS),
    text: z.string().max(200).nullable().describe('words of its name, company or address; null: any'),
    status: z
      .string()
      .max(40)
      .nullable()
      .describe(
        'of a deal: open, won or lost; of a lead: new, working, nurture, qualified, disqualified, converted or closed; null: any',
      ),
    closes_from: day.nullable().describe('deals only: first close date'),
    closes_to: day.nullable().describe('deals only: last close date'),
    mine: z.boolean().describe('only those that the asker owns'),
  }),
  look_at: z.strictObject({ record: name }),
  deals_changed: z.strictObject({
    what: z.enum(['close_date', 'amount', 'stage', 'won', 'lost']),
    from: day,
    to: day,
    mine: z.boolean().describe('only those that the asker owns'),
  }),
  count_activity: z.strictObject({ what: z.enum(['approvals', 'mails']), from: day, to: day }),
  why_not: z.strictObject({ record: name }),
} as const satisfies Record<LookName, z.ZodObject>

const WHAT: Record<LookName, string> = {
  find_records: 'Finds leads, companies (accounts), people (contacts) or deals, at most 25, with how many there are.',
  look_at: 'One record with its facts and what happened with it last, newest first.',
  deals_changed:
    'Deals whose close date, amount or stage changed in a span of days, or that were won or lost in it, with when, by whom and why.',
  count_activity:
    'How many approvals were asked, given and refused, or how many mails went out and came in with what label, in a span of days.',
  why_not:
    'Why agents did not do something for a lead, person or deal: the ledger of what was held, refused or not started.',
}

export const analystAnswer = z.strictObject({
  sentences: z
    .array(z.strictObject({ text: z.string(), records: z.array(z.string()) }))
    .max(40)
    .describe('the answer, sentence by sentence, each with the names of the records or looks it rests on'),
})

export interface AnalystInput {
  /** Names the work, so that a retry of it pays nothing anew. */
  askId: string
  question: string
  /** In the asker's zone. */
  today: string
  /** Who asks, as the prompt may say it: `a rep`. */
  asker: string
  /** Looks that the model may take. */
  steps: number
  /** @throws what ends the answer; `bad_input` and `not_found` are told to the model instead */
  look: (call: LookCall) => Promise<Look>
  /** Called once for each sentence, in order, as it is whole. Sentences of an answer that then fails were said in vain. */
  say: (sentence: Said) => Promise<void>
  /** Throws where the work is over. */
  goesOn: () => Promise<void>
  signal?: AbortSignal | undefined
}

/** @throws DealwrightError with a `model_…` code, and whatever `look`, `say` and `goesOn` throw */
export async function analyse(
  input: AnalystInput,
  settings: ModelSettings,
  ports: ModelPorts,
): Promise<AgentRunRecord> {
  const speaker = inOrder(input.say)
  let looking: Promise<unknown> = Promise.resolve()
  /** One after the other, so that a retry gives records the same names. */
  const inTurn = (call: LookCall): Promise<string> => {
    const result = looking.then(() => read(input, call))
    looking = result.catch(() => {})
    return result
  }
  const tools = LOOKS.map(
    (tool): ConversationTool => ({
      name: tool,
      description: WHAT[tool],
      schema: LOOK_INPUT[tool],
      run: (given: LookCall['input']) => inTurn({ tool, input: given }),
    }),
  )
  const last: ConversationTool = {
    name: 'answer',
    description: 'Says the answer and ends. Call it once, after looking.',
    schema: analystAnswer,
    run: async ({ sentences }: z.output<typeof analystAnswer>) => {
      await speaker.sayAll(sentences)
      return 'said'
    },
  }
  // Loaded with the first question: the library is large, and most processes never ask a model.
  const { converse } = await import('./conversation.ts')
  return converse(
    {
      agent: 'analyst',
      prompt: loadPrompt('analyst'),
      input: `Today is ${input.today}. ${input.asker} asks:\n${input.question}`,
      tools,
      last,
      onLast: soFar => speaker.hear(soFar),
      calls: input.steps + 1,
      keptFor: input.askId,
      goesOn: input.goesOn,
      signal: input.signal,
    },
    settings,
    ports,
  )
}

async function read(input: AnalystInput, call: LookCall): Promise<string> {
  try {
    const { name: look, data } = await input.look(call)
    return untrusted(JSON.stringify({ look, ...(data as object) }))
  } catch (error) {
    if (error instanceof DealwrightError && (error.code === 'bad_input' || error.code === 'not_found'))
      return error.message
    throw error
  }
}

/** Says sentences as they become whole, and at the end those that are left: each once, one after the other. */
function inOrder(say: (sentence: Said) => Promise<void>) {
  let said = 0
  let last: Promise<void> = Promise.resolve()
  let failure: { error: unknown } | null = null
  const next = (sentence: Said) => {
    said += 1
    last = last.then(async () => {
      if (failure !== null) return
      await say(sentence).catch((error: unknown) => {
        failure = { error }
      })
    })
  }
  return {
    hear(soFar: string): void {
      for (const item of wholeItems(soFar).slice(said)) {
        const parsed = analystAnswer.shape.sentences.element.safeParse(parsedJson(item))
        // What does not fit fails as a whole when all of it is there.
        if (!parsed.success) return
        next(parsed.data)
      }
    },
    async sayAll(sentences: readonly Said[]): Promise<void> {
      for (const sentence of sentences.slice(said)) next(sentence)
      await last
      if (failure !== null) throw failure.error
    },
  }
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
