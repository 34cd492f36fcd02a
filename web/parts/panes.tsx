/** A list at the left and the chosen one at the right; on a narrow screen the one or the other. */
import type { ReactNode } from 'react'
import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import classes from './panes.module.css'

interface Props {
  list: ReactNode
  detail: ReactNode
  /** On a narrow screen the detail covers the list. */
  open: boolean
  back: () => void
  /** What the detail is, for who hears it. */
  label: string
}

export function Panes({ list, detail, open, back, label }: Props) {
  return (
    <div className={classes.panes} data-open={open || undefined}>
      <div className={classes.list}>{list}</div>
      <section className={classes.detail} aria-label={label}>
        <Button
          variant="subtle"
          size="compact-sm"
          leftSection={<IconArrowLeft size={14} aria-hidden />}
          className={classes.back}
          onClick={back}
        >
          Back to the list
        </Button>
        {detail}
      </section>
    </div>
  )
}
