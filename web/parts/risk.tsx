/** How much there is to look out for, and why: each part with its words. */
import { Badge, Group, HoverCard, Stack, Text } from '@mantine/core'
import type { Approval } from '../api/here.ts'
import { inWords } from './format.ts'

export type Risk = NonNullable<Approval['risk']>
const COLORS = { low: 'green', medium: 'yellow', high: 'red' } as const
const NAMES = { low: 'Low risk', medium: 'Some risk', high: 'High risk' } as const

export function RiskBadge({ of }: { of: Risk }) {
  return (
    <HoverCard width={300} openDelay={200}>
      <HoverCard.Target>
        <Badge color={COLORS[of.level]} variant="dot">
          {NAMES[of.level]}
        </Badge>
      </HoverCard.Target>
      <HoverCard.Dropdown>
        <RiskParts of={of} />
      </HoverCard.Dropdown>
    </HoverCard>
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
