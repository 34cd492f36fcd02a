/** Mailboxes that mail is sent from: what stands below it, how many a day, and whether it sends at all. */
import { useState } from 'react'
import { Badge, Button, Group, NumberInput, Switch, Text, Textarea, TextInput } from '@mantine/core'
import { answered, api, type Item } from '../../api/here.ts'
import { useMay } from '../../app/may.ts'
import { useMe } from '../../app/session.tsx'
import { formatNumber } from '../../parts/format.ts'
import { Empty, RowSkeletons } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { useRows } from '../../parts/rows.ts'
import { When } from '../../parts/time.tsx'
import { FormBody, Section } from './parts.tsx'
import classes from './settings.module.css'
import { useForm } from './use-form.ts'

type Mailbox = Item<typeof api.mailboxes.$get>

export default function MailboxesSettings() {
  const me = useMe()
  const may = useMay()
  const list = useRows(['mailboxes'], cursor =>
    answered(api.mailboxes.$get({ query: { limit: '100', ...(cursor ? { cursor } : {}) } })),
  )
  // Whoever may change none of them sees their own.
  const shown = list.rows?.filter(({ userId }) => may('mailbox.change') || userId === me.id)
  return (
    <Section
      title={may('mailbox.change') ? 'Mailboxes' : 'Your mailbox'}
      about="Mail leaves from these. Caps over an hour or over several mailboxes are the policy’s. The server and its password are set where Dealwright is started."
    >
      {list.error && !list.rows ? (
        <ProblemNote error={list.error} retry={list.retry} />
      ) : !shown ? (
        <RowSkeletons rows={3} />
      ) : shown.length === 0 ? (
        <Empty title="No mailbox is yours">A mailbox comes with every person who is added.</Empty>
      ) : (
        <ul className={classes.list}>
          {shown.map(mailbox => (
            <Row key={mailbox.id} of={mailbox} alone={shown.length === 1} />
          ))}
        </ul>
      )}
    </Section>
  )
}

function Row({ of, alone }: { of: Mailbox; alone: boolean }) {
  const [opened, setOpened] = useState(alone)
  return (
    <li className={classes.row}>
      <div className={classes.rowWords}>
        <Group gap="xs">
          <Text size="sm" fw={500}>
            {of.address}
          </Text>
          {of.pausedAt && <Badge color="red">Paused</Badge>}
        </Group>
        <Text size="xs" className="dw-soft">
          {of.user}, at most {formatNumber(of.dailyCap)} a day
          {of.pausedAt && (
            <>
              , paused since <When at={of.pausedAt} whole />: {of.pausedWhy}
            </>
          )}
        </Text>
      </div>
      {!alone && (
        <Button size="compact-sm" variant="subtle" aria-expanded={opened} onClick={() => setOpened(!opened)}>
          {opened ? 'Close' : 'Change'}
        </Button>
      )}
      {opened && <MailboxForm id={of.id} />}
    </li>
  )
}

const PAUSED_HERE = 'Paused in settings'

function MailboxForm({ id }: { id: string }) {
  const may = useMay()
  const whole = may('mailbox.change')
  const param = { id }
  const form = useForm({
    name: `mailbox ${id}`,
    queryKey: ['mailboxes', id],
    load: () => answered(api.mailboxes[':id'].$get({ param })),
    from: ({ name, signature, dailyCap, pausedWhy }) => ({ name, signature, dailyCap, pausedWhy }),
    save: ({ signature, ...rest }, ifMatch) =>
      whole
        ? answered(api.mailboxes[':id'].$patch({ param, json: { ...rest, signature } }, ifMatch))
        : answered(api.mailboxes[':id'].signature.$put({ param, json: { signature } }, ifMatch)),
    said: 'Saved. Mails that were proposed before keep what people saw.',
  })
  const blank = form.fields?.pausedWhy?.trim() === '' ? 'Say why it is paused.' : null
  return (
    <FormBody of={form} problem={blank}>
      {of => (
        <>
          {whole && (
            <TextInput
              label="Name of the sender"
              value={of.name}
              onChange={event => form.set({ name: event.currentTarget.value })}
              maxLength={120}
            />
          )}
          <Textarea
            label="Signature"
            description="Below every mail, as it stands here"
            value={of.signature}
            onChange={event => form.set({ signature: event.currentTarget.value })}
            autosize
            minRows={3}
            maxLength={2_000}
          />
          {whole && (
            <>
              <NumberInput
                label="Mails a day, at most"
                value={of.dailyCap}
                onChange={value => typeof value === 'number' && form.set({ dailyCap: value })}
                min={0}
                max={100_000}
                allowDecimal={false}
                maw={180}
              />
              <Switch
                label="It may send"
                description="Paused, what waits goes on waiting and leaves when it may"
                checked={of.pausedWhy === null}
                onChange={event => form.set({ pausedWhy: event.currentTarget.checked ? null : PAUSED_HERE })}
              />
              {of.pausedWhy !== null && (
                <TextInput
                  label="Why it is paused"
                  value={of.pausedWhy}
                  onChange={event => form.set({ pausedWhy: event.currentTarget.value })}
                  maxLength={300}
                />
              )}
            </>
          )}
        </>
      )}
    </FormBody>
  )
}
