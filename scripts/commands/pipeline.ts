import type { Command } from 'commander'
import type { Db } from '../../db/sql.ts'
import type { PipelineRow, StageKind, StageRow } from '../../db/stores/shape/pipelines.ts'
import type * as pipelines from '../../db/stores/shape/pipelines.ts'
import { DealwrightError } from '../../domain/errors.ts'
import type { ExitRule } from '../../domain/shape/exit-rules.ts'
import { answer } from '../output.ts'

interface Options {
  as?: string
  archived?: boolean
  restore?: boolean
  archive?: boolean
  name?: string
  stages?: string
  order?: string
  kind?: string
  probability?: number
  rule?: string[]
  message?: string[]
  rules?: boolean
  moveTo?: string
}

const AS = ['--as <email>', 'the person of ops, or admin, who says so'] as const
const several = (one: string, before: string[] = []): string[] => [...before, one]

export function command(program: Command): void {
  const pipeline = program.command('pipeline').description('pipelines, their stages, and what holds deals back in one')
  pipeline
    .command('list')
    .description('pipelines with their stages in order')
    .option('--archived', 'archived pipelines too')
    .addHelpText('after', '\nExample: dealwright pipeline list --json')
    .action(list)
  pipeline
    .command('add')
    .description('make a pipeline with its stages in order')
    .argument('<name>', 'of the pipeline')
    .requiredOption('--stages <list>', 'name:probability for open stages, name:won, name:lost')
    .option(...AS)
    .addHelpText(
      'after',
      '\nExample: dealwright pipeline add Partners --stages "talk:0.1,offer:0.5,signed:won,declined:lost"',
    )
    .action(add)
  pipeline
    .command('change')
    .description('rename a pipeline, put its stages in order, archive it or bring it back')
    .argument('<pipeline>', 'its name')
    .option('--name <name>', 'its new name')
    .option('--order <stages>', 'all its stages by name, in the new order')
    .option('--archive', 'take it out of use')
    .option('--restore', 'bring it back')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright pipeline change Partners --order "offer,talk,signed,declined"')
    .action(change)
  stageCommands(pipeline)
}

function stageCommands(pipeline: Command): void {
  pipeline
    .command('add-stage')
    .description('add a stage behind the others')
    .argument('<pipeline>', 'its name')
    .argument('<stage>', 'name of the new stage')
    .option('--kind <kind>', 'open, won or lost', 'open')
    .option('--probability <share>', '0 to 1', share, 0)
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright pipeline add-stage Partners pilot --probability 0.6')
    .action(addOne)
  pipeline
    .command('change-stage')
    .description('rename a stage, set its probability, or what has to be true before a deal moves on')
    .argument('<pipeline>', 'its name')
    .argument('<stage>', 'its name')
    .option('--name <name>', 'its new name')
    .option('--probability <share>', '0 to 1', share)
    .option(
      '--rule <condition>',
      'an exit rule, in CEL over deal; each with its --message, in place of those before',
      several,
    )
    .option('--message <text>', 'what a person reads whose deal does not meet the rule', several)
    .option('--no-rules', 'take its exit rules away')
    .option(...AS)
    .addHelpText(
      'after',
      '\nExample: dealwright pipeline change-stage Partners offer --rule "has(deal.amount)" --message "An offer needs an amount."',
    )
    .action(changeOne)
  pipeline
    .command('archive-stage')
    .description('take a stage out of use; deals in it move to another')
    .argument('<pipeline>', 'its name')
    .argument('<stage>', 'its name')
    .option('--move-to <stage>', 'the stage of this pipeline that its deals go to')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright pipeline archive-stage Partners talk --move-to offer')
    .action(archiveOne)
}

function share(text: string): number {
  const number = Number(text)
  if (text.trim() !== '' && number >= 0 && number <= 1) return number
  throw new DealwrightError('bad_input', `${text}: give a probability from 0 to 1.`)
}

async function named(db: Db, name: string): Promise<PipelineRow> {
  const { listPipelines } = await import('../../db/stores/shape/pipelines.ts')
  const all = await listPipelines(db, true)
  const found = all.find(one => one.name === name && one.archivedAt === null) ?? all.find(one => one.name === name)
  if (found) return found
  throw new DealwrightError('not_found', `There is no pipeline ${name}: see dealwright pipeline list`)
}

function stageOf(pipeline: PipelineRow, name: string): StageRow {
  const found = pipeline.stages.find(one => one.name === name)
  if (found) return found
  throw new DealwrightError('not_found', `${pipeline.name} has no stage ${name}: see dealwright pipeline list`)
}

