/** The frame around every page: navigation at the left, behind a button where the screen is narrow. */
import { Suspense, useState, type ReactNode } from 'react'
import { AppShell, Box, Burger, Group, NavLink, ScrollArea, Text, UnstyledButton } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import { Keys } from '../parts/keys.tsx'
import { TextSkeleton } from '../parts/page.tsx'
import { undoLatest } from '../parts/toast.tsx'
import { AwayBanner } from './away-banner.tsx'
import { Bell } from './bell.tsx'
import { Boundary } from './boundary.tsx'
import { KeysOverview } from './keys-overview.tsx'
import { useLive } from './live.ts'
import { useNeeds } from './needs.ts'
import { Palette } from './palette.tsx'
import { to } from './paths.ts'
import { navFor } from './routes.tsx'
import { useMe } from './session.tsx'
import { signedOut } from './session-state.ts'
import classes from './shell.module.css'
import { useShortcuts } from './shortcuts.ts'
import { SignedOutDialog } from './signed-out.tsx'
import { StopBanner, StopButton, StopSwitch } from './stop-switch.tsx'
import { UserMenu } from './user-menu.tsx'

export function Shell({ children }: { children: ReactNode }) {
  const me = useMe()
  const [location, navigate] = useLocation()
  const [menu, { toggle, close }] = useDisclosure(false)
  const [palette, setPalette] = useState(false)
  const [keys, setKeys] = useState(false)
  useLive(useQueryClient(), !signedOut.use())
  const pages = navFor(me.role)
  const needs = useNeeds()
  useShortcuts('Everywhere', [
    { keys: '?', what: 'Show all keys', run: () => setKeys(true) },
    { keys: 'mod+k', what: 'Search, or go anywhere', run: () => setPalette(true), typing: true },
    { keys: '/', what: 'Search', run: () => setPalette(true) },
    { keys: 'z', what: 'Undo the last change', run: undoLatest },
    ...pages.map(({ nav }) => ({ keys: nav.keys, what: `Go to ${nav.label}`, run: () => navigate(nav.href) })),
  ])
  return (
    <>
      <a href="#content" className="dw-heard dw-skip">
        To the content
      </a>
      <AppShell
        layout="alt"
        header={{ height: { base: 48, sm: 0 } }}
        navbar={{ width: 224, breakpoint: 'sm', collapsed: { mobile: !menu } }}
        classNames={{ root: classes.root, main: classes.main, navbar: classes.navbar, header: classes.header }}
      >
        <AppShell.Header hiddenFrom="sm">
          <Group h="100%" px="sm" gap="xs" wrap="nowrap">
            <Burger opened={menu} onClick={toggle} size="sm" aria-label="Navigation" />
            <Text fw={600} flex={1}>
              Dealwright
            </Text>
            <Bell needs={needs} />
            <StopButton small />
            <UnstyledButton onClick={() => setPalette(true)} aria-label="Search" p={6} lh={0}>
              <IconSearch size={18} aria-hidden />
            </UnstyledButton>
          </Group>
        </AppShell.Header>
        <AppShell.Navbar>
          <Group px="md" pt="md" pb="sm" justify="space-between" wrap="nowrap">
            <Text fw={700} size="lg" className={classes.brand} flex={1}>
              Dealwright
            </Text>
            <Box visibleFrom="sm">
              <Bell needs={needs} keys />
            </Box>
            <Burger opened={menu} onClick={close} size="sm" hiddenFrom="sm" aria-label="Close the navigation" />
          </Group>
          <UnstyledButton className={classes.search} onClick={() => setPalette(true)}>
            <IconSearch size={16} aria-hidden />
            <span>Search…</span>
            <Keys of="mod+k" />
          </UnstyledButton>
          <ScrollArea flex={1} px="xs" pt="xs">
            <Box component="nav" aria-label="Pages">
              {pages.map(({ nav, load }) => (
                <NavLink
                  key={nav.href}
                  component={Link}
                  href={nav.href}
                  label={nav.label}
                  leftSection={<nav.icon size={17} stroke={1.7} aria-hidden />}
                  rightSection={
                    <Count of={needs.counts[nav.href] ?? 0} more={needs.more && nav.href === to.approvals()} />
                  }
                  active={isAt(location, nav.href)}
                  aria-current={isAt(location, nav.href) ? 'page' : undefined}
                  className={classes.link}
                  data-begins={BEGIN_GROUPS.has(nav.href) || undefined}
                  onClick={close}
                  onMouseEnter={() => void load()}
                />
              ))}
            </Box>
          </ScrollArea>
          <StopButton />
          <UserMenu showKeys={() => setKeys(true)} />
        </AppShell.Navbar>
        <AppShell.Main>
          <AwayBanner />
          <StopBanner />
          <Box component="div" id="content" className={classes.content}>
            <Boundary of={location}>
              <Suspense fallback={<TextSkeleton />}>{children}</Suspense>
            </Boundary>
          </Box>
        </AppShell.Main>
      </AppShell>
      <Palette opened={palette} close={() => setPalette(false)} />
      <KeysOverview opened={keys} close={() => setKeys(false)} />
      <StopSwitch />
      <SignedOutDialog />
    </>
  )
}

/** What one works with, what one steers by, what is set up: a gap between them. */
const BEGIN_GROUPS: ReadonlySet<string> = new Set([to.playbooks(), to.imports()])

const isAt = (location: string, href: string): boolean => location === href || location.startsWith(`${href}/`)

/** How many of it need one, at the name of its page. */
function Count({ of, more }: { of: number; more: boolean }) {
  if (of === 0) return null
  return (
    <span className={classes.count}>
      {of}
      {more && '+'}
      <span className="dw-heard"> need you</span>
    </span>
  )
}
