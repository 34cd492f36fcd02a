/** The pages of settings: their addresses, names and code, and the right that shows each. */
import { lazy, type ComponentType, type LazyExoticComponent } from 'react'
import type { Right } from '../../api/rights.ts'

export interface SettingsPart {
  part: string
  label: string
  group: string
  right: Right
  component: LazyExoticComponent<ComponentType>
}

type Load = () => Promise<{ default: ComponentType }>

const one = (group: string, part: string, label: string, right: Right, load: Load): SettingsPart => ({
  part,
  label,
  group,
  right,
  component: lazy(load),
})

export const PARTS: readonly SettingsPart[] = [
  one('You', 'me', 'Name and hours', 'me.see', () => import('./me.tsx')),
  one('You', 'sign-in', 'Signing in', 'me.see', () => import('./sign-in/sign-in.tsx')),
  one('You', 'keys', 'API keys', 'key.see', () => import('./keys.tsx')),
  one('Organisation', 'organisation', 'Organisation', 'organisation.change', () => import('./organisation.tsx')),
  one('Organisation', 'people', 'People', 'user.manage', () => import('./people/people.tsx')),
  one('Organisation', 'teams', 'Teams', 'team.manage', () => import('./people/teams.tsx')),
  one('Organisation', 'hours', 'Working hours', 'settings.change', () => import('./hours.tsx')),
  one('Sales', 'pipelines', 'Pipelines', 'settings.change', () => import('./sales/pipelines.tsx')),
  one('Sales', 'fields', 'Custom fields', 'settings.change', () => import('./sales/fields.tsx')),
  one('Sales', 'products', 'Products', 'product.change', () => import('./sales/products.tsx')),
  one('Connections', 'mailboxes', 'Mailboxes', 'mailbox.sign', () => import('./mailboxes.tsx')),
  one('Connections', 'model', 'Language model', 'health.see', () => import('./model.tsx')),
  one('Connections', 'webhooks', 'Webhooks', 'webhook.see', () => import('./webhooks/webhooks.tsx')),
  one('Privacy', 'never-contact', 'Never contact', 'never_contact.add', () => import('./privacy/never-contact.tsx')),
  one('Privacy', 'privacy', 'Data of people', 'privacy.see', () => import('./privacy/data.tsx')),
  one('Privacy', 'retention', 'How long it is kept', 'privacy.see', () => import('./privacy/retention.tsx')),
]
