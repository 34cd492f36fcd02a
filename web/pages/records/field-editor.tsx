/** Typing a new value of one field, in its place. What was typed is kept until it is saved or thrown away. */
import { useState, type FormEvent } from 'react'
import { Button, Group, NativeSelect, Text, Textarea, TextInput } from '@mantine/core'
import { useDraft } from '../../parts/draft.ts'
import { plainly } from '../../parts/problem.tsx'
import type { Field } from './field-list.ts'
import { fromText, same, shown, toText } from './field-value.ts'
import type { Kind } from './record.ts'
import classes from './records.module.css'
import { Overtaken, useSave } from './use-save.ts'

interface Props {
  kind: Kind
  id: string
  field: Field
  /** As it stands now, kept up to date while one types. */
  value: unknown
  etag: string
  close: () => void
}

interface Typed {
  text: string
  /** The value that it was typed over. */
  from: unknown
}

export function FieldEditor({ kind, id, field, value, etag, close }: Props) {
  const draft = useDraft<Typed>(`${kind} ${id} ${field.name}`, { text: toText(field.type, value), from: value })
  const { text, from } = draft.value
  const [problem, setProblem] = useState<string | null>(null)
  const save = useSave(kind, id)
  const overtaken = !same(from, value)
  const leave = () => {
    draft.clear()
    close()
  }
  const put = () => {
    const read = fromText(field.type, text)
    if (!read.ok) return setProblem(read.problem)
    if (read.value === null && field.required) return setProblem('This is needed: it cannot be empty.')
    if (same(read.value, value)) return leave()
    save.mutate(
      { field, from: value, value: read.value, etag },
      {
        onSuccess: leave,
        onError: error => setProblem(error instanceof Overtaken ? null : plainly(error).what),
      },
    )
  }
  const typed = (next: string) => {
    setProblem(null)
    draft.set({ text: next, from })
  }
  return (
    <form
      aria-label={`Change ${field.label}`}
      onSubmit={(event: FormEvent) => {
        event.preventDefault()
        if (!overtaken) put()
      }}
      onKeyDown={event => {
        const { key, shiftKey, target } = event
        // In a choice and in a long text too; with Shift, a long text goes on in the next line.
        const saves = key === 'Enter' && !shiftKey && !(target instanceof HTMLButtonElement)
        if (key !== 'Escape' && !saves) return
        event.preventDefault()
        if (key === 'Escape') leave()
        else if (!overtaken) put()
      }}
    >
      <Input field={field} text={text} set={typed} problem={problem} />
      {draft.found && !overtaken && (
        <Text size="xs" className="dw-soft" mt={4}>
          This is what you typed before.
        </Text>
      )}
      {overtaken ? (
        <div role="alert">
          <Text size="sm" mt="xs">
            Somebody changed this while you typed.
          </Text>
          <div className={classes.both}>
            <div>
              <Text size="xs" className="dw-soft">
                Theirs, as it is now
              </Text>
              {shown(field.type, value, field.choices) ?? 'Empty'}
            </div>
            <div>
              <Text size="xs" className="dw-soft">
                Yours
              </Text>
              {text || 'Empty'}
            </div>
          </div>
          <Group gap="xs">
            <Button size="compact-sm" loading={save.isPending} onClick={put}>
              Save mine
            </Button>
            <Button size="compact-sm" variant="default" onClick={leave}>
              Keep theirs
            </Button>
          </Group>
        </div>
      ) : (
        <Group gap="xs" mt={6}>
          <Button type="submit" size="compact-sm" loading={save.isPending}>
            Save
          </Button>
          <Button size="compact-sm" variant="default" onClick={leave}>
            Cancel
          </Button>
        </Group>
      )}
    </form>
  )
}

interface InputProps {
  field: Field
  text: string
  set: (text: string) => void
  problem: string | null
}

function Input({ field, text, set, problem }: InputProps) {
  const common = { label: field.label, size: 'xs', value: text, error: problem, autoFocus: true } as const
  if (field.type === 'choice' || field.type === 'yes_no') {
    const choices =
      field.type === 'yes_no'
        ? [
            { value: 'true', label: 'Yes' },
            { value: 'false', label: 'No' },
          ]
        : (field.choices ?? [])
    const known = text === '' || choices.some(({ value }) => value === text)
    const data = [
      ...(field.required && text !== '' ? [] : [{ value: '', label: '–' }]),
      ...(known ? [] : [{ value: text, label: text }]),
      ...choices,
    ]
    return <NativeSelect {...common} data={data} onChange={event => set(event.currentTarget.value)} />
  }
  if (field.type === 'long')
    return <Textarea {...common} autosize minRows={1} maxRows={8} onChange={event => set(event.currentTarget.value)} />
  return (
    <TextInput
      {...common}
      type={field.type === 'date' ? 'date' : 'text'}
      inputMode={field.type === 'whole' || field.type === 'number' ? 'decimal' : undefined}
      placeholder={field.type === 'money' ? '12,500.00 EUR' : undefined}
      onChange={event => set(event.currentTarget.value)}
    />
  )
}
