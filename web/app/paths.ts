/** Every address of the app, by name: links are made here and nowhere else. */
type Query = Readonly<Record<string, string | undefined>>

export function withQuery(path: string, query: Query = {}): string {
  const given = Object.entries(query).filter(
    (pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '',
  )
  return given.length === 0 ? path : `${path}?${new URLSearchParams(given)}`
}

export const to = {
  today: (item?: string) => withQuery('/today', { item }),
  approvals: (id?: string, query: { kind?: string; playbook?: string; all?: 'true' } = {}) =>
    withQuery(id === undefined ? '/approvals' : `/approvals/${id}`, query),
  inbox: (id?: string, query: { view?: string; label?: string } = {}) =>
    withQuery(id === undefined ? '/inbox' : `/inbox/${id}`, query),
  leads: (query: { status?: string } = {}) => withQuery('/leads', query),
  lead: (id: string) => `/leads/${id}`,
  deals: (query: { view?: string; pipeline?: string } = {}) => withQuery('/deals', query),
  deal: (id: string) => `/deals/${id}`,
  account: (id: string) => `/accounts/${id}`,
  contact: (id: string) => `/contacts/${id}`,
  ask: (id?: string) => (id === undefined ? '/ask' : `/ask/${id}`),
  run: (id: string) => `/runs/${id}`,
  settings: (part = 'me', query: { of?: string } = {}) => withQuery(`/settings/${part}`, query),
  health: () => '/health',
  team: (query: { team?: string } = {}) => withQuery('/team', query),
  autonomy: () => '/autonomy',
  imports: () => '/import',
  importJob: (id: string) => `/import/${id}`,
  rules: (kind: 'policies' | 'scoring' | 'territories' = 'policies') => `/${kind}`,
  runs: (query: { status?: string; playbook?: string } = {}) => withQuery('/runs', query),
  playbooks: () => '/playbooks',
  playbook: (name: string) => `/playbooks/${name}`,
  newPlaybook: () => '/new-playbook',
} as const
