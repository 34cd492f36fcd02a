/**
 * List prices in micro-USD per million tokens, as the providers publish them for their standard tier. They change:
 * a deployment states its own under `prices` in its settings, which go first. A model in neither has cost null.
 */
export interface Price {
  input: number
  output: number
}

export type PriceTable = Readonly<Record<string, Price>>

export const PRICES: PriceTable = {
  'gpt-4o': { input: 2_500_000, output: 10_000_000 },
  'gpt-4o-mini': { input: 150_000, output: 600_000 },
  'gpt-4.1': { input: 2_000_000, output: 8_000_000 },
  'gpt-4.1-mini': { input: 400_000, output: 1_600_000 },
  'gpt-4.1-nano': { input: 100_000, output: 400_000 },
  'gpt-5': { input: 1_250_000, output: 10_000_000 },
  'gpt-5-mini': { input: 250_000, output: 2_000_000 },
  'gpt-5-nano': { input: 50_000, output: 400_000 },
}

/** Cost in micro-USD, rounded up; null for a model without a price. A dated name (`gpt-4o-2024-08-06`) has its family's. */
export function costMicroUsd(model: string, tokensIn: number, tokensOut: number, own: PriceTable = {}): number | null {
  const family = model.replace(/-\d{4}-\d{2}-\d{2}$/, '')
  const price = own[model] ?? own[family] ?? PRICES[model] ?? PRICES[family]
  if (price === undefined) return null
  return Math.ceil((tokensIn * price.input + tokensOut * price.output) / 1_000_000)
}
