/** What is stored of one person: looked at, given to them as a file, or erased. */
import { useState } from 'react'
import { Alert, Button, Code, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Answer } from '../../../api/here.ts'
import { formatNumber, inWords } from '../../../parts/format.ts'
import { plainly } from '../../../parts/problem.tsx'
import { Section } from '../parts.tsx'
import { FindRecord, type Chosen } from './find.tsx'
import { saveFile } from './save-file.ts'

type Document = Answer<(typeof api.contacts)[':id']['export']['$get']>
type Receipt = Answer<(typeof api.contacts)[':id']['erasure']['$post']>

export function PersonData() {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  return (
    <Section
      title="Data of one person"
      about="When somebody asks what is stored of them, or asks to be forgotten. Looking is written down in the audit trail."
    >
      <FindRecord what="contact" label="Who" chosen={chosen} set={setChosen} />
      {chosen && <One key={chosen.id} of={chosen} />}
    </Section>
  )
}

function One({ of }: { of: Chosen }) {
  const client = useQueryClient()
  const param = { id: of.id }
  const [erasing, setErasing] = useState(false)
  const look = useMutation({
    mutationFn: async () => (await answered(api.contacts[':id'].export.$get({ param }))).data,
  })
  const erase = useMutation({
    mutationFn: async () => (await answered(api.contacts[':id'].erasure.$post({ param }))).data,
    onSuccess: () => {
      setErasing(false)
      return client.invalidateQueries()
    },
  })
  if (erase.data) return <Erased receipt={erase.data} />
  return (
    <Stack gap="sm" mt="sm">
      {look.error && (
        <Text size="sm" c="red" role="alert">
          {plainly(look.error).what}
        </Text>
      )}
      {look.data && <Counts of={look.data} />}
      <Group gap="xs">
        <Button variant="default" loading={look.isPending} onClick={() => look.mutate()}>
          {look.data ? 'Look again' : 'See what is stored'}
        </Button>
        {look.data && (
          <Button
            variant="default"
            onClick={() => saveFile(`${of.label}.json`, JSON.stringify(look.data, null, 2), 'application/json')}
          >
            Save it as a file for them
          </Button>
        )}
        {look.data && (
          <Button color="red" variant="light" onClick={() => setErasing(true)}>
            Erase it…
          </Button>
        )}
      </Group>
      {look.data && erasing && (
        <EraseDialog
          name={of.label}
          of={look.data}
          close={() => setErasing(false)}
          run={() => erase.mutate()}
          pending={erase.isPending}
          error={erase.error}
        />
      )}
    </Stack>
  )
}

/** Lists of the document with what is in them, the longest first. */
function countsIn(of: Document): [string, number][] {
  return Object.entries(of)
    .flatMap(([name, value]): [string, number][] =>
      Array.isArray(value) && value.length > 0 ? [[name, value.length]] : [],
    )
    .toSorted((a, b) => b[1] - a[1])
}

const NAMES: Readonly<Record<string, string>> = { auditIds: 'Entries of the audit trail' }

function Counts({ of }: { of: Document }) {
  const counts = countsIn(of)
  return (
    <Alert variant="light" color="gray" title="What is stored" role="status">
      <Text size="sm">
        The contact itself
        {counts.map(([name, n]) => `; ${(NAMES[name] ?? inWords(name)).toLowerCase()}: ${formatNumber(n)}`).join('')}.
      </Text>
    </Alert>
  )
}

interface EraseProps {
  name: string
  of: Document
  close: () => void
  run: () => void
  pending: boolean
  error: unknown
}

/** Erasing cannot be taken back: the name is typed once more. */
function EraseDialog({ name, of, close, run, pending, error }: EraseProps) {
  const [typed, setTyped] = useState('')
  const wanted = name.split(',')[0]?.trim() ?? name
  return (
    <Modal opened onClose={close} title={`Erase all that is stored of ${wanted}?`}>
      <form
        onSubmit={event => {
          event.preventDefault()
          run()
        }}
      >
        <Stack gap="md">
          <Counts of={of} />
          <Text size="sm">
            It is gone for good: nobody can bring it back. What stays is a signed receipt, and a keyed hash of the
            address, so that they are not written to again. What waits to be sent to them is withdrawn.
          </Text>
          <TextInput
            data-autofocus
            label={`Type ${wanted} to go on`}
            value={typed}
            onChange={event => setTyped(event.currentTarget.value)}
            error={error ? plainly(error).what : null}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              Leave it
            </Button>
            <Button type="submit" color="red" loading={pending} disabled={typed.trim() !== wanted}>
              Erase for good
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

function Erased({ receipt }: { receipt: Receipt }) {
  const rows = Object.values(receipt.rows).reduce((sum, n) => sum + n, 0)
  return (
    <Alert color="green" variant="light" title="Erased" mt="sm" role="status">
      <Text size="sm" mb="xs">
        {formatNumber(rows)} entries are gone. The receipt proves it; it is kept below too.
      </Text>
      <Code block>{receipt.signature}</Code>
      <Button
        size="compact-sm"
        variant="light"
        color="green"
        mt="xs"
        onClick={() => saveFile(`erasure-${receipt.id}.json`, JSON.stringify(receipt, null, 2), 'application/json')}
      >
        Save the receipt
      </Button>
    </Alert>
  )
}
