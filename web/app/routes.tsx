/** Every page: its address, its name, who finds it in the navigation, and where its code is. A page is added here. */
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import {
  IconBook2,
  IconChecks,
  IconFileImport,
  IconHeartbeat,
  IconInbox,
  IconLayoutKanban,
  IconMessageQuestion,
  IconRoute,
  IconScale,
  IconSettings,
  IconSun,
  IconTargetArrow,
  IconUsers,
  type Icon,
} from '@tabler/icons-react'
import type { Role } from '../api/here.ts'
import { to } from './paths.ts'

const EVERYBODY = ['rep', 'manager', 'ops', 'admin', 'viewer'] as const satisfies readonly Role[]
const STEERERS = ['manager', 'ops', 'admin'] as const satisfies readonly Role[]
const DECIDERS = ['rep', 'manager', 'ops', 'admin'] as const satisfies readonly Role[]

type Load = () => Promise<{ default: ComponentType }>

export interface PageRoute {
  /** As wouter reads it: `/leads/:id?`. */
  path: string
  component: LazyExoticComponent<ComponentType>
  /** Fetches its code ahead. */
  load: Load
  /** Missing: reached through other pages alone. */
  nav?: { label: string; href: string; icon: Icon; keys: string; roles: readonly Role[] }
}

const pageAt = (path: string, load: Load, nav?: PageRoute['nav']): PageRoute => ({
  path,
  load,
  component: lazy(load),
  ...(nav ? { nav } : {}),
})

export const PAGES: readonly PageRoute[] = [
  pageAt('/today', () => import('../pages/today/today-page.tsx'), {
    label: 'Today',
    href: to.today(),
    icon: IconSun,
    keys: 'g t',
    roles: EVERYBODY,
  }),
  pageAt('/approvals/:id?', () => import('../pages/approvals/approvals-page.tsx'), {
    label: 'Approvals',
    href: to.approvals(),
    icon: IconChecks,
    keys: 'g a',
    roles: DECIDERS,
  }),
  pageAt('/inbox/:id?', () => import('../pages/inbox/inbox-page.tsx'), {
    label: 'Inbox',
    href: to.inbox(),
    icon: IconInbox,
    keys: 'g i',
    roles: ['rep', 'manager', 'admin'],
  }),
  pageAt('/leads', () => import('../pages/leads/leads-page.tsx'), {
    label: 'Leads',
    href: to.leads(),
    icon: IconTargetArrow,
    keys: 'g l',
    roles: EVERYBODY,
  }),
  pageAt('/leads/:id', () => import('../pages/leads/lead-page.tsx')),
  pageAt('/accounts/:id', () => import('../pages/accounts/account-page.tsx')),
  pageAt('/contacts/:id', () => import('../pages/contacts/contact-page.tsx')),
  pageAt('/deals', () => import('../pages/deals/deals-page.tsx'), {
    label: 'Deals',
    href: to.deals(),
    icon: IconLayoutKanban,
    keys: 'g d',
    roles: EVERYBODY,
  }),
  pageAt('/deals/:id', () => import('../pages/deals/deal-page.tsx')),
  pageAt('/ask/:id?', () => import('../pages/ask/ask-page.tsx'), {
    label: 'Ask',
    href: to.ask(),
    icon: IconMessageQuestion,
    keys: 'g q',
    roles: EVERYBODY,
  }),
  pageAt('/playbooks', () => import('../pages/playbooks/playbooks-page.tsx'), {
    label: 'Playbooks',
    href: to.playbooks(),
    icon: IconBook2,
    keys: 'g p',
    roles: STEERERS,
  }),
  pageAt('/playbooks/:name', () => import('../pages/playbooks/playbook-page.tsx')),
  pageAt('/new-playbook', () => import('../pages/playbooks/new-page.tsx')),
  pageAt('/runs', () => import('../pages/runs/runs-page.tsx'), {
    label: 'Runs',
    href: to.runs(),
    icon: IconRoute,
    keys: 'g r',
    roles: STEERERS,
  }),
  pageAt('/runs/:id', () => import('../pages/runs/run-page.tsx')),
  pageAt('/team', () => import('../pages/team/team-page.tsx'), {
    label: 'Team',
    href: to.team(),
    icon: IconUsers,
    keys: 'g m',
    roles: STEERERS,
  }),
  pageAt('/autonomy', () => import('../pages/team/autonomy-page.tsx')),
  pageAt('/policies', () => import('../pages/definitions/rules-page.tsx'), {
    label: 'Rules',
    href: to.rules(),
    icon: IconScale,
    keys: 'g y',
    roles: STEERERS,
  }),
  pageAt('/scoring', () => import('../pages/definitions/rules-page.tsx')),
  pageAt('/territories', () => import('../pages/definitions/rules-page.tsx')),
  pageAt('/import/:id?', () => import('../pages/import/import-page.tsx'), {
    label: 'Import',
    href: to.imports(),
    icon: IconFileImport,
    keys: 'g u',
    roles: DECIDERS,
  }),
  pageAt('/health', () => import('../pages/health/health-page.tsx'), {
    label: 'Health',
    href: to.health(),
    icon: IconHeartbeat,
    keys: 'g h',
    roles: STEERERS,
  }),
  pageAt('/settings/:part?', () => import('../pages/settings/settings-page.tsx'), {
    label: 'Settings',
    href: '/settings',
    icon: IconSettings,
    keys: 'g s',
    roles: EVERYBODY,
  }),
]

/** What the navigation shows to a role, in its order. */
export const navFor = (role: Role): { path: string; load: Load; nav: NonNullable<PageRoute['nav']> }[] =>
  PAGES.flatMap(({ path, load, nav }) => (nav?.roles.includes(role) ? [{ path, load, nav }] : []))
