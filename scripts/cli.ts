/**
 * Entry of the command. One file a command in `commands/`, each exporting `command(program)`; only the one asked for is
 * loaded. Exit 0 success, 1 the work failed, 2 wrong use. With `--json`, standard output carries exactly one JSON document.
 */
import { readFileSync, readdirSync } from 'node:fs'
import path from 'node:path'
import { Command, CommanderError } from 'commander'
import { PROJECT } from './home.ts'
import { failureOf, hasAnswered, say, write } from './output.ts'
import type { Failure } from './output.ts'

interface CommandFile {
  command: (program: Command) => void
}

const FOLDER = path.join(import.meta.dirname, 'commands')
const ENDING = path.extname(import.meta.filename)

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0) // the reader has seen enough
  throw error
})

void main(process.argv.slice(2)).then(async code => {
  await flushed()
  // What a command opened it also closed; some libraries keep the loop alive all the same.
  process.exit(code)
})

async function main(args: string[]): Promise<number> {
  const json = args.includes('--json')
  // Libraries that print would break the one document.
  if (json) console.log = console.info = console.debug = console.error
  const program = newProgram()
  try {
    for (const file of wanted(args)) {
      // A pattern, so that what compiles us ahead sees which files it can be.
      const loaded = (await import(`./commands/${path.parse(file).name}.ts`)) as CommandFile
      loaded.command(program)
    }
    configure(program)
    await program.parseAsync(args, { from: 'user' })
    return Number(process.exitCode ?? 0)
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return 0 // help, version
    const failure = error instanceof CommanderError ? usageFailure(error) : failureOf(error)
    await report(failure, error, json)
    return failure.exit
  }
}

function newProgram(): Command {
  const { version } = JSON.parse(readFileSync(path.join(PROJECT, 'package.json'), 'utf8')) as { version: string }
  return new Command('dealwright')
    .description(
      'Agentic sales-assistant workers: research, qualify, draft and keep deal records; nothing leaves without approval.',
    )
    .version(version)
    .helpCommand(false)
    .addHelpText('after', '\nBegin with "dealwright demo" to see everything once, or "dealwright up" to run it.')
}

/** The file of the command asked for; all of them for help, or when there is none of that name. */
function wanted(args: string[]): string[] {
  const files = readdirSync(FOLDER)
    .filter(name => name.endsWith(ENDING) && !name.endsWith(`.test${ENDING}`) && !name.endsWith('.d.ts'))
    .sort()
  const name = args.find(arg => !arg.startsWith('-'))
  return name !== undefined && files.includes(name + ENDING) ? [name + ENDING] : files
}

/** What holds for every command: `--json`, errors as exceptions, no usage text on standard output. */
function configure(program: Command): void {
  program.exitOverride()
  program.configureOutput({ writeErr: () => {} })
  if (!program.options.some(option => option.long === '--json')) program.option('--json', 'print one JSON document')
  for (const child of program.commands) configure(child)
}

function usageFailure(error: CommanderError): Failure {
  const bare = error.code === 'commander.help' || error.code === 'commander.helpDisplayed'
  const message = bare ? 'name a command' : error.message.replace(/^error: /, '')
  return { exit: 2, code: 'usage', message: `${message}. See "dealwright --help"` }
}

async function report(failure: Failure, error: unknown, json: boolean): Promise<void> {
  say(`dealwright: ${failure.message}`)
  if (process.env.DEALWRIGHT_DEBUG && error instanceof Error) say(error.stack ?? '')
  if (json && !hasAnswered())
    await write(`${JSON.stringify({ error: { code: failure.code, message: failure.message } })}\n`)
}

function flushed(): Promise<void> {
  return write('')
}
