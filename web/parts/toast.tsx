/** A line at the edge that says what happened, with a way back where there is one. */
import { Button, Group, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { ApiProblem } from '../api/here.ts'
import { plainly } from './problem.tsx'

const SHOWN_MS = 6_000

interface Toast {
  message: string
  /** Takes it back; the button says Undo. */
  undo?: () => void
  /** Stays until it is closed. */
  stays?: boolean
  bad?: boolean
}

/** @example toast({ message: 'Task done', undo: () => reopen(task) }) */
export function toast({ message, undo, stays = false, bad = false }: Toast): string {
  const id = crypto.randomUUID()
  const goBack = () => {
    notifications.hide(id)
    undo?.()
  }
  if (undo) undoLast = { id, run: goBack }
  notifications.show({
    id,
    autoClose: stays ? false : SHOWN_MS,
    color: bad ? 'red' : 'indigo',
    role: bad ? 'alert' : 'status',
    closeButtonProps: { 'aria-label': 'Close this message' },
    onClose: () => {
      if (undoLast?.id === id) undoLast = null
    },
    message: (
      <Group justify="space-between" wrap="nowrap" gap="md">
        <Text size="sm">{message}</Text>
        {undo && (
          <Button size="compact-sm" variant="subtle" onClick={goBack}>
            Undo
          </Button>
        )}
      </Group>
    ),
  })
  return id
}

let undoLast: { id: string; run: () => void } | null = null

/** What the key for undo does: takes the last one back while its message is there. */
export function undoLatest(): void {
  undoLast?.run()
}

/** For the end of a change that failed; what was typed is the caller's to keep. */
export function toastProblem(error: unknown): void {
  // The banner and the sign-in dialog say these already.
  if (error instanceof ApiProblem && error.code === 'not_signed_in') return
  toast({ message: plainly(error).what, bad: true, stays: !(error instanceof ApiProblem && error.code === 'offline') })
}
