import { spawn } from 'node:child_process'

/**
 * Runs a program to its end with its output on our standard error, or kept back until it fails (`quiet`). After `limitMs` it
 * is killed together with its children.
 */
export function run(program, args, { cwd, env, limitMs, quiet = false }) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: quiet ? ['ignore', 'pipe', 'pipe'] : ['ignore', 2, 2],
      detached: process.platform !== 'win32',
      shell: process.platform === 'win32',
    })
    const guard = startGuard(child.pid)
    let output = ''
    for (const stream of quiet ? [child.stdout, child.stderr] : []) {
      stream.on('data', chunk => {
        output = (output + chunk).slice(-8000)
      })
    }
    const end = signal => killGroup(child, signal)
    const timer = setTimeout(() => end('SIGKILL'), limitMs)
    // The child has a group of its own, so that the limit reaches its children: Ctrl-C is passed on by us.
    const interrupted = () => {
      end('SIGKILL')
      process.exit(130)
    }
    process.once('SIGINT', interrupted)
    process.once('SIGTERM', interrupted)
    const finish = action => {
      clearTimeout(timer)
      guard?.kill('SIGKILL')
      process.removeListener('SIGINT', interrupted)
      process.removeListener('SIGTERM', interrupted)
      action()
    }
    child.once('error', error => finish(() => reject(new Error(`${program} cannot be run: ${error.message}`))))
    child.once('close', (code, signal) =>
      finish(() => {
        if (code === 0) return resolve(output)
        const how = signal === 'SIGKILL' ? `was stopped after ${limitMs / 1000} s` : `failed (exit ${code ?? signal})`
        reject(new Error(`"${[program, ...args].join(' ')}" ${how}${output ? `:\n${output.trimEnd()}` : ''}`))
      }),
    )
  })
}

/**
 * A shell that waits for the end of its input, a pipe from us, and then ends the program and its children: were we killed, an
 * npm that works on would collide with that of the next set-up.
 */
function startGuard(pid) {
  if (pid === undefined || process.platform === 'win32') return undefined
  const script = 'read -r _; kill -s KILL -- "-$1"'
  const guard = spawn('/bin/sh', ['-c', script, 'guard', String(pid)], {
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.on('error', () => {})
  guard.stdin.on('error', () => {})
  return guard
}

function killGroup(child, signal) {
  try {
    process.kill(-child.pid, signal)
  } catch {
    child.kill(signal)
  }
}
