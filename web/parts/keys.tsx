/** A shortcut as it stands on the keyboard. */
import { Kbd } from '@mantine/core'

const isMac = /mac|iphone|ipad/i.test(navigator.userAgent)
const NAMES: Record<string, string> = {
  mod: isMac ? '⌘' : 'Ctrl',
  Shift: isMac ? '⇧' : 'Shift',
  Enter: '↵',
  ArrowDown: '↓',
  ArrowUp: '↑',
  Escape: 'Esc',
  ' ': 'Space',
}

/** @param of as shortcuts are named: `j`, `mod+k`, `g t` */
export function Keys({ of }: { of: string }) {
  const parts = of === ' ' ? [of] : of.split(' ')
  return (
    <span aria-hidden style={{ whiteSpace: 'nowrap' }}>
      {parts.map((part, n) => (
        <span key={part}>
          {n > 0 && ' '}
          <Kbd>
            {part
              .split('+')
              .map(key => NAMES[key] ?? (key.length === 1 ? key.toUpperCase() : key))
              .join(isMac ? '' : '+')}
          </Kbd>
        </span>
      ))}
    </span>
  )
}
