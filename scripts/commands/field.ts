import type { Command } from 'commander'
import type { CustomField, CustomFieldChange } from '../../db/stores/shape/custom-fields.ts'
import { DealwrightError } from '../../domain/errors.ts'
import {
  CUSTOM_KEY,
  CUSTOM_KINDS,
  CUSTOM_TYPES,
  type CustomKind,
  type CustomType,
} from '../../domain/shape/custom-field.ts'
import { answer } from '../output.ts'

interface Options {
  as?: string
  archived?: boolean
  label?: string
  type?: string
  choices?: string
  required?: boolean
  searchable?: boolean
  sensitive?: boolean
  archive?: boolean
  restore?: boolean
}

const AS = ['--as <email>', 'the person of ops, or admin, who says so'] as const

export function command(program: Command): void {
  const field = program
    .command('field')
    .description('fields that we add to accounts, contacts, leads, deals and products')
  field
    .command('list')
    .description('custom fields by kind of record')
    .option('--archived', 'archived ones too')
    .addHelpText('after', '\nExample: dealwright field list --json')
    .action(list)
  field
    .command('add')
    .description('make a custom field')
    .argument('<kind>', CUSTOM_KINDS.join(', '))
    .argument('<key>', 'small letters, digits and _; never changes')
    .requiredOption('--type <type>', CUSTOM_TYPES.join(', '))
    .option('--label <label>', 'what people read; the key unless given')
    .option('--choices <list>', 'of a choice, with commas between')
    .option('--required', 'a new record needs it')
    .option('--searchable', 'lists can be searched by it')
    .option('--sensitive', 'only for those who may see sensitive fields')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright field add deal region --type choice --choices EMEA,APAC --searchable')
    .action(add)
  field
    .command('change')
    .description('change a custom field; another type only where every value fits')
    .argument('<kind>', CUSTOM_KINDS.join(', '))
    .argument('<key>', 'its key')
    .option('--type <type>', CUSTOM_TYPES.join(', '))
    .option('--label <label>', 'what people read')
    .option('--choices <list>', 'of a choice, with commas between')
    .option('--required', 'a new record needs it')
    .option('--no-required', 'a new record does not')
    .option('--searchable', 'lists can be searched by it')
    .option('--no-searchable', 'lists cannot')
    .option('--sensitive', 'only for those who may see sensitive fields')
    .option('--no-sensitive', 'for everybody who sees the record')
    .option('--archive', 'take it out of use; values stay')
    .option('--restore', 'bring it back')
    .option(...AS)
    .addHelpText('after', '\nExample: dealwright field change deal region --choices EMEA,APAC,AMER')
    .action(change)
}

function oneOf<T extends string>(word: string, known: readonly T[]): T {
  const found = known.find(one => one === word)
  if (found !== undefined) return found
  throw new DealwrightError('bad_input', `${word}: give one of ${known.join(', ')}.`)
}
const listed = (text: string | undefined): string[] | undefined =>
  text === undefined
    ? undefined
    : text
        .split(',')
        .map(one => one.trim())
        .filter(Boolean)

async function list(options: Options, self: Command): Promise<void> {
  const { withDatabase } = await import('../lib/with-database.ts')
  const { listCustomFields } = await import('../../db/stores/shape/custom-fields.ts')
  const { table } = await import('../lib/table.ts')
  const items = await withDatabase('field list', ({ db }) => listCustomFields(db, options))
  await answer(self, { items }, () =>
    items.length === 0
      ? 'No custom field yet: dealwright field add KIND KEY --type TYPE'
      : table<CustomField>(
          [
            { head: 'OF', get: row => row.kind },
            { head: 'KEY', get: row => row.key },
            { head: 'LABEL', get: row => row.label, shrinkTo: 12 },
            { head: 'TYPE', get: row => [row.type, ...row.choices].join(' '), shrinkTo: 16 },
            { head: 'IS', get: row => traits(row) },
          ],
          items,
        ),
  )
}

const traits = (row: CustomField): string =>
  [
    row.required && 'required',
    row.searchable && 'searchable',
    row.sensitive && 'sensitive',
    row.archivedAt !== null && 'archived',
  ]
    .filter(Boolean)
    .join(', ')

async function add(kind: string, key: string, options: Options, self: Command): Promise<void> {
  if (!CUSTOM_KEY.test(key))
    throw new DealwrightError('bad_input', `${key}: a key begins with a small letter and has letters, digits and _.`)
  const field = {
    kind: oneOf<CustomKind>(kind, CUSTOM_KINDS),
    key,
    label: options.label ?? key,
    type: oneOf<CustomType>(options.type ?? '', CUSTOM_TYPES),
    choices: listed(options.choices) ?? [],
    required: options.required === true,
    searchable: options.searchable === true,
    sensitive: options.sensitive === true,
  }
  const { withDatabase } = await import('../lib/with-database.ts')
  const { acting } = await import('../lib/acting.ts')
  const { addCustomField } = await import('../../db/stores/shape/custom-fields.ts')
  const made = await withDatabase('field add', async ({ db }) => {
    const { by } = await acting(db, options.as, 'settings.change')
    return db.tx(tx => addCustomField(tx, field, by))
  })
  await answer(self, made, () => inWords(made))
}

async function change(kind: string, key: string, options: Options, self: Command): Promise<void> {
  const { label, required, searchable, sensitive, archive, restore } = options
  if (archive && restore) throw new DealwrightError('bad_input', 'Give --archive or --restore, not both.')
  const to: CustomFieldChange = {
    label,
    type: options.type === undefined ? undefined : oneOf<CustomType>(options.type, CUSTOM_TYPES),
    choices: listed(options.choices),
    required,
    searchable,
    sensitive,
    archived: archive ? true : restore ? false : undefined,
  }
  const { withDatabase } = await import('../lib/with-database.ts')
  const { acting } = await import('../lib/acting.ts')
  const store = await import('../../db/stores/shape/custom-fields.ts')
  const changed = await withDatabase('field change', async ({ db }) => {
    const { by } = await acting(db, options.as, 'settings.change')
    const all = await store.listCustomFields(db, { kind: oneOf<CustomKind>(kind, CUSTOM_KINDS), archived: true })
    const found = all.find(one => one.key === key)
    if (!found) throw new DealwrightError('not_found', `A ${kind} has no field ${key}: see dealwright field list`)
    return db.tx(async tx => store.changeCustomField(tx, await store.lockedCustomField(tx, found.id), to, by))
  })
  await answer(self, changed, () => inWords(changed))
}

const inWords = (field: CustomField): string =>
  `${field.label} (${field.kind}.custom.${field.key}): ${[field.type, ...field.choices].join(' ')}${traits(field) && `, ${traits(field)}`}.`
