/** A mail as a person edited it in a file. */
import { DealwrightError } from '../../domain/errors.ts'

export interface MailEdit {
  subject?: string
  body: string
}

const SUBJECT = /^Subject:[ \t]*(.*)\n(?:[ \t]*\n|$)/i

/** `Subject: …`, an empty line and the text; or the text alone, and the subject stays. @throws DealwrightError `bad_input` when nothing is left to send */
export function parseMailEdit(text: string, file: string): MailEdit {
  const lines = text.replaceAll('\r\n', '\n').replace(/^\n+/, '')
  const subject = SUBJECT.exec(lines)
  const body = (subject ? lines.slice(subject[0].length) : lines).trim()
  if (body === '') throw new DealwrightError('bad_input', `${file} holds no text to send.`)
  if (subject && (subject[1] ?? '').trim() === '')
    throw new DealwrightError(
      'bad_input',
      `${file}: the subject is empty. Write one, or leave the line out to keep it.`,
    )
  return subject ? { subject: (subject[1] ?? '').trim(), body } : { body }
}
