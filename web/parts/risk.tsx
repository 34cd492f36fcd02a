/** How much there is to look out for, and why: each part with its words. */
import { Badge, Group, Stack, Text, Tooltip } from '@mantine/core'
import type { Approval } from '../api/here.ts'
import { inWords } from './format.ts'

export type Risk = NonNullable<Approval['risk']>
const COLORS = { low: 'green', medium: 'yellow', high: 'red' } as const
const NAMES = { low: 'Low risk', medium: 'Some risk', high: 'High risk' } as const

/** The level alone; its reasons on hover, and as `RiskParts` where there is room. */
export function RiskBadge({ of }: { of: Risk }) {
  const reasons = of.parts.filter(({ level }) => level === of.level).map(({ words }) => words)
  return (
    <Tooltip label={reasons.join('; ')} multiline maw={320}>
      <Badge component="span" color={COLORS[of.level]} variant="dot">
        {NAMES[of.level]}
      </Badge>
    </Tooltip>
  )
}

export function RiskParts({ of }: { of: Risk }) {
  return (
    <Stack gap={4}>
      {of.parts.map(({ name, level, words }) => (
        <Group key={name} justify="space-between" gap="sm" wrap="nowrap" align="baseline">
          <Text size="sm">
            <Text span fw={500}>
              {inWords(name)}:
            </Text>{' '}
            {words}
          </Text>
          <Badge size="xs" color={COLORS[level]} variant="dot" style={{ flex: 'none' }}>
            {level}
          </Badge>
        </Group>
      ))}
    </Stack>
  )
}
