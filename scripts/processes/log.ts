/** A process's own log. It may be on a disk that is full: lines are then lost, work is not. */
import { pino, type Logger } from 'pino'

/** Kept for later while the log cannot grow; what is more than this is lost. */
const HELD_BYTES = 256 * 1024

/** Writes to standard output. From here on no failed write to it or to standard error ends the process. */
export function processLog(name: string): Logger {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
  const destination = pino.destination({ fd: 1, sync: true, maxLength: HELD_BYTES })
  destination.on('error', () => {})
  return pino({ name, level: process.env.DEALWRIGHT_LOG ?? 'info' }, destination)
}
