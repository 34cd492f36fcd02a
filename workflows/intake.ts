/** Reading a message that came in: label and factors in one call, then the event that playbooks react to. Intake is code; every reaction is a playbook. */
import { exceptAway } from './away.ts'
import { model } from './queues.ts'

export interface IntakeInput {
  messageId: string
}

const RETRY = { attempts: 6, firstMs: 2_000, factor: 2, maxMs: 300_000 }

export async function intake(input: IntakeInput): Promise<void> {
  await exceptAway(() => model(RETRY).readMessage(input))
}
