/** A mail from a file: through the running server, whose worker reads it; without one stored and read here. */
import { setTimeout as sleep } from 'node:timers/promises'
import { parseMail } from '../../connectors/mail/parse.ts'
import { intakeActivities } from '../../activities/intake.ts'
import { receiveMail, type Received } from '../../activities/receive.ts'
import { messageById } from '../../db/stores/conversation.ts'
import { DealwrightError } from '../../domain/errors.ts'
import { withAgents } from './agent-deps.ts'
import { serverCall, serverUrl } from './server-call.ts'
import { withDatabase, type Opened } from './with-database.ts'

export interface Intake {
  message: string
  thread: string | null
  /** Null while no worker has read it. */
  label: string | null
  /** How it was matched, in words; null when it matched nobody. */
  matched: string | null
  /** False when this message was here before: nothing changed. */
  made: boolean
  labelBy: string | null
  labelQuote: string | null
  from: string
  subject: string
}

const LOOK_MS = 200
const READ_LIMIT_MS = 60_000

export async function intake(raw: Uint8Array, file: string, as: string | undefined): Promise<Intake> {
  await mustBeMail(raw, file)
  return withDatabase('intake', async opened => {
    const { db, home, config } = opened
    const received =
      (await serverUrl(home, config)) === null ? await takeHere(opened, raw) : await takeThere(opened, raw, as)
    const { threadId, label, labelBy, labelQuote, fromAddress, subject } = await messageById(db, received.id)
    return {
      message: received.id,
      thread: threadId,
      label,
      matched: received.matched,
      made: received.made,
      labelBy,
      labelQuote,
      from: fromAddress,
      subject,
    }
  })
}

/** Any bytes can be read as a mail of some sort: one without a header of a mail is a wrong file. */
async function mustBeMail(raw: Uint8Array, file: string): Promise<void> {
  const { from, headers } = await parseMail(raw)
  if (
    from === null &&
    headers['message-id'] === undefined &&
    headers.date === undefined &&
    headers.received === undefined
  )
    throw new DealwrightError(
      'bad_input',
      `${file} is no mail: it has neither From, Date nor Message-ID. Save the mail as .eml.`,
    )
}

async function takeThere({ db }: Opened, raw: Uint8Array, as: string | undefined): Promise<Received> {
  const received = await serverCall<Received>('/api/intake', { body: raw, as })
  const until = Date.now() + READ_LIMIT_MS
  while (Date.now() < until) {
    if ((await messageById(db, received.id)).readAt !== null) break
    await sleep(LOOK_MS)
  }
  return received
}

/** Playbooks react to it when a server runs next. */
async function takeHere(opened: Opened, raw: Uint8Array): Promise<Received> {
  const received = await receiveMail(opened.db, raw)
  await withAgents(opened, deps => intakeActivities(deps).readMessage({ messageId: received.id }))
  return received
}
