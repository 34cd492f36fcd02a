/** Whose is it? Those who might have written it as buttons, anybody else by name, or somebody new. */
import { useDeferredValue, useState } from 'react'
import { Button, Group, Stack, Text, TextInput } from '@mantine/core'
import { IconSearch, IconUserPlus } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { answered, api } from '../../api/here.ts'
import { plainly, ProblemNote } from '../../parts/problem.tsx'
import classes from './inbox.module.css'
import type { InboxRow } from './labels.ts'
import { useSorting } from './sort.ts'

const MOST = '6'
/** Their address says nothing of where somebody works. */
const EVERYBODYS = /^(gmail|googlemail|outlook|hotmail|live|yahoo|icloud|me|aol|gmx|web|proton|protonmail|mail)\./

/** What to look for first: their company's address, or else what stands before the @. */
function firstGuess(address: string): string {
  const [name = '', domain = ''] = address.split('@')
  return domain === '' || EVERYBODYS.test(domain) ? name.replaceAll(/[._+-]+/g, ' ') : domain
}

export function Assign({ row, leaves }: { row: InboxRow; leaves: boolean }) {
  const sorting = useSorting()
  const [text, setText] = useState('')
  const words = useDeferredValue(text.trim()) || firstGuess(row.fromAddress)
  const found = useQuery({
    queryKey: ['contacts', 'whose', words],
    queryFn: async () => (await answered(api.contacts.$get({ query: { q: words, limit: MOST } }))).data.items,
    placeholderData: before => before,
  })
  const give = useMutation({
    mutationFn: (contact: { id: string; name: string }) => sorting.assign(row, contact, leaves),
  })
  const make = useMutation({
    mutationFn: async () => {
      const name = text.trim() || (row.fromAddress.split('@')[0] ?? row.fromAddress)
      const { data } = await answered(api.contacts.$post({ json: { name, email: row.fromAddress } }))
      await sorting.assign(row, data, leaves)
    },
  })
  const failed = give.error ?? make.error
  const busy = give.isPending || make.isPending
  return (
    <section className={classes.assign} aria-label="Whose message is this?">
      <Text fw={600} size="sm">
        Whose message is this?
      </Text>
      <Text size="sm" className="dw-soft" mb="xs">
        It came from {row.fromAddress || 'nobody'}, which is no contact’s address. Whose it is, its answer and its
        labels follow from.
      </Text>
      {found.error && <ProblemNote error={found.error} retry={() => void found.refetch()} />}
      <Stack gap={6}>
        <TextInput
          aria-label="Find a contact"
          placeholder="Find by name or address"
          leftSection={<IconSearch size={14} aria-hidden />}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
          id="whose"
        />
        <Group gap={6}>
          {(found.data ?? []).map(({ id, name, account }) => (
            <Button
              key={id}
              size="compact-sm"
              variant="light"
              disabled={busy}
              onClick={() => give.mutate({ id, name })}
            >
              {account ? `${name}, ${account}` : name}
            </Button>
          ))}
          {row.fromAddress !== '' && (
            <Button
              size="compact-sm"
              variant="default"
              disabled={busy}
              leftSection={<IconUserPlus size={14} aria-hidden />}
              onClick={() => make.mutate()}
            >
              Somebody new
            </Button>
          )}
        </Group>
        {found.data?.length === 0 && (
          <Text size="xs" className="dw-soft">
            Nobody is found by “{words}”.
          </Text>
        )}
        {failed && (
          <Text size="sm" c="red" role="alert">
            {plainly(failed).what}
          </Text>
        )}
      </Stack>
    </section>
  )
}
