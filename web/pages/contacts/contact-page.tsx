/** A person: how to reach them and whether we may, what they said, and what they are asked. */
import { Anchor, Badge } from '@mantine/core'
import { Link, useParams } from 'wouter'
import { to } from '../../app/paths.ts'
import { formatDay, inWords } from '../../parts/format.ts'
import type { Docs } from '../records/record.ts'
import { nextOf, RecordPage, type Cell } from '../records/record-page.tsx'

export default function ContactPage() {
  const { id = '' } = useParams()
  return (
    <RecordPage
      key={id}
      kind="contact"
      id={id}
      title={({ name }) => name}
      about={({ title, account, accountId }) => (
        <>
          Contact{title && ` · ${title}`}
          {account && accountId && (
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
        { label: 'Mail', value: <MayWrite doc={doc} /> },
        ...basisCells(doc),
        { label: 'Next', value: nextOf(overview) ?? 'Nothing is planned', wide: true },
      ]}
      beside={['account', 'lead', 'deal']}
    />
  )
}

function MayWrite({ doc: { email, suppressed, staleAt } }: { doc: Docs['contact'] }) {
  if (suppressed)
    return (
      <Badge variant="dot" color="red">
        Must not be written to
      </Badge>
    )
  if (staleAt !== null)
    return (
      <Badge variant="dot" color="orange">
        Does not arrive
      </Badge>
    )
  return email === null ? (
    <Badge variant="dot" color="gray">
      No address known
    </Badge>
  ) : (
    <>{email}</>
  )
}

/** On what ground we hold their data, and where we have it from. */
function basisCells({ lawfulBasis, lawfulBasisOn, origin }: Docs['contact']): Cell[] {
  const since = lawfulBasisOn === null ? '' : ` since ${formatDay(lawfulBasisOn)}`
  return [
    { label: 'Lawful basis', value: lawfulBasis === null ? 'Nobody has said' : inWords(lawfulBasis) + since },
    ...(origin === null ? [] : [{ label: 'Came by', value: inWords(origin) }]),
  ]
}
