/** A deal: where it stands, what it is worth, what comes next, and what is known and was said. */
import { Anchor, Badge } from '@mantine/core'
import { Link, useParams } from 'wouter'
import { to } from '../../app/paths.ts'
import { formatDay, formatMoney, inWords } from '../../parts/format.ts'
import type { Docs } from '../records/record.ts'
import { nextOf, RecordPage, type Cell } from '../records/record-page.tsx'

const STAGE_COLORS: Record<string, string> = { won: 'green', lost: 'red', open: 'indigo' }

export default function DealPage() {
  const { id = '' } = useParams()
  return (
    <RecordPage
      key={id}
      kind="deal"
      id={id}
      title={({ name }) => name}
      about={({ account, accountId, contact, contactId }) => (
        <>
          Deal
          {account && accountId && (
            <>
              {' · '}
              <Anchor component={Link} href={to.account(accountId)} size="sm">
                {account}
              </Anchor>
            </>
          )}
          {contact && contactId && (
            <>
              {' · '}
              <Anchor component={Link} href={to.contact(contactId)} size="sm">
                {contact}
              </Anchor>
            </>
          )}
        </>
      )}
      cells={(doc, overview) => [
        {
          label: 'Stage',
          value: (
            <Badge variant="dot" color={STAGE_COLORS[doc.stageKind] ?? 'gray'}>
              {inWords(doc.stage)}
            </Badge>
          ),
        },
        ...worthCells(doc),
        { label: 'Next step', value: doc.nextStep ?? nextOf(overview) ?? 'Nobody has said', wide: true },
      ]}
      beside={['contact', 'account', 'lead']}
      list={{ href: to.deals(), label: 'To all deals' }}
    />
  )
}

const worthCells = ({ amountMinor, currency, closeDate }: Docs['deal']): Cell[] => [
  ...(amountMinor !== null && currency !== null
    ? [{ label: 'Amount', value: formatMoney(amountMinor, currency) }]
    : []),
  ...(closeDate === null ? [] : [{ label: 'Closes', value: formatDay(closeDate) }]),
]
