/** What came in: sorted by one key a message, of nobody we know given to somebody, each with its conversation. */
import { useState } from 'react'
import { Button, SegmentedControl, Select } from '@mantine/core'
import { IconInbox } from '@tabler/icons-react'
import { useLocation, useParams } from 'wouter'
import { answered, api } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { isOneOf, useMe } from '../../app/session.tsx'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useUrlState } from '../../app/url-state.ts'
import { useChoice } from '../../parts/choice.ts'
import { Empty, Page, RowSkeletons } from '../../parts/page.tsx'
import { Panes } from '../../parts/panes.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { useRows } from '../../parts/rows.ts'
import { useSteady } from '../../parts/steady.ts'
import { InboxList } from './inbox-list.tsx'
import { ALL_LABELS, KEYED, LABELS, type InboxRow, type Label } from './labels.ts'
import { MessagePane, useMessage } from './message-pane.tsx'
import { useSorting } from './sort.ts'

type View = 'sort' | 'unmatched' | 'all'
const VIEWS: { value: View; label: string }[] = [
  { value: 'sort', label: 'To sort' },
  { value: 'unmatched', label: 'From nobody we know' },
  { value: 'all', label: 'All' },
]
const viewOf = (text: string): View => VIEWS.find(({ value }) => value === text)?.value ?? 'sort'

export default function InboxPage() {
  const me = useMe()
  const { id } = useParams<{ id?: string }>()
  const [, navigate] = useLocation()
  const [address, setAddress] = useUrlState({ view: 'sort', label: '' })
  const view = viewOf(address.view)
  const label = ALL_LABELS.find(one => one === address.label)
  const list = useRows(['messages', 'list', view, label], cursor =>
    answered(
      api.messages.$get({
        query: { limit: '100', view, ...(label ? { label } : {}), ...(cursor ? { cursor } : {}) },
      }),
    ),
  )
  const { shown, fresh, gone, renew } = useSteady(list.rows, `${view} ${label}`)
  const query = { ...(view === 'sort' ? {} : { view }), ...(label ? { label } : {}) }
  const goTo = (next: string) => navigate(to.inbox(next, query), { replace: true })
  const choice = useChoice(shown, id, goTo)
  const { chosen } = choice
  const sorting = useSorting()
  const [said, setSaid] = useState<Readonly<Record<string, Label>>>({})
  const stays = view === 'all'
  const may = isOneOf(me, ['rep', 'manager', 'admin'])
  const say = (row: InboxRow, what: Label) => {
    const back = () => setSaid(now => Object.fromEntries(Object.entries(now).filter(([one]) => one !== row.id)))
    if (!sorting.label(row, what, { stays, back }) || !stays) return
    setSaid(now => ({ ...now, [row.id]: what }))
    choice.move(1)
  }
  const sayOfChosen = (what: Label) => {
    if (chosen && may && chosen.label !== null && !gone.has(chosen.id)) say(chosen, what)
  }
  const { data: whole } = useMessage(chosen?.id)
  const record = chosen && placeOf(chosen)
  useShortcuts('Inbox', [
    { keys: 'j', what: 'Next', run: () => choice.move(1) },
    { keys: 'k', what: 'Before', run: () => choice.move(-1) },
    ...(may
      ? [
          { keys: 'a', what: 'It is what it was taken for', run: () => chosen?.label && sayOfChosen(chosen.label) },
          ...KEYED.map(one => ({
            keys: LABELS[one].key ?? '',
            what: `It is: ${LABELS[one].word.toLowerCase()}`,
            run: () => sayOfChosen(one),
          })),
          { keys: 'c', what: 'Say whose it is', run: () => document.getElementById('whose')?.focus() },
        ]
      : []),
    { keys: 'w', what: 'Answer it', run: () => whole?.answer && navigate(to.approvals(whole.answer.id)) },
    { keys: 'o', what: 'Open whom it is about', run: () => record && navigate(record) },
  ])
  const isEmpty = list.rows !== undefined && shown.length === 0
  return (
    <Page
      title="Inbox"
      about={list.rows ? aboutInbox(view, shown.length, list.hasMore) : ' '}
      fill
      actions={
        <>
          {fresh > 0 && (
            <Button size="xs" variant="light" onClick={renew}>
              Show {fresh} new
            </Button>
          )}
          <Select
            size="xs"
            w={170}
            aria-label="Label"
            placeholder="Any label"
            clearable
            value={label ?? null}
            onChange={value => setAddress({ label: value ?? '' })}
            data={ALL_LABELS.map(value => ({ value, label: LABELS[value].word }))}
          />
          <SegmentedControl
            size="xs"
            value={view}
            onChange={value => setAddress({ view: value })}
            data={VIEWS}
            aria-label="Which"
          />
        </>
      }
    >
      {list.error && !list.rows ? (
        <ProblemNote error={list.error} retry={list.retry} />
      ) : isEmpty ? (
        <Nothing view={view} />
      ) : (
        <Panes
          label="The chosen message"
          open={id !== undefined}
          back={() => navigate(to.inbox(undefined, query), { replace: true })}
          list={
            list.rows ? (
              <InboxList
                rows={shown}
                gone={gone}
                chosen={chosen?.id}
                choose={goTo}
                grouped={view === 'sort' && label === undefined}
                said={said}
                more={list.hasMore ? list.more : undefined}
              />
            ) : (
              <RowSkeletons />
            )
          }
          detail={
            chosen && (
              <MessagePane
                key={chosen.id}
                row={chosen}
                label={said[chosen.id] ?? chosen.label}
                gone={gone.has(chosen.id) && !stays}
                may={may}
                say={what => say(chosen, what)}
                leaves={view === 'unmatched'}
              />
            )
          }
        />
      )}
    </Page>
  )
}

function Nothing({ view }: { view: View }) {
  const icon = <IconInbox size={36} stroke={1.4} aria-hidden />
  if (view === 'unmatched')
    return (
      <Empty icon={icon} title="Every message is somebody’s">
        Mail from an address that no contact has shows up here, so that nothing is lost. Say whose it is, and it is
        answered like any other.
      </Empty>
    )
  return (
    <Empty icon={icon} title={view === 'sort' ? 'All sorted' : 'No messages yet'}>
      Replies to your mails are read as they come in, and stand here with what they were taken for and the sentence that
      says so. One key says that it is right, or what it is instead.
    </Empty>
  )
}

const placeOf = ({ leadId, dealId, contactId }: InboxRow): string | null =>
  dealId ? to.deal(dealId) : leadId ? to.lead(leadId) : contactId ? to.contact(contactId) : null

function aboutInbox(view: View, n: number, hasMore: boolean): string {
  if (n === 0) return ' '
  const many = `${n}${hasMore ? '+' : ''} ${n === 1 && !hasMore ? 'message' : 'messages'}`
  if (view === 'unmatched') return `${many} from nobody we know`
  return view === 'sort' ? `${many} to sort, what wants you soonest first` : `${many}, newest first`
}
