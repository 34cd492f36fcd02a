/** Ctrl-K: go to any page, find any record, do what has no button here. */
import { useDeferredValue, useId, useState, type KeyboardEvent } from 'react'
import { Group, Loader, Modal, Text, TextInput, useMantineColorScheme } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { Keys } from '../parts/keys.tsx'
import classes from './palette.module.css'
import { navFor } from './routes.tsx'
import { findRecords } from './search.ts'
import { useMe } from './session.tsx'
import { useSignOut } from './user-menu.tsx'

interface Entry {
  id: string
  group: string
  label: string
  about?: string
  keys?: string
  run: () => void
}

export function Palette({ opened, close }: { opened: boolean; close: () => void }) {
  return (
    <Modal
      opened={opened}
      onClose={close}
      withCloseButton={false}
      padding={0}
      size="lg"
      yOffset="12vh"
      title="Search"
      // At once, and with the cursor in it: whoever presses Ctrl-K types on.
      transitionProps={{ duration: 0 }}
      classNames={{ header: 'dw-heard' }}
    >
      <PaletteBody close={close} />
    </Modal>
  )
}

const focus = (input: HTMLInputElement | null): void => input?.focus()

function PaletteBody({ close }: { close: () => void }) {
  const id = useId()
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState(0)
  const words = useDeferredValue(text.trim())
  const commands = useCommands().filter(({ label }) => fits(label, text))
  const found = useQuery({
    queryKey: ['search', words],
    queryFn: () => findRecords(words),
    enabled: words.length >= 2,
    placeholderData: before => before,
  })
  const [, navigate] = useLocation()
  const records = (words.length >= 2 ? (found.data ?? []) : []).map(
    ({ href, kind, ...shown }): Entry => ({
      ...shown,
      id: href,
      group: kind,
      run: () => navigate(href),
    }),
  )
  const entries = [...commands, ...records]
  const at = Math.min(chosen, Math.max(0, entries.length - 1))
  const run = (entry: Entry | undefined) => {
    if (!entry) return
    close()
    entry.run()
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setChosen((at + 1) % Math.max(1, entries.length))
    else if (event.key === 'ArrowUp') setChosen((at - 1 + entries.length) % Math.max(1, entries.length))
    else if (event.key === 'Enter') run(entries[at])
    else return
    event.preventDefault()
  }
  return (
    <>
      <TextInput
        ref={focus}
        data-autofocus
        variant="unstyled"
        size="md"
        px="md"
        py={6}
        placeholder="Go to a page, or find a company or a person"
        aria-label="Search"
        role="combobox"
        aria-expanded
        aria-controls={`${id}-list`}
        aria-activedescendant={entries[at] ? `${id}-${at}` : undefined}
        leftSection={found.isFetching ? <Loader size={14} /> : <IconSearch size={16} aria-hidden />}
        value={text}
        onChange={event => {
          setText(event.currentTarget.value)
          setChosen(0)
        }}
        onKeyDown={pressed}
      />
      <div role="listbox" id={`${id}-list`} aria-label="Results" className={classes.list}>
        {entries.map((entry, n) => (
          <div
            key={entry.id}
            id={`${id}-${n}`}
            role="option"
            aria-selected={n === at}
            tabIndex={-1}
            className={classes.entry}
            onMouseMove={() => setChosen(n)}
            onClick={() => run(entry)}
            onKeyDown={pressed}
          >
            <Text size="sm" flex={1} truncate>
              {entry.label}
              {entry.about && (
                <Text span size="xs" className="dw-soft" ml={8}>
                  {entry.about}
                </Text>
              )}
            </Text>
            {entry.keys ? <Keys of={entry.keys} /> : <Text size="xs" className="dw-soft" children={entry.group} />}
          </div>
        ))}
        {entries.length === 0 && (
          <Text size="sm" p="md" ta="center" className="dw-soft">
            Nothing is called that{found.isError ? ', as far as the server answers' : ''}.
          </Text>
        )}
      </div>
      <Group className={classes.foot} gap="md">
        <span>
          <Keys of="ArrowDown" /> <Keys of="ArrowUp" /> choose
        </span>
        <span>
          <Keys of="Enter" /> open
        </span>
      </Group>
    </>
  )
}

function useCommands(): Entry[] {
  const me = useMe()
  const [, navigate] = useLocation()
  const { setColorScheme } = useMantineColorScheme()
  const signOut = useSignOut()
  return [
    ...navFor(me.role).map(({ nav }) => ({
      id: nav.href,
      group: 'Page',
      label: nav.label,
      keys: nav.keys,
      run: () => navigate(nav.href),
    })),
    ...(['light', 'dark', 'auto'] as const).map(look => ({
      id: look,
      group: 'Look',
      label: look === 'auto' ? 'Look as the system does' : `Look ${look}`,
      run: () => setColorScheme(look),
    })),
    { id: 'sign-out', group: 'You', label: 'Sign out', run: () => signOut.mutate() },
  ]
}

/** All words stand in it, wherever. */
const fits = (label: string, text: string): boolean =>
  text
    .toLowerCase()
    .split(/\s+/)
    .every(word => label.toLowerCase().includes(word))
