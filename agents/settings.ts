/** Model settings from the environment. `docs/models.md` says what each provider wants. */
import { DealwrightError } from '../domain/errors.ts'
import type { ModelSettings } from './gateway.ts'

const DEFAULT_MODEL = 'gpt-4o-mini'
const DEFAULT_TIMEOUT_MS = 60_000

/**
 * `OPENAI_API_KEY`, `OPENAI_BASE_URL`, `DEALWRIGHT_MODEL`, `DEALWRIGHT_MODEL_TIMEOUT` (seconds). Null when neither a key nor
 * an address is given: then the agents work by rules. A local server needs no key.
 */
export function modelSettings(env: Readonly<Record<string, string | undefined>>): ModelSettings | null {
  const apiKey = env['OPENAI_API_KEY'] ?? ''
  const baseUrl = env['OPENAI_BASE_URL'] ?? ''
  if (apiKey === '' && baseUrl === '') return null
  if (baseUrl !== '' && !/^https?:\/\/[^\s/]+/.test(baseUrl)) {
    throw new DealwrightError(
      'bad_input',
      'OPENAI_BASE_URL is not an http or https address. Give it up to and with /v1.',
    )
  }
  const seconds = Number(env['DEALWRIGHT_MODEL_TIMEOUT'] ?? DEFAULT_TIMEOUT_MS / 1000)
  if (!(seconds > 0 && seconds <= 3600)) {
    throw new DealwrightError('bad_input', 'DEALWRIGHT_MODEL_TIMEOUT is not a number of seconds from 1 to 3600.')
  }
  return {
    baseUrl: baseUrl === '' ? undefined : baseUrl,
    apiKey: apiKey === '' ? 'none' : apiKey,
    model: env['DEALWRIGHT_MODEL'] ?? DEFAULT_MODEL,
    timeoutMs: seconds * 1000,
  }
}
