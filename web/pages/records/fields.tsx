/** A record's fields, each changed in its place by who may; who may not sees only what is filled in. */
import { useState } from 'react'
import { Anchor, Text, Tooltip, UnstyledButton } from '@mantine/core'
import { IconRobot, IconUser } from '@tabler/icons-react'
import { TextSkeleton } from '../../parts/page.tsx'
import { FieldEditor } from './field-editor.tsx'
import { setterOf, useFields, valueOf, type Field } from './field-list.ts'
import { shown } from './field-value.ts'
import type { Doc, Kind, Overview } from './record.ts'
import classes from './records.module.css'
import { Section } from './section.tsx'

interface Props {
  kind: Kind
  doc: Doc
  etag: string
  may: Overview['may']
}

export function FieldsSection({ kind, doc, etag, may }: Props) {
  const fields = useFields(kind, may.seeSensitive)
  const [open, setOpen] = useState<string | null>(null)
  const visible = fields?.filter(field => may.change || shown(field.type, valueOf(doc, field)) !== null)
  return (
    <Section title="Details">
      {visible ? (
        <dl className={classes.fields}>
          {visible.map(field =>
            open === field.name ? (
              <div key={field.name} className={classes.field} data-open>
                <dt className="dw-heard">{field.label}</dt>
                <dd>
                  <FieldEditor
                    kind={kind}
                    id={doc.id}
                    field={field}
                    value={valueOf(doc, field)}
                    etag={etag}
                    close={() => setOpen(null)}
                  />
                </dd>
              </div>
            ) : (
              <div key={field.name} className={classes.field}>
                <dt>{field.label}</dt>
                <dd>
                  <Value field={field} doc={doc} edit={may.change ? () => setOpen(field.name) : null} />
                </dd>
              </div>
            ),
          )}
        </dl>
      ) : (
        <TextSkeleton lines={4} />
      )}
    </Section>
  )
}

function Value({ field, doc, edit }: { field: Field; doc: Doc; edit: (() => void) | null }) {
  const value = valueOf(doc, field)
  const text = shown(field.type, value, field.choices)
  const inner = (
    <>
      {text === null ? (
        <Text span size="sm" className="dw-soft">
          Add
        </Text>
      ) : (
        <span>{text}</span>
      )}
      {text !== null && <Setter of={setterOf(doc, field.name)} />}
    </>
  )
  const link = text !== null && field.type === 'url' && /^https?:\/\//.test(text) ? text : null
  if (edit === null)
    return (
      <div className={classes.value}>
        {link ? (
          <Anchor href={link} target="_blank" rel="noopener noreferrer" size="sm">
            {text}
          </Anchor>
        ) : (
          inner
        )}
      </div>
    )
  return (
    <UnstyledButton
      className={classes.value}
      onClick={edit}
      aria-label={text === null ? `Add ${field.label}` : `Change ${field.label}: ${text}`}
    >
      {inner}
    </UnstyledButton>
  )
}

const SETTERS = {
  person: { icon: IconUser, words: 'A person set this: agents only suggest another value' },
  agent: { icon: IconRobot, words: 'An agent read this' },
} as const

function Setter({ of }: { of: ReturnType<typeof setterOf> }) {
  if (of === null || of === 'import') return null
  const { icon: Icon, words } = SETTERS[of]
  return (
    <Tooltip label={words}>
      <Icon size={13} stroke={1.6} aria-hidden />
    </Tooltip>
  )
}
