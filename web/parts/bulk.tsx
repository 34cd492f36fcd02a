/**
 * Changing many records at once: what each would become is shown first, each is changed from the state that was shown, and what became of
 * each is told. Some may fail; those can be tried again.
 */
import { useState } from 'react'
import { Badge, Button, Group, Modal, NativeSelect, Stack, Table, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import type { Answered } from '../api/here.ts'
import { eachOf } from './each-of.ts'
import { plainly } from './problem.tsx'

/** What can be set: one field at a time, to one of its values. */
export interface BulkField {
  name: string
  label: string
  choices: readonly { value: string; label: string }[]
  /** As it stands in a record, by its value and in words. */
  now: (record: Readonly<Record<string, unknown>>) => { value: string; words: string }
}

export interface BulkOf {
  /** `leads`: the area of the API, and the word for several. */
  area: 'leads' | 'deals'
  fields: readonly BulkField[]
  get: (id: string) => Promise<Answered<Readonly<Record<string, unknown>>>>
  patch: (id: string, set: Record<string, unknown>, etag: string) => Promise<unknown>
}

export interface BulkRow {
  id: string
  name: string
}

interface Props {
  of: BulkOf
  rows: readonly BulkRow[]
  close: () => void
  /** Those that were changed. */
  done: (ids: readonly string[]) => void
}

type State =
  | { at: 'ready'; from: string; etag: string }
  | { at: 'same' }
  | { at: 'done' }
  | { at: 'failed'; why: string; from: string }
type States = ReadonlyMap<string, State>

const AT_ONCE = 4

export function BulkDialog({ of, rows: given, close, done }: Props) {
  // Those it was opened for: what is changed is no longer ticked.
  const [rows] = useState(given)
  const client = useQueryClient()
  const [field, setField] = useState(of.fields[0]?.name ?? '')
  const [value, setValue] = useState('')
  const [states, setStates] = useState<States>(new Map())
  const [busy, setBusy] = useState(false)
  const chosen = of.fields.find(({ name }) => name === field)
  const count = (at: State['at']) => rows.filter(({ id }) => states.get(id)?.at === at).length
  const put = (id: string, state: State) => setStates(now => new Map(now).set(id, state))
  const choose = (next: { field?: string; value?: string }) => {
    if (next.field !== undefined) setField(next.field)
    setValue(next.value ?? '')
    setStates(new Map())
  }

  /** Reads each as it is now. */
  const preview = async (some: readonly BulkRow[]) => {
    if (!chosen) return
    setBusy(true)
    await eachOf(some, AT_ONCE, async ({ id }) => {
      try {
        const { data, etag } = await of.get(id)
        const now = chosen.now(data)
        put(id, now.value === value ? { at: 'same' } : { at: 'ready', from: now.words, etag: etag ?? '' })
      } catch (error) {
        put(id, { at: 'failed', why: plainly(error).what, from: '–' })
      }
    })
    setBusy(false)
  }
  const apply = async () => {
    setBusy(true)
    const changed: string[] = []
    await eachOf(rows, AT_ONCE, async ({ id, name }) => {
      const state = states.get(id)
      if (state?.at !== 'ready') return
      try {
        await of.patch(id, { [field]: value }, state.etag)
        changed.push(id)
        put(id, { at: 'done' })
      } catch (error) {
        put(id, { at: 'failed', why: plainly(error).what.replaceAll(id, name), from: state.from })
      }
    })
    setBusy(false)
    done(changed)
    await client.invalidateQueries({ queryKey: [of.area] })
  }
  const failed = rows.filter(({ id }) => states.get(id)?.at === 'failed')
  const ready = count('ready')
  const target = chosen?.choices.find(one => one.value === value)?.label ?? ''
  return (
    <Modal opened onClose={close} title={`Change ${rows.length} ${of.area}`} size="lg">
      <Stack gap="sm">
        <Group grow align="flex-end">
          <NativeSelect
            data-autofocus
            label="What to change"
            value={field}
            disabled={busy}
            onChange={event => choose({ field: event.currentTarget.value })}
            data={of.fields.map(({ name, label }) => ({ value: name, label }))}
          />
          <NativeSelect
            label="To"
            value={value}
            disabled={busy}
            onChange={event => choose({ value: event.currentTarget.value })}
            data={[{ value: '', label: 'Choose…' }, ...(chosen?.choices ?? [])]}
          />
        </Group>
        {states.size > 0 && <Preview rows={rows} states={states} target={target} />}
        <Text size="sm" role="status" aria-live="polite">
          {sentence({ ready, same: count('same'), done: count('done'), failed: failed.length })}
        </Text>
        <Group gap="xs">
          {states.size === 0 ? (
            <Button disabled={value === ''} loading={busy} onClick={() => void preview(rows)}>
              Show what would change
            </Button>
          ) : (
            <>
              {ready > 0 && (
                <Button loading={busy} onClick={() => void apply()}>
                  Change {ready}
                </Button>
              )}
              {ready === 0 && failed.length > 0 && (
                <Button variant="default" loading={busy} onClick={() => void preview(failed)}>
                  Look at the {failed.length} again
                </Button>
              )}
            </>
          )}
          <Button variant="default" onClick={close}>
            {count('done') > 0 && ready === 0 ? 'Close' : 'Cancel'}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}

function Preview({ rows, states, target }: { rows: readonly BulkRow[]; states: States; target: string }) {
  return (
    <div style={{ maxHeight: '45dvh', overflow: 'auto' }} tabIndex={0} role="region" aria-label="What would change">
      <Table stickyHeader>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Which</Table.Th>
            <Table.Th>Now</Table.Th>
            <Table.Th>Then</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map(({ id, name }) => {
            const state = states.get(id)
            return (
              <Table.Tr key={id}>
                <Table.Td>{name}</Table.Td>
                <Table.Td>{state?.at === 'ready' || state?.at === 'failed' ? state.from : ''}</Table.Td>
                <Table.Td>{state ? <Then state={state} target={target} /> : '…'}</Table.Td>
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </div>
  )
}

function Then({ state, target }: { state: State; target: string }) {
  switch (state.at) {
    case 'ready':
      return <>{target}</>
    case 'same':
      return <span className="dw-soft">Stays: it is {target} already</span>
    case 'done':
      return (
        <Badge variant="dot" color="green">
          Changed
        </Badge>
      )
    case 'failed':
      return (
        <Text size="sm" c="red">
          {state.why}
        </Text>
      )
  }
}

function sentence(n: { ready: number; same: number; done: number; failed: number }): string {
  const parts = [
    n.done > 0 ? `${n.done} changed` : '',
    n.ready > 0 ? `${n.ready} would change` : '',
    n.same > 0 ? `${n.same} stay as they are` : '',
    n.failed > 0 ? `${n.failed} could not be changed` : '',
  ].filter(Boolean)
  return parts.length > 0 ? `${parts.join(', ')}.` : ''
}
