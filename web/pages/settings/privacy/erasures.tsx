/** Receipts of what was erased. */
import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answered, api } from '../../../api/here.ts'
import { Actor } from '../../../app/actor.tsx'
import { formatNumber } from '../../../parts/format.ts'
import { When } from '../../../parts/time.tsx'
import { Section } from '../parts.tsx'
import classes from '../settings.module.css'
import { saveFile } from './save-file.ts'

export function Erasures() {
  const { data } = useQuery({
    queryKey: ['erasures'],
    queryFn: async () => (await answered(api.erasures.$get())).data,
  })
  if (!data || data.length === 0) return null
  return (
    <Section title="Receipts of erasures" about="Each is signed, and names no person.">
      <ul className={classes.list}>
        {data.map(receipt => (
          <li key={receipt.id} className={classes.row}>
            <div className={classes.rowWords}>
              <Text size="sm">
                <When at={receipt.at} whole />, by <Actor of={receipt.by} />
              </Text>
              <Text size="xs" className="dw-soft">
                {formatNumber(Object.values(receipt.rows).reduce((sum, n) => sum + n, 0))} entries erased
                {receipt.left.map(({ table, why }) => `; ${table.replaceAll('_', ' ')} stays: ${why}`).join('')}
              </Text>
            </div>
            <Button
              size="compact-sm"
              variant="subtle"
              onClick={() =>
                saveFile(`erasure-${receipt.id}.json`, JSON.stringify(receipt, null, 2), 'application/json')
              }
            >
              Save it
            </Button>
          </li>
        ))}
      </ul>
    </Section>
  )
}
