/** Values that agents read for fields that a person owns: taken over or not, with the words that say so. */
import { Button, Group, Text } from '@mantine/core'
import { answered, api } from '../../api/here.ts'
import { Quote } from '../../parts/evidence.tsx'
import { asText } from '../../parts/format.ts'
import { decided, hold } from '../../parts/held.ts'
import { labelOf, useFields, valueOf, type Field } from './field-list.ts'
import { isMoney, shown } from './field-value.ts'
import { useRefresh, type Doc, type Kind, type Overview, type Suggestion } from './record.ts'
import classes from './records.module.css'
import { Section } from './section.tsx'

interface Props {
  kind: Kind
  doc: Doc
  of: readonly Suggestion[]
  may: Overview['may']
}

export function SuggestionsSection({ kind, doc, of, may }: Props) {
  const hidden = decided.use()
  const fields = useFields(kind, may.seeSensitive)
  const refresh = useRefresh(kind, doc.id)
  const open = of.filter(({ id }) => !hidden.has(id))
  if (open.length === 0) return null
  const decide = ({ id, field }: Suggestion, word: 'accept' | 'refuse') =>
    hold({
      ids: [id],
      said: word === 'accept' ? `${labelOf(kind, field)} taken over` : `${labelOf(kind, field)} kept as it was`,
      send: async () => {
        await answered(api.suggestions[':id'][word].$post({ param: { id } }))
        await refresh()
      },
    })
  return (
    <Section title="Suggested changes" needs>
      <ul className={classes.rows}>
        {open.map(one => {
          const field = fields?.find(({ name }) => name === one.field)
          return (
            <li key={one.id}>
              <Text size="sm" className="dw-soft">
                {labelOf(kind, one.field)}
              </Text>
              <Text size="sm" mb={4}>
                <Text span size="sm" td="line-through" className="dw-soft">
                  {field ? words(field, valueOf(doc, field)) : ''}
                </Text>{' '}
                <Text span size="sm" fw={600}>
                  {field ? words(field, asValue(field, one.value, doc)) : asText(one.value)}
                </Text>
              </Text>
              {one.quote !== null && one.sourceId !== null && (
                <Quote of={{ quote: one.quote, sourceId: one.sourceId }} />
              )}
              {may.change && (
                <Group gap="xs" mt={6}>
                  <Button size="compact-sm" onClick={() => decide(one, 'accept')}>
                    Accept
                  </Button>
                  <Button size="compact-sm" variant="default" onClick={() => decide(one, 'refuse')}>
                    Keep mine
                  </Button>
                </Group>
              )}
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

const words = ({ type, choices }: Field, value: unknown): string => shown(type, value, choices) ?? 'empty'

/** Amounts are suggested without their currency, which is a field of its own. */
function asValue({ type }: Field, value: unknown, doc: Doc): unknown {
  if (type !== 'money' || isMoney(value) || typeof value !== 'number') return value
  const currency = 'currency' in doc ? doc.currency : null
  return { minor: value, currency: currency ?? 'EUR' }
}