async function withPipelines<T>(
  options: Options,
  work: (db: Db, by: string, store: typeof pipelines) => Promise<T>,
): Promise<T> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { acting } = await import('../lib/acting.ts')
  const store = await import('../../db/stores/shape/pipelines.ts')
  return withDatabase('pipeline', async ({ db }) =>
    work(db, (await acting(db, options.as, 'settings.change')).by, store),
  )
}

async function list(options: Options, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { listPipelines } = await import('../../db/stores/shape/pipelines.ts')
  const items = await withDatabase('pipeline list', ({ db }) => listPipelines(db, options.archived === true))
  await answer(self, { items }, () => (items.length === 0 ? 'No pipeline yet.' : items.map(inWords).join('\n\n')))
}

async function add(name: string, options: Options, self: Command): Promise<void> {
  const stages = (options.stages ?? '').split(',').map(readStage)
  const made = await withPipelines(options, (db, by, { addPipeline }) =>
    db.tx(tx => addPipeline(tx, { name, stages }, by)),
  )
  await answer(self, made, () => inWords(made))
}

function readStage(text: string) {
  const [name = '', of = '0', ...more] = text.split(':').map(part => part.trim())
  if (name === '' || more.length > 0)
    throw new DealwrightError('bad_input', `${text}: write a stage as name:probability, name:won or name:lost.`)
  const closed = of === 'won' || of === 'lost'
  const kind: StageKind = closed ? of : 'open'
  return { name, kind, probability: closed ? Number(of === 'won') : share(of), exitRules: [] }
}

async function change(name: string, options: Options, self: Command): Promise<void> {
  if (options.archive && options.restore)
    throw new DealwrightError('bad_input', 'Give --archive or --restore, not both.')
  const changed = await withPipelines(options, async (db, by, store) => {
    const found = await named(db, name)
    const order = options.order?.split(',').map(one => stageOf(found, one.trim()).id)
    const archived = options.archive ? true : options.restore ? false : undefined
    return db.tx(async tx =>
      store.changePipeline(tx, await store.lockedPipeline(tx, found.id), { name: options.name, order, archived }, by),
    )
  })
  await answer(self, changed, () => inWords(changed))
}

async function addOne(pipeline: string, name: string, options: Options, self: Command): Promise<void> {
  const kind = (['open', 'won', 'lost'] as const).find(one => one === options.kind)
  if (kind === undefined) throw new DealwrightError('bad_input', '--kind takes open, won or lost.')
  const stage = { name, kind, probability: options.probability ?? 0, exitRules: [] }
  const made = await withPipelines(options, async (db, by, store) => {
    const { id } = await named(db, pipeline)
    return db.tx(async tx => store.addStage(tx, await store.lockedPipeline(tx, id), stage, by))
  })
  await answer(self, made, () => ofStage(made))
}

async function changeOne(pipeline: string, name: string, options: Options, self: Command): Promise<void> {
  const exitRules = rulesOf(options)
  const changed = await withPipelines(options, async (db, by, store) => {
    const { id } = stageOf(await named(db, pipeline), name)
    const to = { name: options.name, probability: options.probability, exitRules }
    return db.tx(async tx => store.changeStage(tx, await store.lockedStage(tx, id), to, by))
  })
  await answer(self, changed, () => ofStage(changed))
}

function rulesOf({ rule = [], message = [], rules }: Options): ExitRule[] | undefined {
  if (rule.length !== message.length)
    throw new DealwrightError('bad_input', 'Give one --message for each --rule, in their order.')
  if (rule.length > 0) return rule.map((one, index) => ({ rule: one, message: message[index] ?? '' }))
  return rules === false ? [] : undefined
}

async function archiveOne(pipeline: string, name: string, options: Options, self: Command): Promise<void> {
  const moved = await withPipelines(options, async (db, by, store) => {
    const of = await named(db, pipeline)
    const to = options.moveTo === undefined ? null : stageOf(of, options.moveTo).id
    const { id } = stageOf(of, name)
    return db.tx(async tx => store.archiveStage(tx, await store.lockedStage(tx, id), to, by))
  })
  await answer(self, { moved }, () => `Stage ${name} is archived; ${moved} deals moved.`)
}

const inWords = ({ name, archivedAt, stages }: PipelineRow): string =>
  [`${name}${archivedAt === null ? '' : ' (archived)'}`, ...stages.map(one => `  ${ofStage(one)}`)].join('\n')

const ofStage = ({ name, kind, probability, exitRules }: StageRow): string =>
  [
    `${name}: ${kind === 'open' ? `${Math.round(probability * 100)} %` : kind}`,
    ...exitRules.map(({ rule, message }) => `    holds back unless ${rule} (${message})`),
  ].join('\n')
