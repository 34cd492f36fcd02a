/** The frame of every page: its one heading, what it says of itself, its actions, and its content. */
import { useEffect, type ReactNode } from 'react'
import { Box, Group, Skeleton, Stack, Text, Title } from '@mantine/core'
import { needCount } from '../app/need-count.ts'
import classes from './page.module.css'

interface PageProps {
  title: string
  /** One line beneath the title. */
  about?: ReactNode
  /** Buttons and filters at the right of the title. */
  actions?: ReactNode
  /** The content scrolls by itself and fills the height: lists and panes. */
  fill?: boolean
  children: ReactNode
}

export function Page({ title, about, actions, fill = false, children }: PageProps) {
  const needs = needCount.use()
  useEffect(() => {
    document.title = `${needs > 0 ? `(${needs}) ` : ''}${title} · Dealwright`
  }, [title, needs])
  return (
    <div className={fill ? `${classes.page} ${classes.fill}` : classes.page}>
      <Group justify="space-between" align="flex-start" gap="sm" className={classes.head}>
        <Box miw={0}>
          <Title order={1} tabIndex={-1} id="page-title">
            {title}
          </Title>
          {about && (
            <Text size="sm" className="dw-soft" component="div">
              {about}
            </Text>
          )}
        </Box>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      <div className={classes.body}>{children}</div>
    </div>
  )
}

interface EmptyProps {
  icon?: ReactNode
  title: string
  /** What will come here, when, and what one can do meanwhile. */
  children?: ReactNode
}

/** Where a list has nothing: says what will come, not only that nothing is there. */
export function Empty({ icon, title, children }: EmptyProps) {
  return (
    <Stack align="center" gap={6} py={64} px="md" ta="center">
      {icon && <Box className="dw-soft">{icon}</Box>}
      <Text fw={600} size="lg">
        {title}
      </Text>
      {children && (
        <Text size="sm" className="dw-soft" maw={460} component="div">
          {children}
        </Text>
      )}
    </Stack>
  )
}

/** In the place of rows that are on their way. */
export function RowSkeletons({ rows = 8 }: { rows?: number }) {
  return (
    <Stack gap={0} aria-busy="true" aria-label="Loading">
      {Array.from({ length: rows }, (_, n) => (
        <Box key={n} px="md" py={14} className={classes.skeletonRow}>
          <Skeleton height={10} width={`${58 - ((n * 13) % 30)}%`} mb={8} />
          <Skeleton height={8} width={`${36 - ((n * 7) % 18)}%`} />
        </Box>
      ))}
    </Stack>
  )
}

/** In the place of a text that is on its way. */
export function TextSkeleton({ lines = 6 }: { lines?: number }) {
  return (
    <Stack gap="sm" p="md" aria-busy="true" aria-label="Loading">
      {Array.from({ length: lines }, (_, n) => (
        <Skeleton key={n} height={10} width={`${96 - ((n * 17) % 40)}%`} />
      ))}
    </Stack>
  )
}
