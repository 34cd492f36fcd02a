/** The programs that are compiled ahead, each into one script, and where the scripts lie. */
import path from 'node:path'

export const PROJECT = path.resolve(import.meta.dirname, '..', '..')

/** Name: source, from the project's folder. */
export const PROGRAMS = {
  cli: 'scripts/cli.ts',
  worker: 'scripts/processes/worker-part.ts',
  server: 'scripts/processes/server-part.ts',
  bundle: 'scripts/processes/bundle-part.ts',
  // Where Temporal runs workflow code, beside the worker's own thread.
  workflows: 'node_modules/@temporalio/worker/lib/workflow/workflow-worker-thread.js',
}

/** Its files become commands by lying there. */
export const COMMANDS = 'scripts/commands'

/** Of the project given, for tests; `DEALWRIGHT_COMPILED` names another folder. */
export function cacheFolder(project = PROJECT) {
  return process.env.DEALWRIGHT_COMPILED || path.join(project, 'node_modules', '.cache', 'dealwright')
}
