/** Choosing a stage by keyboard, and what a stage asks for before it lets a deal go. */
import { useState } from 'react'
import { Button, Group, List, Modal, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { Link } from 'wouter'
import { to } from '../../app/paths.ts'
import { inWords } from '../../parts/format.ts'
import { TextSkeleton } from '../../parts/page.tsx'
import { setOf, useFields, valueOf, type Field } from '../records/field-list.ts'
import { fromText, toText } from '../records/field-value.ts'
import type { DealRow, Stage } from './deal-data.ts'
import type { Asking, Given } from './move.ts'

interface ChooseProps {
  row: DealRow | null
  at: string | undefined
  stages: readonly Stage[]
  close: () => void
  choose: (stage: Stage) => void
}

export function ChooseStage({ row, at, stages, close, choose }: ChooseProps) {
  const others = stages.filter(({ id }) => id !== at)
  return (
    <Modal opened={row !== null} onClose={close} title={`Move ${row?.name ?? ''} to`} size="sm">
      <Stack gap={6}>
        {others.map((stage, n) => (
          <Button
            key={stage.id}
            variant="default"
            justify="flex-start"
            data-autofocus={n === 0 || undefined}
            onClick={() => {
              close()
              choose(stage)
            }}
          >
            {inWords(stage.name)}
          </Button>
        ))}
      </Stack>
    </Modal>
  )
}

/** Fields of conditions → fields of the record, where they can be filled in right here. */
const HERE: Readonly<Record<string, string>> = {
  name: 'name',
  amount: 'amountMinor',
  currency: 'amountMinor',
  close_date: 'closeDate',
  next_step: 'nextStep',
  has_product: 'productId',
}

interface AskProps {
  asking: Asking
  close: () => void
  put: (move: Asking, given: Given) => void
}

export function AskBeforeMove({ asking, close, put }: AskProps) {
  const { row, stage } = asking
  return (
    <Modal opened onClose={close} title={`${row.name} to ${inWords(stage.name)}`}>
      <AskBody asking={asking} close={close} put={put} />
    </Modal>
  )
}

const REASONS = ['Price', 'Went with somebody else', 'No answer any more', 'No budget', 'Not the right time']

function AskBody({ asking, close, put }: AskProps) {
  const { row, stage, deal, way } = asking
  const fields = useFields('deal', false)
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const [problems, setProblems] = useState<Readonly<Record<string, string>>>({})
  const [why, setWhy] = useState('')
  if (fields === undefined) return <TextSkeleton lines={3} />
  const names = new Set(way.asks.map(ask => (ask.startsWith('custom.') ? ask : HERE[ask])))
  const asked = fields.filter(({ name }) => names.has(name))
  const elsewhere = way.asks.some(ask => !asked.some(({ name }) => name === ask || name === HERE[ask]))
  const isLost = stage.kind === 'lost'
  const textOf = (field: Field) => typed[field.name] ?? toText(field.type, valueOf(deal, field))
  const send = () => {
    const read = asked.map(field => ({ field, read: fromText(field.type, textOf(field), deal.currency ?? undefined) }))
    const bad = read.flatMap(({ field, read: one }) => (one.ok ? [] : [[field.name, one.problem] as const]))
    setProblems(Object.fromEntries(bad))
    if (bad.length > 0) return
    const set = together(read.map(({ field, read: one }) => setOf(field, one.ok ? one.value : null)))
    put(asking, { set, ...(isLost ? { why: `lost: ${why.trim()}` } : {}) })
  }
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        send()
      }}
    >
      <Stack gap="sm">
        {way.unmet.length > 0 && (
          <div>
            <Text size="sm">{inWords(row.stage)} lets a deal go when:</Text>
            <List size="sm" mt={4}>
              {way.unmet.map(({ message }) => (
                <List.Item key={message}>{message}</List.Item>
              ))}
            </List>
          </div>
        )}
        {asked.map((field, n) => (
          <AskedField
            key={field.name}
            field={field}
            text={textOf(field)}
            first={n === 0}
            problem={problems[field.name]}
            set={text => setTyped(now => ({ ...now, [field.name]: text }))}
          />
        ))}
        {elsewhere && (
          <Text size="sm" className="dw-soft">
            The rest is filled in on <Link href={to.deal(row.id)}>the deal’s page</Link>.
          </Text>
        )}
        {isLost && (
          <div>
            <Textarea
              data-autofocus
              label="Why is it lost?"
              description="Kept with the move, for whoever asks later what could have been won."
              value={why}
              onChange={event => setWhy(event.currentTarget.value)}
              autosize
              minRows={2}
              maxLength={400}
            />
            <Group gap={6} mt={6}>
              {REASONS.map(reason => (
                <Button key={reason} size="compact-xs" variant="default" onClick={() => setWhy(reason)}>
                  {reason}
                </Button>
              ))}
            </Group>
          </div>
        )}
        <Group gap="xs">
          <Button type="submit" disabled={isLost && why.trim() === ''}>
            Move it
          </Button>
          <Button variant="default" onClick={close}>
            Leave it in {inWords(row.stage)}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

interface FieldProps {
  field: Field
  text: string
  first: boolean
  problem: string | undefined
  set: (text: string) => void
}

function AskedField({ field, text, first, problem, set }: FieldProps) {
  const common = {
    label: field.label,
    value: text,
    error: problem,
    'data-autofocus': first || undefined,
  }
  if (field.type === 'choice' || field.type === 'yes_no') {
    const choices =
      field.type === 'choice'
        ? (field.choices ?? [])
        : [
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]
    return (
      <NativeSelect
        {...common}
        data={[{ value: '', label: '–' }, ...choices]}
        onChange={event => set(event.currentTarget.value)}
      />
    )
  }
  return (
    <TextInput
      {...common}
      type={field.type === 'date' ? 'date' : 'text'}
      placeholder={field.type === 'money' ? '12,500.00 EUR' : undefined}
      onChange={event => set(event.currentTarget.value)}
    />
  )
}

/** Several parts of an edit as one: custom fields lie in an object of their own. */
function together(parts: readonly Record<string, unknown>[]): Record<string, unknown> {
  const custom = Object.assign({}, ...parts.map(part => part['custom'] ?? {})) as Record<string, unknown>
  const all = Object.assign({}, ...parts) as Record<string, unknown>
  return Object.keys(custom).length > 0 ? { ...all, custom } : all
}
