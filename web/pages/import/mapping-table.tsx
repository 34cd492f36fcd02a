/** Each column with what it is taken for, to be changed, and a few of its values. */
import { Badge, Select, Table, Text } from '@mantine/core'
import type { ImportResult } from '../../api/upload.ts'
import { fieldInWords, type Choices } from './fields.ts'
import classes from './import.module.css'

interface Props {
  of: ImportResult
  choices: Choices
  map: (header: string, field: string | null) => void
}

const KEPT = ''

export function MappingTable({ of, choices, map }: Props) {
  const options = [
    { value: KEPT, label: 'Keep under its own name' },
    ...of.fields
      .map(field => ({ value: field, label: fieldInWords(field) }))
      .toSorted((a, b) => a.label.localeCompare(b.label)),
  ]
  return (
    <div className={classes.scroll} tabIndex={0} role="region" aria-label="Columns">
      <Table verticalSpacing={6} miw={520}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th w="28%">Column</Table.Th>
            <Table.Th w="34%">Is</Table.Th>
            <Table.Th>For example</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {of.columns.map(({ header, field, ignored, samples }, n) => (
            <Table.Tr key={n}>
              <Table.Td>
                <Text size="sm" fw={500}>
                  {header || <span className="dw-soft">without a name</span>}
                </Text>
              </Table.Td>
              <Table.Td>
                {ignored ? (
                  <Badge color="gray">Left out</Badge>
                ) : (
                  <Select
                    size="xs"
                    aria-label={`What ${header} is`}
                    data={options}
                    value={header in choices ? (choices[header] ?? KEPT) : (field ?? KEPT)}
                    onChange={value => map(header, value === null || value === KEPT ? null : value)}
                    searchable
                    allowDeselect={false}
                  />
                )}
              </Table.Td>
              <Table.Td>
                <Text size="xs" className="dw-soft" lineClamp={2}>
                  {samples.join(' · ') || 'empty'}
                </Text>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}
