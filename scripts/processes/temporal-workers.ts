/** The Temporal workers of one process: one for the workflows, one for each scarce thing, each with its own limits. */
import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { bundleWorkflowCode, type NativeConnection, Worker, type WorkerOptions } from '@temporalio/worker'
import { MODEL_CALLS_AT_ONCE } from '../model-calls.ts'
import { programOf } from '../services/program.ts'
import type { Deps } from '../../activities/deps.ts'

export interface WorkersOptions {
  connection: NativeConnection
  namespace: string
  /** Queues are `<prefix>-runs`, `-records`, `-web`, `-model`, `-effects`. */
  prefix: string
  deps: Deps
  /** Steps with a model call at once, over this process. Default 16: twice the calls, so that none waits for others' reading and storing. */
  modelAtOnce?: number
  /** Workflow code already bundled; bundled here when not given. */
  bundle?: string
  /** Workflow tasks go to the current version only: see deployment.ts. */
  versioned?: boolean
  /** Folder in which bundled code is kept from one start to the next. */
  bundleCache?: string
}

/** Most starts a second on each scarce thing's queue, over all workers: a storm of retries must not become one of requests. */
const RATES = { web: 200, model: 50, effects: 20 }

/** `.ts`, or `.js` once compiled. */
const ENDING = path.extname(import.meta.filename)
const WORKFLOWS = fileURLToPath(new URL(`../../workflows/index${ENDING}`, import.meta.url))

const SDK_VERSION = (createRequire(import.meta.url)('@temporalio/workflow/package.json') as { version: string }).version

/** Names the workflow code: equal code, equal name. Temporal keeps runs on the code they began with where versioning is set up. */
export function buildId(): string {
  const folder = path.dirname(WORKFLOWS)
  const hash = createHash('sha256')
  for (const name of readdirSync(folder).sort())
    if (name.endsWith(ENDING) && !name.includes('.test.')) hash.update(readFileSync(path.join(folder, name)))
  return `workflows-${hash.digest('hex').slice(0, 12)}`
}

/**
 * The workflow code as one script. Bundling takes seconds where a start should not, and a hundred megabytes: it is done by a process of
 * its own and kept in `cache` under the name of the code it was made from. A folder that cannot be written only costs the time.
 */
export async function bundleWorkflows(cache?: string): Promise<string> {
  if (cache === undefined) return bundleInHere()
  const file = path.join(cache, `${buildId()}-${SDK_VERSION}.js`)
  if (existsSync(file)) return readFileSync(file, 'utf8')
  const program = programOf('bundle')
  const command = [...program.execArgv, program.file, ...program.args]
  const { stdout } = await promisify(execFile)(process.execPath, command, { maxBuffer: MOST_BUNDLE_BYTES })
  keep(file, stdout)
  return stdout
}

const MOST_BUNDLE_BYTES = 64 * 1024 * 1024

/** Bundles in this process. */
export async function bundleInHere(): Promise<string> {
  const { code } = await bundleWorkflowCode({ workflowsPath: WORKFLOWS, logger: quiet })
  return code
}

function keep(file: string, code: string): void {
  try {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(`${file}.${process.pid}`, code)
    renameSync(`${file}.${process.pid}`, file)
  } catch {
    // made again at the next start
  }
}

const quiet = { log() {}, trace() {}, debug() {}, info() {}, warn() {}, error() {} }

export async function createWorkers(options: WorkersOptions): Promise<Worker[]> {
  const { deps, bundle, bundleCache, ...rest } = options
  const { createActivities } = await import('../../activities/index.ts')
  return workersOver({
    ...rest,
    activities: createActivities(deps),
    bundle: bundle ?? (await bundleWorkflows(bundleCache)),
  })
}

/** The same set-up over any activities and workflow code. */
export async function workersOver(
  options: Omit<WorkersOptions, 'deps' | 'bundle' | 'bundleCache'> & { activities: object; bundle: string },
): Promise<Worker[]> {
  const { connection, namespace, prefix, activities, bundle } = options
  const on = (queue: string, more: Partial<WorkerOptions>): Promise<Worker> =>
    Worker.create({
      connection,
      namespace,
      taskQueue: `${prefix}-${queue}`,
      activities,
      shutdownGraceTime: '10s',
      shutdownForceTime: '15s',
      // Each sign of life goes out as it is given: the time-outs are short.
      maxHeartbeatThrottleInterval: '5s',
      ...more,
    })
  return Promise.all([
    on('runs', {
      workflowBundle: { code: bundle },
      ...(options.versioned
        ? {
            workerDeploymentOptions: {
              version: { deploymentName: prefix, buildId: buildId() },
              useWorkerVersioning: true,
              defaultVersioningBehavior: 'AUTO_UPGRADE',
            },
          }
        : {}),
      // Half a megabyte each. A run that waits is read again when something wakes it.
      maxCachedWorkflows: 150,
      // A lost worker's runs go to another, or to its successor, after this long.
      stickyQueueScheduleToStartTimeout: '5s',
      maxConcurrentWorkflowTaskExecutions: 20,
      maxConcurrentLocalActivityExecutions: 20,
      maxConcurrentActivityTaskExecutions: 1,
    }),
    on('records', { maxConcurrentActivityTaskExecutions: 20 }),
    on('web', { maxConcurrentActivityTaskExecutions: 30, maxTaskQueueActivitiesPerSecond: RATES.web }),
    on('model', {
      maxConcurrentActivityTaskExecutions: options.modelAtOnce ?? 2 * MODEL_CALLS_AT_ONCE,
      maxTaskQueueActivitiesPerSecond: RATES.model,
    }),
    on('effects', { maxConcurrentActivityTaskExecutions: 10, maxTaskQueueActivitiesPerSecond: RATES.effects }),
  ])
}
