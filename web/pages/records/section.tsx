/** One part of a record's page, under its own heading. */
import type { ReactNode } from 'react'
import { Text, Title } from '@mantine/core'
import classes from './records.module.css'

interface Props {
  title: string
  /** At the right of the heading. */
  aside?: ReactNode
  /** Marked as what waits for a person. */
  needs?: boolean
  children: ReactNode
}

export function Section({ title, aside, needs = false, children }: Props) {
  return (
    <section className={`dw-card ${classes.section} ${needs ? classes.needs : ''}`} aria-label={title}>
      <div className={classes.head}>
        <Title order={2}>{title}</Title>
        {aside}
      </div>
      {children}
    </section>
  )
}

/** Where a part has nothing yet: what will come, and when. */
export const Nothing = ({ children }: { children: ReactNode }) => (
  <Text size="sm" className="dw-soft">
    {children}
  </Text>
)
