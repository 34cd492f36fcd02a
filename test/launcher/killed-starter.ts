/** A process that starts a Postgres and is killed, with or without the guard that would then stop it. */
import { spawn } from 'node:child_process'
import { execFileSync } from 'node:child_process'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { exitOf, identify, stopProcess } from '../../scripts/services/process.ts'
import type { ProcessIdentity } from '../../scripts/services/process.ts'

const STARTER = fileURLToPath(new URL('starter.ts', import.meta.url))

/** Resolves with the Postgres left behind once its starter is dead. */
export async function killedStarter(folder: string, options: { guard: boolean }): Promise<ProcessIdentity> {
  const child = spawn(
    process.execPath,
    ['--import', import.meta.resolve('tsx'), STARTER, path.join(folder, 'postgres')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  const exited = exitOf(child)
  const line = await new Promise<string>((resolve, reject) => {
    child.stdout.once('data', (chunk: Buffer) => resolve(chunk.toString()))
    child.once('exit', code => reject(new Error(`the starter ended with ${code}`)))
  })
  const postgres = await identify(Number(line))
  onTestFinished(() => stopProcess(postgres, 'SIGINT', 5000))
  if (!options.guard) for (const guard of guardsOf(postgres.pid)) process.kill(guard, 'SIGKILL')
  child.kill('SIGKILL')
  await exited
  return postgres
}

function guardsOf(pid: number): number[] {
  const list = execFileSync('ps', ['-eo', 'pid,args']).toString().split('\n')
  return list.filter(row => row.includes(' guard ') && row.includes(` ${pid} `)).map(row => Number.parseInt(row, 10))
}
