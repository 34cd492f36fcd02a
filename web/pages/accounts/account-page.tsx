/** A company: what is known of it, its people, leads and deals. */
import { Anchor } from '@mantine/core'
import { useParams } from 'wouter'
import { formatNumber } from '../../parts/format.ts'
import type { Docs } from '../records/record.ts'
import { nextOf, RecordPage, type Cell } from '../records/record-page.tsx'

export default function AccountPage() {
  const { id = '' } = useParams()
  return (
    <RecordPage
      key={id}
      kind="account"
      id={id}
      title={({ name }) => name}
      about={doc => (
        <>
          Account{doc.industry && ` · ${doc.industry}`}
          {doc.domain && (
            <>
              {' · '}
              <Anchor href={`https://${doc.domain}`} target="_blank" rel="noopener noreferrer" size="sm">
                {doc.domain}
              </Anchor>
            </>
          )}
        </>
      )}
      cells={(doc, overview) => [
        ...sizeCells(doc),
        { label: 'Next', value: nextOf(overview) ?? 'Nothing is planned', wide: true },
      ]}
      beside={['contact', 'lead', 'deal']}
    />
  )
}

const sizeCells = ({ employees, contacts, openDeals }: Docs['account']): Cell[] => [
  ...(employees === null ? [] : [{ label: 'People there', value: formatNumber(employees) }]),
  { label: 'We know', value: contacts === 1 ? '1 person' : `${formatNumber(contacts)} people` },
  { label: 'Open deals', value: formatNumber(openDeals) },
]
