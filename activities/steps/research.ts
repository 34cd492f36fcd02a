/** Research is a procedure of several activities (activities/research.ts), begun by the workflow; here is what playbooks know of it. */
import { DealwrightError } from '../../domain/errors.ts'
import type { DoKind } from '../kinds.ts'

export const researchKind: DoKind = {
  name: 'research',
  verb: 'do',
  with: { max_pages: { type: 'number', min: 1, max: 30 } },
  result: {
    facts: 'double',
    rejected: 'double',
    unknowns: 'double',
    pages: 'double',
    by: { oneOf: ['model', 'rules'] },
    account_known: 'bool',
    no_company: 'bool',
  },
  queue: 'procedure',
  run: context =>
    Promise.reject(new DealwrightError('internal', `Research of run ${context.run.id} must be begun by its workflow.`)),
}
