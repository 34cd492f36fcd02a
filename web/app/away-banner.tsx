/** Across the top while the server does not answer. */
import { useEffect, useState } from 'react'
import { Button, Group, Text } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import { askNow, away } from './away.ts'
import classes from './shell.module.css'

export function AwayBanner() {
  const state = away.use()
  const [now, setNow] = useState(Date.now)
  useEffect(() => {
    if (state === null) return undefined
    const timer = setInterval(() => setNow(Date.now()), 500)
    return () => clearInterval(timer)
  }, [state])
  if (state === null) return null
  const seconds = Math.max(0, Math.ceil((state.nextAt - now) / 1_000))
  return (
    <Group className={classes.away} role="alert" gap="sm" wrap="nowrap">
      <IconPlugConnectedX size={18} aria-hidden />
      <Text size="sm" flex={1}>
        The server does not answer. What you see may be old; what you type is kept.
        <span aria-hidden> {seconds > 0 ? `Trying again in ${seconds} s.` : 'Trying again…'}</span>
      </Text>
      <Button size="compact-sm" variant="white" color="dark" onClick={askNow}>
        Try now
      </Button>
    </Group>
  )
}
