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
  leads: (query: { status?: string } = {}) => withQuery('/leads', query),
  lead: (id: string) => `/leads/${id}`,
  deals: () => '/deals',
  deal: (id: string) => `/deals/${id}`,
  account: (id: string) => `/accounts/${id}`,
  contact: (id: string) => `/contacts/${id}`,
  run: (id: string) => `/runs/${id}`,
} as const
