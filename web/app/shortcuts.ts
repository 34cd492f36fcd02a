/**
 * Keys and what they do. A part says which keys it answers to while it is on the page; what came last answers first. Keys typed into
 * fields are text; while a dialog is open, only its own keys count. `?` shows all that count now.
 */
import { useEffect, useRef } from 'react'
import { createStore } from './store.ts'

export interface Shortcut {
  /** One key (`j`, `Enter`, `Shift+A`, `mod+k`: Ctrl, or Command on a Mac), or two after one another (`g t`). */
  keys: string
  what: string
  run: () => void
  /** Also while one types. */
  typing?: boolean
}

interface Area {
  name: string
  dialog: boolean
  shortcuts: readonly Shortcut[]
}

export const areas = createStore<readonly Area[]>([])

/** @param name of the part, as the overview of keys says it; @param dialog its keys are those of a dialog */
export function useShortcuts(
  name: string,
  shortcuts: readonly Shortcut[],
  { enabled = true, dialog = false } = {},
): void {
  const latest = useRef(shortcuts)
  useEffect(() => {
    latest.current = shortcuts
  })
  const signature = shortcuts.map(({ keys, what }) => `${keys} ${what}`).join('\n')
  useEffect(() => {
    if (!enabled) return undefined
    const area: Area = {
      name,
      dialog,
      // What a key does changes with what is chosen; that there is such a key does not.
      shortcuts: latest.current.map((one, n) => ({ ...one, run: () => latest.current[n]?.run() })),
    }
    areas.set(now => [...now, area])
    return () => areas.set(now => now.filter(one => one !== area))
  }, [name, dialog, enabled, signature])
}

let before: { key: string; at: number } | null = null
const SEQUENCE_MS = 1_200

/** Listens for as long as the app lives. */
export function listenForKeys(): () => void {
  // Seen before a dialog hears the key that closes it: the same press is not the page's too.
  let inDialog = false
  const look = () => {
    inDialog = isDialogOpen()
  }
  const pressed = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const key = nameOf(event)
    const typing = isField(event.target)
    const usable = counting(inDialog).filter(one => !typing || one.typing === true)
    const pair = before && event.timeStamp - before.at < SEQUENCE_MS ? `${before.key} ${key}` : null
    const found = usable.find(one => one.keys === pair) ?? usable.find(one => one.keys === key)
    before = typing || found ? null : { key, at: event.timeStamp }
    // Enter and Space on a button or a link are its own.
    if (!found || ((key === 'Enter' || key === ' ') && isPressable(event.target))) return
    event.preventDefault()
    found.run()
  }
  window.addEventListener('keydown', look, { capture: true })
  document.addEventListener('keydown', pressed)
  return () => {
    window.removeEventListener('keydown', look, { capture: true })
    document.removeEventListener('keydown', pressed)
  }
}

const isDialogOpen = (): boolean => document.querySelector('[role="dialog"][aria-modal="true"]') !== null

/** Those that count now, what came last first. */
function counting(inDialog: boolean): Shortcut[] {
  const dialogs = areas.get().filter(area => area.dialog)
  return (inDialog || dialogs.length > 0 ? dialogs : areas.get()).toReversed().flatMap(area => area.shortcuts)
}

function nameOf(event: KeyboardEvent): string {
  const letter = /^[a-z]$/i.test(event.key) ? event.key.toLowerCase() : event.key
  const mod = event.ctrlKey || event.metaKey ? 'mod+' : ''
  const shift = event.shiftKey && (letter !== event.key || event.key.length > 1) ? 'Shift+' : ''
  const shifted = shift && letter.length === 1 ? letter.toUpperCase() : letter
  return `${mod}${event.altKey ? 'Alt+' : ''}${shift}${shifted}`
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.isContentEditable ||
    target.matches('textarea, select, input:not([type=checkbox], [type=radio], [type=button])'))

const isPressable = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('button, a[href], [role=button], [role=option], summary')
