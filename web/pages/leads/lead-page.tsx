/** A lead: everything one needs before writing or calling, and what agents did, do and did not do. */
import { Anchor, Badge } from '@mantine/core'
import { Link, useParams } from 'wouter'
import { to } from '../../app/paths.ts'
import { inWords } from '../../parts/format.ts'
import { When } from '../../parts/time.tsx'
import type { Docs } from '../records/record.ts'
import { nextOf, RecordPage, type Cell } from '../records/record-page.tsx'

export const LEAD_COLORS: Record<string, string> = {
  new: 'blue',
  working: 'indigo',
  qualified: 'green',
  converted: 'green',
  disqualified: 'red',
}

export default function LeadPage() {
  const { id = '' } = useParams()
  return (
    <RecordPage
      key={id}
      kind="lead"
      id={id}
      title={({ name, account }) => name ?? account ?? 'Without a name'}
      about={({ title, account, accountId, name }) => (
        <>
          Lead{title && ` · ${title}`}
          {name !== null && account && accountId && (
            <>
              {' · '}
              <Anchor component={Link} href={to.account(accountId)} size="sm">
                {account}
              </Anchor>
            </>
          )}
        </>
      )}
      cells={(doc, overview) => [
        {
          label: 'Status',
          value: (
            <Badge variant="dot" color={LEAD_COLORS[doc.status] ?? 'gray'}>
              {inWords(doc.status)}
            </Badge>
          ),
        },
        ...scoreCell(doc),
        { label: 'Next', value: nextOf(overview) ?? 'Nothing is planned', wide: true },
        { label: 'Came', value: <Came doc={doc} /> },
      ]}
      beside={['contact', 'account', 'deal']}
      list={{ href: to.leads(), label: 'To all leads' }}
    />
  )
}

const scoreCell = ({ score }: Docs['lead']): Cell[] =>
  score === null ? [] : [{ label: 'Score', value: `${Math.round(score)} of 100` }]

function Came({ doc: { source, createdAt } }: { doc: Docs['lead'] }) {
  return (
    <>
      {inWords(source)}, <When at={createdAt} />
    </>
  )
}
