/** Which columns a table shows: chosen by whoever looks, and part of its address. */
import { ActionIcon, Checkbox, Popover, Stack } from '@mantine/core'
import { IconColumns3 } from '@tabler/icons-react'
import type { Column } from './table.tsx'

/** @param chosen keys with commas between them; empty: those that are shown unless one says otherwise */
export function columnsShown<T>(
  all: readonly Column<T>[],
  chosen: string,
  usual: readonly string[],
): readonly Column<T>[] {
  const keys = chosen === '' ? usual : chosen.split(',')
  const shown = all.filter(({ key }, n) => n === 0 || keys.includes(key))
  return shown.length > 1 ? shown : all.filter(({ key }, n) => n === 0 || usual.includes(key))
}

interface Props<T> {
  all: readonly Column<T>[]
  shown: readonly Column<T>[]
  set: (chosen: string) => void
}

export function ColumnChoice<T>({ all, shown, set }: Props<T>) {
  const keys = shown.slice(1).map(({ key }) => key)
  return (
    <Popover position="bottom-end" trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon variant="default" size={30} aria-label="Columns" title="Columns">
          <IconColumns3 size={16} aria-hidden />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label="Columns">
        <Stack gap="xs">
          {all.slice(1).map(({ key, title }) => {
            const isShown = keys.includes(key)
            return (
              <Checkbox
                key={key}
                size="xs"
                label={title}
                checked={isShown}
                disabled={isShown && keys.length === 1}
                onChange={() => set((isShown ? keys.filter(one => one !== key) : [...keys, key]).join(','))}
              />
            )
          })}
        </Stack>
      </Popover.Dropdown>
    </Popover>
  )
}
