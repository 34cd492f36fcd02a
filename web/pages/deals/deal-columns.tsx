/** The columns of the table of deals, and of its file. */
import { Badge, Text } from '@mantine/core'
import { formatDay, formatMoney, inWords } from '../../parts/format.ts'
import type { Column } from '../../parts/table.tsx'
import { When } from '../../parts/time.tsx'
import { stallWords, type DealRow } from './deal-data.ts'
import classes from './board.module.css'

export type Sort = 'closes' | 'amount' | 'newest'
export const USUAL = ['stage', 'amount', 'close', 'next', 'stalls', 'owner']

export const dealColumns = (sort: Sort, setSort: (sort: string) => void): readonly Column<DealRow>[] => [
  {
    key: 'name',
    title: 'Deal',
    width: 'minmax(0, 2fr)',
    render: ({ name, account }) => (
      <>
        <Text span size="sm" fw={500}>
          {name}
        </Text>{' '}
        <Text span size="sm" className="dw-soft">
          {account}
        </Text>
      </>
    ),
  },
  {
    key: 'stage',
    title: 'Stage',
    width: '112px',
    from: 'sm',
    render: ({ stage, stageKind }) => (
      <Badge variant="dot" color={COLORS[stageKind] ?? 'indigo'}>
        {inWords(stage)}
      </Badge>
    ),
  },
  {
    key: 'amount',
    title: 'Amount',
    width: '104px',
    right: true,
    onSort: () => setSort('amount'),
    sorted: sort === 'amount' ? 'descending' : undefined,
    render: ({ amountMinor, currency }) =>
      amountMinor !== null && currency !== null ? formatMoney(amountMinor, currency) : '–',
  },
  {
    key: 'close',
    title: 'Closes',
    width: '104px',
    from: 'sm',
    onSort: () => setSort(''),
    sorted: sort === 'closes' ? 'ascending' : undefined,
    render: ({ closeDate }) => (closeDate ? formatDay(closeDate) : '–'),
  },
  {
    key: 'next',
    title: 'Next step',
    width: 'minmax(0, 1.5fr)',
    from: 'md',
    render: ({ nextStep }) => nextStep ?? '–',
  },
  {
    key: 'stalls',
    title: 'Stands still',
    width: 'minmax(0, 1.5fr)',
    from: 'lg',
    render: row => <span className={classes.stalled}>{stallWords(row).join(', ')}</span>,
  },
  { key: 'owner', title: 'Owner', width: 'minmax(72px, 0.8fr)', from: 'md', render: ({ owner }) => owner ?? 'Nobody' },
  { key: 'contact', title: 'Contact', width: 'minmax(72px, 1fr)', from: 'md', render: ({ contact }) => contact ?? '–' },
  {
    key: 'heard',
    title: 'Last heard of',
    width: '104px',
    from: 'md',
    render: ({ heardAt }) => <When at={heardAt} none="never" />,
  },
  {
    key: 'created',
    title: 'Opened',
    width: '104px',
    from: 'md',
    onSort: () => setSort('newest'),
    sorted: sort === 'newest' ? 'descending' : undefined,
    render: ({ createdAt }) => <When at={createdAt} />,
  },
]

const COLORS: Readonly<Record<string, string>> = { won: 'green', lost: 'gray' }

export const FILE: { title: string; value: (row: DealRow) => string | number | null }[] = [
  { title: 'Deal', value: ({ name }) => name },
  { title: 'Company', value: ({ account }) => account },
  { title: 'Contact', value: ({ contact }) => contact },
  { title: 'Stage', value: ({ stage }) => stage },
  { title: 'Amount in smallest units', value: ({ amountMinor }) => amountMinor },
  { title: 'Currency', value: ({ currency }) => currency },
  { title: 'Closes', value: ({ closeDate }) => closeDate },
  { title: 'Next step', value: ({ nextStep }) => nextStep },
  { title: 'Stands still', value: row => stallWords(row).join(', ') },
  { title: 'Owner', value: ({ owner }) => owner },
  { title: 'Opened', value: ({ createdAt }) => createdAt },
]
