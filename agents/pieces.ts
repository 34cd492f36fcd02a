/** An answer as it streams in: the arguments of one tool's call, so far, and the list items in them that are whole. */
import { BaseCallbackHandler } from '@langchain/core/callbacks/base'
import type { BaseMessage } from '@langchain/core/messages'

interface Piece {
  name?: string | undefined
  args?: string | undefined
  index?: number | undefined
}

/** Asks the model to stream, and tells `onPiece` the arguments of the tool's call as far as they have come. */
export function piecesOf(
  tool: string,
  onPiece: (soFar: string) => void,
): { handler: BaseCallbackHandler; reset: () => void } {
  const open = new Map<number, { name: string; args: string }>()
  class Pieces extends BaseCallbackHandler {
    readonly name = 'pieces'
    readonly lc_prefer_streaming = true
    override awaitHandlers = true

    override handleLLMNewToken(
      ...[, , , , , fields]: Parameters<NonNullable<BaseCallbackHandler['handleLLMNewToken']>>
    ): void {
      const { chunk } = (fields ?? {}) as { chunk?: { message?: { tool_call_chunks?: Piece[] } } }
      for (const piece of chunk?.message?.tool_call_chunks ?? []) {
        const call = open.get(piece.index ?? 0) ?? { name: '', args: '' }
        call.name += piece.name ?? ''
        call.args += piece.args ?? ''
        open.set(piece.index ?? 0, call)
        if (call.name === tool) onPiece(call.args)
      }
    }
  }
  return { handler: new Pieces(), reset: () => open.clear() }
}

/** What a message calls for; nothing, where it is no model's. */
export function toolCallsBy(message: BaseMessage): { name: string; args: Record<string, unknown>; id: string }[] {
  const { tool_calls: calls } = message as BaseMessage & {
    tool_calls?: { name: string; args: Record<string, unknown>; id?: string }[]
  }
  return (calls ?? []).map(({ name, args, id }) => ({ name, args, id: id ?? '' }))
}
