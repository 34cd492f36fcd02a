/** Which tool a careful reader of the question would call next, and a careless one: it answers from names and numbers that nothing brought up. Asked something "for ever", it looks as long as it may. */
import { parametersOf, queriesFor } from '../../domain/ask/saved.ts'
import { dataBlocks } from './prompt-text.ts'
import type { ChatRequest, Mode, ToolCall } from './types.ts'

interface Found {
  look: string
  deals?: number
  found?: number | string
  rows?: { id: string; name: string; from?: string; to?: string; why?: string | null }[]
}

export function analystCall(chat: ChatRequest, mode: Mode): ToolCall {
  const [, today = '1970-01-01', question = ''] =
    /^Today is (\d{4}-\d{2}-\d{2})\. .*? asks:\n([\s\S]*)$/.exec(
      chat.messages.find(one => one.role === 'user')?.content ?? '',
    ) ?? []
  const answers = chat.messages.filter(one => one.role === 'tool').map(one => one.content ?? '')
  const [query] = queriesFor(question)
  const endless = question.includes('for ever') && (chat.tools ?? []).length > 1
  if (answers.length === 0 || endless) {
    const call = query?.calls(parametersOf(question, today))[0]
    return { name: call?.tool ?? 'find_records', arguments: call?.input ?? NOTHING }
  }
  const found = answers.flatMap(dataBlocks).map(text => JSON.parse(text) as Found)
  return { name: 'answer', arguments: { sentences: mode === 'lying' ? lies(found) : honest(found) } }
}

const NOTHING = { kind: 'deal', text: 'nobody', status: null, closes_from: null, closes_to: null, mine: false }

function honest(found: readonly Found[]) {
  return found.flatMap(({ look, deals, found: n, rows = [] }) => [
    { text: `${deals ?? n ?? rows.length} deals.`, records: [look] },
    ...rows.map(row => ({
      text: `${row.name} moved from ${row.from ?? 'nothing'} to ${row.to ?? 'nothing'}${row.why ? `, since ${row.why}` : ''}.`,
      records: [row.id],
    })),
  ])
}

/** One sentence about a record that was not seen, one with a figure that stands nowhere, one about nothing. */
function lies(found: readonly Found[]) {
  const row = found.flatMap(({ rows = [] }) => rows)[0]
  return [
    { text: 'Zebulon Quark Ltd slipped as well.', records: ['deal-99'] },
    { text: `${row?.name ?? 'It'} will bring in €48,211 on 3 January 2031.`, records: [row?.id ?? 'look-1'] },
    { text: 'Everybody is pleased.', records: [] },
  ]
}
