/** Records by the beginnings of their words, of every kind that has a page. */
import { answered, api } from '../api/here.ts'
import { to } from './paths.ts'

export interface Found {
  kind: string
  label: string
  about: string
  href: string
}

const MOST = '6'

export async function findRecords(words: string): Promise<Found[]> {
  const query = { q: words, limit: MOST }
  const [accounts, contacts, playbooks] = await Promise.all([
    answered(api.accounts.$get({ query })),
    answered(api.contacts.$get({ query })),
    answered(api.playbooks.$get()),
  ])
  return [
    ...accounts.data.items.map(({ id, name, domain }) => ({
      kind: 'Account',
      label: name,
      about: domain ?? '',
      href: to.account(id),
    })),
    ...contacts.data.items.map(({ id, name, account, title }) => ({
      kind: 'Contact',
      label: name,
      about: [title, account].filter(Boolean).join(', '),
      href: to.contact(id),
    })),
    ...playbooks.data
      .filter(({ name }) => name.includes(words.toLowerCase().replaceAll(' ', '-')))
      .map(({ name, version }) => ({
        kind: 'Playbook',
        label: name,
        about: `version ${version}`,
        href: to.playbook(name),
      })),
  ]
}
