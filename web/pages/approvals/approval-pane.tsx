/** One action as who decides it needs it: what will leave, why it is asked, what it rests on; and the decision, by one key. */
import { useState, type ReactNode } from 'react'
import { Alert, Anchor, Badge, Button, Code, CopyButton, Group, Stack, Text, Title, Tooltip } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { answered, api, type Approval } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Diff } from '../../parts/diff.tsx'
import { asText, inWords, shortSummary } from '../../parts/format.ts'
import { Keys } from '../../parts/keys.tsx'
import { TextSkeleton } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { RiskBadge, RiskParts } from '../../parts/risk.tsx'
import { When } from '../../parts/time.tsx'
import classes from './approvals.module.css'
import { useDecide } from './decide.ts'
import { AskDialog, DelegateDialog, RefuseDialog } from './dialogs.tsx'
import { MailEditor } from './mail-editor.tsx'
import { contentOf, MailView } from './mail-view.tsx'
import { Questions } from './questions.tsx'

interface Props {
  id: string
  /** Somebody else has decided it meanwhile. */
  gone?: boolean
}

export function ApprovalPane({ id, gone = false }: Props) {
  const { data, error, refetch } = useQuery({
    queryKey: ['actions', id, 'approval'],
    queryFn: async () => (await answered(api.actions[':id'].approval.$get({ param: { id } }))).data,
  })
  if (data) return <Whole of={data} gone={gone || data.status !== 'waiting'} />
  if (error)
    return (
      <div className={classes.pane}>
        <ProblemNote error={error} retry={() => void refetch()} />
      </div>
    )
  return <TextSkeleton lines={12} />
}

type Open = 'refuse' | 'ask' | 'delegate' | 'edit' | null

function Whole({ of, gone }: { of: Approval; gone: boolean }) {
  const [open, setOpen] = useState<Open>(null)
  const [armed, setArmed] = useState(false)
  const decide = useDecide()
  const may = of.mayDecide && !gone
  const mail = contentOf(of)
  const edits = may && mail !== null
  const high = of.risk?.level === 'high'
  // What is risky takes a second press.
  const approve = () => (high && !armed ? setArmed(true) : decide.approve(of))
  useShortcuts(
    'This action',
    [
      { keys: 'a', what: 'Approve', run: approve },
      { keys: 'e', what: 'Edit, then approve', run: () => edits && setOpen('edit') },
      { keys: 'r', what: 'Refuse', run: () => setOpen('refuse') },
      { keys: 'q', what: 'Ask a question', run: () => setOpen('ask') },
      { keys: 'd', what: 'Delegate', run: () => setOpen('delegate') },
    ],
    { enabled: may && open !== 'edit' },
  )
  const close = () => setOpen(null)
  return (
    <div className={classes.pane}>
      <Head of={of} />
      {gone && (
        <Alert variant="light" color="gray" mb="md" title={`It is ${inWords(of.status).toLowerCase()} now`}>
          {of.approvals.map(({ by, reason }) => `${by}${reason ? `: ${reason}` : ''}`).join('; ') ||
            of.failure ||
            'Nothing is left to decide.'}
        </Alert>
      )}
      {of.askedAnew && may && (
        <Alert variant="light" color="orange" mb="md" title="It was approved before, and is asked anew">
          {of.askedAnew}
        </Alert>
      )}
      {of.diff && (
        <Part title="Changed since the version before">
          <Diff parts={of.diff} />
        </Part>
      )}
      {open === 'edit' && mail ? (
        <MailEditor
          of={of}
          mail={mail}
          done={edit => {
            close()
            decide.approve(of, edit, () => setOpen('edit'))
          }}
          cancel={close}
        />
      ) : (
        <MailView of={of} />
      )}
      {of.risk && (
        <Part title="What to look out for">
          <RiskParts of={of.risk} />
        </Part>
      )}
      {of.bound && of.bound.length > 0 && (
        <Part title="What the decision is bound to">
          <Bound to={of.bound} />
        </Part>
      )}
      <Questions of={of} />
      <Hash of={of} />
      {may && open !== 'edit' && (
        <div className={classes.bar} role="toolbar" aria-label="Decide">
          <Button onClick={approve} color={high && armed ? 'red' : undefined} rightSection={<Keys of="a" />}>
            {high && armed ? 'High risk: approve all the same' : 'Approve'}
          </Button>
          {edits && (
            <Button variant="default" onClick={() => setOpen('edit')} rightSection={<Keys of="e" />}>
              Edit
            </Button>
          )}
          <Button variant="default" onClick={() => setOpen('refuse')} rightSection={<Keys of="r" />}>
            Refuse
          </Button>
          <Button variant="subtle" color="gray" onClick={() => setOpen('ask')} rightSection={<Keys of="q" />}>
            Ask
          </Button>
          <Button variant="subtle" color="gray" onClick={() => setOpen('delegate')} rightSection={<Keys of="d" />}>
            Delegate
          </Button>
        </div>
      )}
      <RefuseDialog opened={open === 'refuse'} close={close} done={why => decide.refuse(of, why)} />
      <AskDialog of={of} opened={open === 'ask'} close={close} ask={decide.ask} />
      <DelegateDialog of={of} opened={open === 'delegate'} close={close} delegate={decide.delegate} />
    </div>
  )
}

