/** An instant in one's own zone, with the prospect's clock beside it. */
import { useEffect, useState } from 'react'
import { Text, Tooltip } from '@mantine/core'
import { useMe } from '../app/session.tsx'
import { formatClock, formatInstant, formatRelative } from './format.ts'

const MINUTE = 60_000

/** The time of day, anew each minute. */
export function useNow(): Date {
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), MINUTE)
    return () => clearInterval(timer)
  }, [])
  return now
}

interface Props {
  at: string | null
  /** The prospect's zone (IANA): their clock is shown too where it differs from one's own. */
  theirs?: string | null
  /** The whole date in the line, rather than how long until or since. */
  whole?: boolean
  /** What stands where there is no instant. */
  none?: string
}

export function When({ at, theirs, whole = false, none = '–' }: Props) {
  const { zone } = useMe()
  const now = useNow()
  if (at === null) return <span className="dw-soft">{none}</span>
  const instant = new Date(at)
  const exact = formatInstant(instant, zone)
  return (
    <Tooltip label={`${exact} (${zone})`}>
      <time dateTime={at}>
        {whole ? exact : formatRelative(instant, now)}
        {theirs && theirs !== zone && (
          <Text span size="xs" className="dw-soft">
            {' '}
            · {formatClock(instant, theirs)} theirs
          </Text>
        )}
      </time>
    </Tooltip>
  )
}
