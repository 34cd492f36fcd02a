/** The fields of each kind of record as its page shows them: ours, and those that the organisation added. */
import { useQuery } from '@tanstack/react-query'
import { answered, api, type Item } from '../../api/here.ts'
import { inWords } from '../../parts/format.ts'
import type { Choice, FieldType } from './field-value.ts'
import type { Doc, Kind } from './record.ts'

export interface Field {
  /** As history and suggestions name it. */
  name: string
  label: string
  type: FieldType
  choices?: readonly Choice[]
  /** It cannot be emptied. */
  required?: boolean
}

const choices = (...names: string[]): Choice[] => names.map(value => ({ value, label: inWords(value) }))
const text = (name: string, label = inWords(name)): Field => ({ name, label, type: 'text' })

const ZONES = (): Choice[] => Intl.supportedValuesOf('timeZone').map(value => ({ value, label: value }))

export const FIELDS: Record<Kind, readonly Field[]> = {
  lead: [
    {
      name: 'status',
      label: 'Status',
      type: 'choice',
      required: true,
      choices: choices('new', 'working', 'nurture', 'qualified', 'disqualified', 'converted', 'closed'),
    },
    text('statusWhy', 'Why'),
    text('campaign'),
  ],
  account: [
    { ...text('name'), required: true },
    text('domain'),
    { name: 'website', label: 'Website', type: 'url' },
    text('industry'),
    { name: 'employees', label: 'People', type: 'whole' },
    { name: 'revenueMinor', label: 'Revenue', type: 'money' },
    { name: 'founded', label: 'Founded', type: 'whole' },
    text('city'),
    text('country'),
    text('phone'),
    text('parentName', 'Part of'),
  ],
  contact: [
    { ...text('name'), required: true },
    text('title', 'Job title'),
    { name: 'email', label: 'E-mail', type: 'email' },
    text('phone'),
    text('country'),
    { name: 'zone', label: 'Time zone', type: 'choice', choices: ZONES() },
    text('language'),
    {
      name: 'lawfulBasis',
      label: 'Lawful basis',
      type: 'choice',
      choices: choices(
        'consent',
        'contract',
        'legal_obligation',
        'vital_interests',
        'public_task',
        'legitimate_interests',
      ),
    },
    { name: 'lawfulBasisOn', label: 'Since', type: 'date' },
    text('lawfulBasisNote', 'About the basis'),
    {
      name: 'origin',
      label: 'Came by',
      type: 'choice',
      choices: choices('import', 'form', 'research', 'manual', 'referral', 'mail'),
    },
  ],
  deal: [
    { ...text('name'), required: true },
    { name: 'stageId', label: 'Stage', type: 'choice', required: true },
    { name: 'amountMinor', label: 'Amount', type: 'money' },
    { name: 'closeDate', label: 'Close date', type: 'date' },
    text('nextStep', 'Next step'),
    { name: 'productId', label: 'Product', type: 'choice' },
  ],
}

type Definition = Item<(typeof api)['custom-fields']['$get']>

const CUSTOM_TYPES: Record<Definition['type'], FieldType> = {
  text: 'long',
  number: 'number',
  money: 'money',
  date: 'date',
  boolean: 'yes_no',
  choice: 'choice',
  url: 'url',
}

const STEADY_MS = 5 * 60_000

/** All fields of a kind; undefined until they are known. @param seesSensitive leaves out what this person may not see */
export function useFields(kind: Kind, seesSensitive: boolean): readonly Field[] | undefined {
  const custom = useQuery({
    queryKey: ['custom-fields', kind],
    queryFn: async () => (await answered(api['custom-fields'].$get({ query: { kind } }))).data.items,
    staleTime: STEADY_MS,
  })
  const pipelines = useQuery({
    queryKey: ['pipelines'],
    queryFn: async () => (await answered(api.pipelines.$get({ query: {} }))).data.items,
    staleTime: STEADY_MS,
    enabled: kind === 'deal',
  })
  const products = useQuery({
    queryKey: ['products', 'all'],
    queryFn: async () => (await answered(api.products.$get({ query: { limit: '200' } }))).data.items,
    staleTime: STEADY_MS,
    enabled: kind === 'deal',
  })
  if (custom.data === undefined && !custom.isError) return undefined
  const several = (pipelines.data?.length ?? 0) > 1
  const chosen: Record<string, Choice[]> = {
    stageId: (pipelines.data ?? []).flatMap(({ name, stages }) =>
      stages.map(stage => ({
        value: stage.id,
        label: several ? `${name}: ${inWords(stage.name)}` : inWords(stage.name),
      })),
    ),
    productId: (products.data ?? []).map(({ id, name }) => ({ value: id, label: name })),
  }
  const own = FIELDS[kind].map(field => {
    const list = chosen[field.name]
    return list ? { ...field, choices: list } : field
  })
  return [
    ...own,
    ...(custom.data ?? [])
      .filter(({ sensitive }) => seesSensitive || !sensitive)
      .map(
        ({ key, label, type, choices, required }): Field => ({
          name: `custom.${key}`,
          label,
          type: CUSTOM_TYPES[type],
          choices: choices.map(value => ({ value, label: value })),
          required,
        }),
      ),
  ]
}

/** What the record holds in a field; amounts with their currency. */
export function valueOf(doc: Doc, { name, type }: Field): unknown {
  const values = doc as Readonly<Record<string, unknown>>
  if (name.startsWith('custom.')) return doc.custom[name.slice('custom.'.length)] ?? null
  if (type !== 'money') return values[name] ?? null
  const minor = values[name]
  return typeof minor === 'number' ? { minor, currency: values['currency'] } : null
}

/** The part of an edit that sets it. */
export function setOf({ name, type }: Field, value: unknown): Record<string, unknown> {
  if (name.startsWith('custom.')) return { custom: { [name.slice('custom.'.length)]: value } }
  if (type !== 'money' || value === null) return { [name]: value }
  const { minor, currency } = value as { minor: number; currency: string }
  return { [name]: minor, currency }
}

/** How a field is called where only its name is known: in history and suggestions. */
export function labelOf(kind: Kind, name: string): string {
  const known = FIELDS[kind].find(field => field.name === name)
  if (known) return known.label
  if (name === 'ownerId') return 'Owner'
  const words = name
    .replace(/^custom\./, '')
    .replace(/(Id|Minor)$/, '')
    .replaceAll(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
  return inWords(words)
}

/** Who set a field last: a person's is theirs, and agents only suggest another value. */
export function setterOf(doc: Doc, name: string): 'person' | 'agent' | 'import' | null {
  const owner = doc.fieldOwners[name]
  const by = typeof owner === 'object' && owner !== null && 'by' in owner ? owner.by : null
  return by === 'person' || by === 'agent' || by === 'import' ? by : null
}
