/** The web and the model as the environment says: the same for workers and for commands that read by themselves. */
import type { ModelSettings } from '../agents/gateway.ts'
import { createTurns } from '../agents/turns.ts'
import { createFetcher, type Fetcher } from '../connectors/web/fetcher.ts'
import { parseAllowHosts, parseHostMap } from '../connectors/web/rules.ts'
import type { Config } from './config.ts'
import { MODEL_CALLS_AT_ONCE } from './model-calls.ts'

/** For one answer, unless DEALWRIGHT_MODEL_TIMEOUT says otherwise. */
const MODEL_LIMIT_MS = 120_000

/** Null: none is configured, the rules do the work. */
export function modelFrom({ model }: Config): ModelSettings | null {
  if (!model.apiKey && !model.baseUrl) return null
  return {
    apiKey: model.apiKey ?? 'none',
    model: model.name ?? 'gpt-4.1-mini',
    timeoutMs: model.timeoutMs ?? MODEL_LIMIT_MS,
    passageChars: model.passageChars,
    turns: createTurns(MODEL_CALLS_AT_ONCE),
    ...(model.baseUrl ? { baseUrl: model.baseUrl } : {}),
  }
}

export function fetcherFrom(env: NodeJS.ProcessEnv): Fetcher {
  return createFetcher({
    allowHosts: parseAllowHosts(env.DEALWRIGHT_ALLOW_HOSTS ?? ''),
    hostMap: parseHostMap(env.DEALWRIGHT_HOST_MAP ?? ''),
    ...(env.DEALWRIGHT_PACE_MS ? { minDelayMs: Number(env.DEALWRIGHT_PACE_MS) } : {}),
  })
}
