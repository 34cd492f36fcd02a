/** The stop switch: in reach on every page for those who may, by `!`; and what is stopped, said on every page to everybody. */
import { lazy, Suspense, useState } from 'react'
import { Button, Group, Text, UnstyledButton } from '@mantine/core'
import { IconHandStop } from '@tabler/icons-react'
import { Keys } from '../parts/keys.tsx'
import { When } from '../parts/time.tsx'
import { Actor } from './actor.tsx'
import { useMay } from './may.ts'
import classes from './shell.module.css'
import { useShortcuts } from './shortcuts.ts'
import { createStore } from './store.ts'
import { engagedOf, useStops, whatOf, type Stop } from './stops.ts'

const StopDialog = lazy(() => import('./stop-dialog.tsx'))
const ReleaseDialog = lazy(() => import('./release-dialog.tsx'))

const dialog = createStore(false)

/** Opens the switch, from wherever. */
export const openStopSwitch = (): void => dialog.set(true)

/** Its button, in the navigation or (`small`) in the head of a narrow screen. */
export function StopButton({ small = false }: { small?: boolean }) {
  const may = useMay()
  if (!may('stop.engage')) return null
  return small ? (
    <UnstyledButton onClick={openStopSwitch} aria-label="Stop switch" p={6} className={classes.stopSmall}>
      <IconHandStop size={18} aria-hidden />
    </UnstyledButton>
  ) : (
    <UnstyledButton onClick={openStopSwitch} className={classes.stop}>
      <IconHandStop size={17} stroke={1.7} aria-hidden />
      <span>Stop switch</span>
      <Keys of="!" />
    </UnstyledButton>
  )
}

/** Once in the app: its key and its dialog. */
export function StopSwitch() {
  const may = useMay()
  const opened = dialog.use()
  useShortcuts('Stop switch', [{ keys: '!', what: 'Stop what agents do', run: openStopSwitch }], {
    enabled: may('stop.engage'),
  })
  if (!opened) return null
  return (
    <Suspense>
      <StopDialog close={() => dialog.set(false)} />
    </Suspense>
  )
}

/** Across the top while anything is stopped. */
export function StopBanner() {
  const { data } = useStops()
  const engaged = engagedOf(data)
  if (engaged.length === 0) return null
  return (
    <div role="region" aria-label="What is stopped">
      {engaged.map(stop => (
        <One key={stop.id} stop={stop} />
      ))}
    </div>
  )
}

function One({ stop }: { stop: Stop }) {
  const may = useMay()
  const [releasing, setReleasing] = useState(false)
  return (
    <Group className={classes.stopped} gap="sm" wrap="nowrap">
      <IconHandStop size={18} aria-hidden className={classes.stoppedIcon} />
      <Text size="sm" flex={1} role="status">
        <b>{whatOf(stop)} is stopped</b> since <When at={stop.engagedAt} whole /> by <Actor of={stop.engagedBy} />:{' '}
        {ended(stop.reason)} Nothing of it leaves; you can go on deciding.
        {!may('stop.release') && ' A manager or an admin can let it go on.'}
      </Text>
      {may('stop.release') && (
        <Button size="compact-sm" variant="white" color="dark" onClick={() => setReleasing(true)}>
          Let it go on
        </Button>
      )}
      {releasing && (
        <Suspense>
          <ReleaseDialog stop={stop} close={() => setReleasing(false)} />
        </Suspense>
      )}
    </Group>
  )
}

/** As a sentence, whether or not its writer ended it. */
const ended = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`)
