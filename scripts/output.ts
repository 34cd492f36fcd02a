/** How every command speaks: the answer on standard output, everything else on standard error. */
import type { Command } from 'commander'
import { DealwrightError } from '../domain/errors.ts'
import { printable } from './lib/printable.ts'

/** Whether `--json` was asked for, on the command or before it. */
export function wantsJson(command: Command): boolean {
  return command.optsWithGlobals<{ json?: boolean }>().json === true
}

let printed = false

/** Whether this command's document is out: a failure after it adds no second one. */
export function hasAnswered(): boolean {
  return printed
}

/** Prints the answer once: the document with `--json`, else its human form. */
export async function answer(command: Command, document: unknown, human: () => string): Promise<void> {
  const text = wantsJson(command) ? JSON.stringify(document, null, 2) : printable(human())
  printed = true
  if (text !== '') await write(`${text}\n`)
}

/** A line about what is going on. */
export function say(line: string): void {
  process.stderr.write(`${printable(line)}\n`)
}

/** Waits until the text has left: a pipe's reader may be slow and the process about to end. */
export function write(text: string): Promise<void> {
  return new Promise(resolve => {
    process.stdout.write(text, () => resolve())
  })
}

export interface Failure {
  /** 1: the work failed; 2: wrong use. */
  exit: 1 | 2
  code: string
  message: string
}

export function failureOf(error: unknown): Failure {
  if (error instanceof DealwrightError) {
    return { exit: error.code === 'bad_input' ? 2 : 1, code: error.code, message: oneLine(error.message) }
  }
  const { message, code } = error as { message?: string; code?: string }
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return { exit: 1, code: 'disk_full', message: 'the disk is full: make room and run the same command again' }
  return {
    exit: 1,
    code: 'internal',
    message: `${oneLine(message || String(code ?? error))} (DEALWRIGHT_DEBUG=1 shows where)`,
  }
}

function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim()
}
