/** A process's own log. It may be on a disk that is full: lines are then lost, work is not. */
import { pino, type Logger } from 'pino'

/** Kept for later while the log cannot grow; what is more than this is lost. */
const HELD_BYTES = 256 * 1024

/** Writes to standard output. From here on no failed write to it or to standard error ends the process. */
export function processLog(name: string): Logger {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const destination = pino.destination({ fd: 1, sync: true, maxLength: HELD_BYTES })
  destination.on('error', () => {})
  const level = process.env.DEALWRIGHT_LOG ?? 'info'
  return pino({ name, level, hooks: { streamWrite: harmless } }, destination)
}

/** What would end a line, move a terminal or turn its text around; JSON's own escapes leave most of it as it is. */
const ACTS = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}]/gu

/** A line of JSON that says the same and does nothing to whatever shows it. */
export function harmless(line: string): string {
  return line.replace(ACTS, sign =>
    sign.replaceAll(/[^]/g, unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
  )
}
