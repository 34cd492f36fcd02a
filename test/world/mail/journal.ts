/** What the prospects' mail server remembers: mails taken, mails answered. With a file it survives a restart. */
import { appendFileSync, existsSync, readFileSync, statSync, truncateSync } from 'node:fs'
import type { ReceivedMail } from './inbound.ts'

export interface SentReply {
  /** Contact id and number of the answer: `contact-0003#1`. */
  answerId: string
  messageId: string
  inReplyTo: string
  from: string
  to: string
  label: string
  at: string
}

type Line = { took: ReceivedMail } | { refused: { to: string; at: string } } | { sent: SentReply }

export interface Journal {
  received: ReceivedMail[]
  refused: { to: string; at: string }[]
  sent: SentReply[]
  add(line: Line): void
}

/** One JSON document a line, appended as it happens; a last line cut off by a crash is left out. */
export function openJournal(file?: string): Journal {
  let unwritten = ''
  const journal: Journal = {
    received: [],
    refused: [],
    sent: [],
    add(line) {
      unwritten += `${JSON.stringify(line)}\n`
      unwritten = file === undefined ? '' : append(file, unwritten)
      keep(journal, line)
    },
  }
  if (!file || !existsSync(file)) return journal
  const text = readFileSync(file, 'utf8')
  for (const line of text.split('\n')) {
    if (line === '') continue
    try {
      keep(journal, JSON.parse(line) as Line)
    } catch {
      // Only the last line can be cut off: it was not confirmed to anyone. A line break keeps it apart from the next.
      appendFileSync(file, '\n')
    }
  }
  return journal
}

/** What could not be written: on a full disk the lines are remembered, and written with the next one that there is room for. */
function append(file: string, text: string): string {
  const before = existsSync(file) ? statSync(file).size : 0
  try {
    appendFileSync(file, text)
    return ''
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
    if (existsSync(file)) truncateSync(file, before)
    return text
  }
}

function keep(journal: Journal, line: Line): void {
  if ('took' in line) journal.received.push(line.took)
  else if ('refused' in line) journal.refused.push(line.refused)
  else journal.sent.push(line.sent)
}
