/** API keys: for programs that act as oneself, with less than one may do oneself, and an end. */
import { useState } from 'react'
import { Badge, Button, Checkbox, Group, NativeSelect, Stack, Switch, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Item } from '../../api/here.ts'
import { useMe } from '../../app/session.tsx'
import { Empty, RowSkeletons } from '../../parts/page.tsx'
import { plainly, ProblemNote } from '../../parts/problem.tsx'
import { useRows } from '../../parts/rows.ts'
import { When } from '../../parts/time.tsx'
import { toast } from '../../parts/toast.tsx'
import { Confirm, Once, Section } from './parts.tsx'
import classes from './settings.module.css'

type Key = Item<typeof api.keys.$get>
type Scope = Key['scopes'][number]

const SCOPES: readonly { value: Scope; label: string; about: string }[] = [
  { value: 'read', label: 'Read', about: 'look at what you may look at' },
  { value: 'write', label: 'Write', about: 'change records and add to them' },
  { value: 'decide', label: 'Decide', about: 'approve and refuse in your name' },
  { value: 'manage', label: 'Manage', about: 'change settings, playbooks and rules' },
]

export default function KeysSettings() {
  const me = useMe()
  const [all, setAll] = useState(false)
  const list = useRows(['keys', { all }], cursor =>
    answered(
      api.keys.$get({
        query: { limit: '50', mine: all ? 'false' : 'true', ...(cursor ? { cursor } : {}) },
      }),
    ),
  )
  return (
    <>
      <NewKey />
      <Section
        title={all ? 'Everybody’s keys' : 'Your keys'}
        actions={
          me.role === 'admin' && (
            <Switch
              size="xs"
              label="Everybody’s"
              checked={all}
              onChange={event => setAll(event.currentTarget.checked)}
            />
          )
        }
      >
        {list.error && !list.rows ? (
          <ProblemNote error={list.error} retry={list.retry} />
        ) : !list.rows ? (
          <RowSkeletons rows={3} />
        ) : list.rows.length === 0 ? (
          <Empty title="No keys yet">A key lets a program do what you may do, or less. Make one above.</Empty>
        ) : (
          <>
            <ul className={classes.list}>
              {list.rows.map(key => (
                <Row key={key.id} of={key} owner={all} />
              ))}
            </ul>
            {list.hasMore && (
              <Button variant="subtle" size="xs" onClick={list.more}>
                Show more
              </Button>
            )}
          </>
        )}
      </Section>
    </>
  )
}

function Row({ of, owner }: { of: Key; owner: boolean }) {
  const client = useQueryClient()
  const over = of.revokedAt !== null || (of.expiresAt !== null && new Date(of.expiresAt) < new Date())
  const end = async () => {
    await answered(api.keys[':id'].$delete({ param: { id: of.id } }))
    toast({ message: `The key “${of.name}” is no longer valid.` })
    await client.invalidateQueries({ queryKey: ['keys'] })
  }
  return (
    <li className={classes.row}>
      <div className={classes.rowWords}>
        <Group gap="xs">
          <Text size="sm" fw={500}>
            {of.name}
          </Text>
          {of.scopes.map(scope => (
            <Badge key={scope} color="gray">
              {scope}
            </Badge>
          ))}
        </Group>
        <Text size="xs" className="dw-soft">
          {owner && `${of.owner}, `}made <When at={of.createdAt} />, {of.lastUsedAt ? 'last used ' : 'never used'}
          {of.lastUsedAt && <When at={of.lastUsedAt} />},{' '}
          {of.revokedAt ? (
            <>
              ended <When at={of.revokedAt} />
            </>
          ) : (
            <>
              valid until <When at={of.expiresAt} none="it is ended" />
            </>
          )}
        </Text>
      </div>
      {!over && (
        <Confirm word="End it" title={`End the key “${of.name}”?`} does="End it" run={end}>
          Programs that use it are refused from this moment. It cannot be made valid again.
        </Confirm>
      )}
    </li>
  )
}

function NewKey() {
  const client = useQueryClient()
  const [name, setName] = useState('')
  const [scopes, setScopes] = useState<Scope[]>(['read'])
  const [days, setDays] = useState('90')
  const send = useMutation({
    mutationFn: async () =>
      (await answered(api.keys.$post({ json: { name: name.trim(), scopes, days: Number(days) } }))).data,
    onSuccess: async () => {
      setName('')
      await client.invalidateQueries({ queryKey: ['keys'] })
    },
  })
  return (
    <Section
      title="A new key"
      about="It acts as you, within what you tick. Give each program its own, and end it when it is not needed."
    >
      <form
        onSubmit={event => {
          event.preventDefault()
          send.mutate()
        }}
      >
        <Stack gap="sm" maw={560}>
          {send.data && (
            <Once title="The key, shown this once" of={send.data.key}>
              Copy it to where it is used. It is valid until <When at={send.data.expiresAt} whole />.
            </Once>
          )}
          <TextInput
            label="What it is for"
            value={name}
            onChange={event => setName(event.currentTarget.value)}
            maxLength={80}
            placeholder="Nightly export"
          />
          <Checkbox.Group label="What it may do" value={scopes} onChange={setScopes}>
            <Stack gap={6} mt={4}>
              {SCOPES.map(({ value, label, about }) => (
                <Checkbox key={value} size="xs" value={value} label={`${label}: ${about}`} />
              ))}
            </Stack>
          </Checkbox.Group>
          <NativeSelect
            label="Valid for"
            value={days}
            onChange={event => setDays(event.currentTarget.value)}
            data={[
              { value: '7', label: 'A week' },
              { value: '30', label: '30 days' },
              { value: '90', label: '90 days' },
              { value: '365', label: 'A year' },
            ]}
            maw={200}
          />
          {send.error && (
            <Text size="sm" c="red" role="alert">
              {plainly(send.error).what}
            </Text>
          )}
          <Group>
            <Button type="submit" loading={send.isPending} disabled={name.trim() === '' || scopes.length === 0}>
              Make the key
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  )
}
