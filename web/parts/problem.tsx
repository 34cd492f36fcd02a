/** What went wrong, in plain words, with a way on. */
import type { ReactNode } from 'react'
import { Alert, Button, Group, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { ApiProblem } from '../api/here.ts'

export interface Plain {
  title: string
  what: string
}

const TITLES: Partial<Record<ApiProblem['code'], string>> = {
  offline: 'The server is away',
  unknown: 'The server is away',
  forbidden: 'You may not do this',
  not_found: 'Nothing is here',
  not_signed_in: 'You are signed out',
  bad_input: 'Something is not right yet',
  precondition_failed: 'Somebody changed this meanwhile',
  conflict: 'Somebody was faster',
  too_many_requests: 'A little too fast',
  internal: 'Our fault',
}

/** Title and sentence for anything that was thrown. The server's own sentences are plain already. */
export function plainly(error: unknown): Plain {
  if (!(error instanceof ApiProblem))
    return { title: 'Something went wrong here', what: error instanceof Error ? error.message : String(error) }
  const title = TITLES[error.code] ?? 'This did not work'
  if (error.code === 'offline')
    return { title, what: 'The server does not answer. What you typed is kept; try again when it is back.' }
  if (error.code === 'precondition_failed')
    return { title, what: 'Your text is kept. Look at what changed, then save again.' }
  return { title, what: error.message }
}

interface Props {
  error: unknown
  /** Tries again. */
  retry?: () => void
  /** Another way on, beside it. */
  children?: ReactNode
}

/** In the place of what could not be shown. */
export function ProblemNote({ error, retry, children }: Props) {
  const { title, what } = plainly(error)
  const id = error instanceof ApiProblem ? error.requestId : null
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={title} role="alert">
      <Text size="sm">{what}</Text>
      {id !== null && error instanceof ApiProblem && error.status >= 500 && (
        <Text size="xs" mt={4} className="dw-soft">
          For whoever looks into it: request {id}
        </Text>
      )}
      <Group gap="xs" mt="sm">
        {retry && (
          <Button size="compact-sm" variant="light" color="red" onClick={retry}>
            Try again
          </Button>
        )}
        {children}
      </Group>
    </Alert>
  )
}
