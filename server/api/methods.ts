/** Addresses that exist with other methods: what OPTIONS answers, and the Allow header of a wrong method. */
import type { Context } from 'hono'
import { DealwrightError } from '../../domain/errors.ts'
import type { Env } from './api.ts'
import { problem } from './problem.ts'

interface Declared {
  method: string
  path: string
}

/** Answers what no route took. */
export function elsewhere(declared: readonly Declared[]): (context: Context<Env>) => Response {
  const all = declared.map(({ method, path }) => ({ method, matches: patternOf(path) }))
  return context => {
    const allowed = new Set(all.filter(({ matches }) => matches.test(context.req.path)).map(({ method }) => method))
    if (allowed.size === 0)
      return problem(context, new DealwrightError('not_found', 'There is nothing at this address.'))
    if (allowed.has('GET')) allowed.add('HEAD')
    const allow = [...allowed, 'OPTIONS'].toSorted().join(', ')
    if (context.req.method === 'OPTIONS') return new Response(null, { status: 204, headers: { allow } })
    const refused = problem(
      context,
      new DealwrightError('method_not_allowed', `This address takes ${allow}, not this method.`),
    )
    refused.headers.set('allow', allow)
    return refused
  }
}

/** `:name` stands for one part of a path, as does `{name}`. */
function patternOf(path: string): RegExp {
  const parts = path
    .split('/')
    .map(part => (/^[:{]/.test(part) ? '[^/]+' : part.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&')))
  return new RegExp(`^${parts.join('/')}$`)
}