function Head({ of }: { of: Approval }) {
  return (
    <Stack gap={6} mb="md">
      <Group gap="xs">
        <Badge color="gray">{inWords(of.kind)}</Badge>
        {of.risk && <RiskBadge of={of.risk} />}
        {of.expiresAt && (
          <Text size="xs" className="dw-soft">
            expires <When at={of.expiresAt} />
          </Text>
        )}
        {of.for && <Badge color="grape">In the place of {of.for}</Badge>}
        {of.lead && (
          <Anchor component={Link} href={to.lead(of.lead)} size="xs" ml="auto">
            Open the lead
          </Anchor>
        )}
      </Group>
      <Title order={2} fz="lg">
        {shortSummary(of.summary)}
      </Title>
      <Text size="sm" className="dw-soft">
        {of.reason} Made by {of.by === 'rules' ? 'rules, without a model' : of.by}
        {of.owner ? `, for ${of.owner}` : ''}, <When at={of.createdAt} />. {of.status === 'waiting' && of.undecided}
      </Text>
    </Stack>
  )
}

/** Fields as they were read; where one has changed since, the decision would not hold. */
function Bound({ to }: { to: NonNullable<Approval['bound']> }) {
  return (
    <Stack gap={2}>
      {to.map(({ record, id, field, value, now, holds }) => (
        <Text key={`${record} ${id} ${field}`} size="sm">
          <span className="dw-soft">
            {inWords(record)}, {inWords(field).toLowerCase()}:
          </span>{' '}
          {asText(value)}
          {!holds && (
            <Text span c="red" size="sm">
              {' '}
              (now {asText(now)}: it would be asked anew)
            </Text>
          )}
        </Text>
      ))}
    </Stack>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className={classes.part}>
      <Title order={3} fz="sm" mb={6}>
        {title}
      </Title>
      {children}
    </section>
  )
}

/** What a decision is bound to: another content has another hash, and the decision does not count for it. */
function Hash({ of }: { of: Approval }) {
  return (
    <Group gap={6} mt="md">
      <Text size="xs" className="dw-soft">
        Your decision counts for exactly this content:
      </Text>
      <CopyButton value={of.hash}>
        {({ copied, copy }) => (
          <Tooltip label={copied ? 'Copied' : 'Copy the whole hash'}>
            <Code component="button" className={classes.hash} onClick={copy}>
              {of.hash.slice(0, 12)}
            </Code>
          </Tooltip>
        )}
      </CopyButton>
    </Group>
  )
}
