/** The workflow bundle: everything Temporal may start. */
export { playbookRun } from './playbook-run.ts'
export { intake } from './intake.ts'
export { ask } from './ask.ts'
