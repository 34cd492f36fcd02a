/** Under which key a model's answer is kept: the same as agents/gateway.ts makes (a test holds the two together). */
import { sha256 } from '../gate/canonical.ts'

export const cacheKeyOf = (of: { promptHash: string; model: string; inputHash: string; generation: number }): string =>
  sha256(JSON.stringify([of.promptHash, of.model, of.inputHash, of.generation]))
