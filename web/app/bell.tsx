/** What needs me, in reach on every page; what I have not looked at yet is counted at the bell. */
import { useState } from 'react'
import { Popover, Text, UnstyledButton } from '@mantine/core'
import { IconBell } from '@tabler/icons-react'
import { Link } from 'wouter'
import type { Needs } from './needs.ts'
import classes from './bell.module.css'
import { useShortcuts } from './shortcuts.ts'

export function Bell({ needs, keys = false }: { needs: Needs; keys?: boolean }) {
  const [opened, setOpened] = useState(false)
  /** What was unread as it was opened stays marked until it is closed. */
  const [fresh, setFresh] = useState<ReadonlySet<string>>(new Set())
  const toggle = () => {
    if (!opened) {
      setFresh(needs.unread)
      needs.markSeen()
    }
    setOpened(!opened)
  }
  useShortcuts('Notifications', [{ keys: 'g n', what: 'What needs me', run: toggle }], { enabled: keys })
  const unread = needs.unread.size
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="bottom-start"
      width={360}
      shadow="md"
      trapFocus
      returnFocus
      withinPortal
    >
      <Popover.Target>
        <UnstyledButton
          onClick={toggle}
          className={classes.bell}
          aria-label={unread > 0 ? `Notifications, ${unread} new` : 'Notifications'}
        >
          <IconBell size={18} stroke={1.7} aria-hidden />
          {unread > 0 && (
            <span className={classes.count} aria-hidden>
              {unread > 99 ? '99+' : unread}
            </span>
          )}
        </UnstyledButton>
      </Popover.Target>
      <Popover.Dropdown p={0} aria-label="Notifications">
        <Content needs={needs} fresh={fresh} close={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

interface ContentProps {
  needs: Needs
  fresh: ReadonlySet<string>
  close: () => void
}

function Content({ needs: { items, more }, fresh, close }: ContentProps) {
  if (items.length === 0)
    return (
      <Text size="sm" className="dw-soft" p="md" tabIndex={-1} data-autofocus>
        Nothing needs you now. What agents ask, questions, what is handed to you, replies and failed runs are told here.
      </Text>
    )
  return (
    <ul className={classes.list}>
      {items.map(({ key, word, title, why, href }) => (
        <li key={key}>
          <Link href={href} className={classes.item} onClick={close}>
            <span className={classes.dot} data-fresh={fresh.has(key) || undefined} aria-hidden />
            <span className={classes.words}>
              <Text size="xs" className="dw-soft" truncate>
                {fresh.has(key) && <span className="dw-heard">New: </span>}
                {word}
              </Text>
              <Text size="sm" fw={fresh.has(key) ? 600 : 450} lineClamp={2}>
                {title}
              </Text>
              {why && (
                <Text size="xs" className="dw-soft" lineClamp={1}>
                  {why}
                </Text>
              )}
            </span>
          </Link>
        </li>
      ))}
      {more && (
        <Text component="li" size="xs" className="dw-soft" p="sm" ta="center">
          There is more in Approvals.
        </Text>
      )}
    </ul>
  )
}
