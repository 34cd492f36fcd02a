/** All keys that count on this page. */
import { Group, Modal, SimpleGrid, Stack, Text } from '@mantine/core'
import { Keys } from '../parts/keys.tsx'
import { areas } from './shortcuts.ts'

export function KeysOverview({ opened, close }: { opened: boolean; close: () => void }) {
  const shown = areas.use().filter(area => !area.dialog)
  return (
    <Modal opened={opened} onClose={close} title="Keys" size="lg">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="xl">
        {shown.toReversed().map(({ name, shortcuts }) => (
          <Stack key={name} gap={6}>
            <Text fw={600} size="sm">
              {name}
            </Text>
            {shortcuts.map(({ keys, what }) => (
              <Group key={`${keys} ${what}`} justify="space-between" wrap="nowrap">
                <Text size="sm">{what}</Text>
                <Text component="span" size="sm">
                  <span className="dw-heard">{keys}</span>
                  <Keys of={keys} />
                </Text>
              </Group>
            ))}
          </Stack>
        ))}
      </SimpleGrid>
    </Modal>
  )
}
