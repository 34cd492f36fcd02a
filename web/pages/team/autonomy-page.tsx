/** Which kinds of action have earned to go without a person, by the figures that decide it; granted and withdrawn here. */
import { useState } from 'react'
import { Badge, Button, Group, Modal, Progress, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Answer } from '../../api/here.ts'
import { Actor } from '../../app/actor.tsx'
import { useMay } from '../../app/may.ts'
import { useDraft } from '../../parts/draft.ts'
import { formatNumber, inWords } from '../../parts/format.ts'
import { Empty, Page, RowSkeletons } from '../../parts/page.tsx'
import { plainly, ProblemNote } from '../../parts/problem.tsx'
import { When } from '../../parts/time.tsx'
import { toast } from '../../parts/toast.tsx'
import classes from './team.module.css'

type Autonomy = Answer<typeof api.autonomy.$get>
type Class = Autonomy['items'][number]

const percent = (part: number): string =>
  new Intl.NumberFormat(navigator.languages as string[], { style: 'percent', maximumFractionDigits: 1 }).format(part)

export default function AutonomyPage() {
  const { data, error, refetch } = useQuery({
    queryKey: ['autonomy'],
    queryFn: async () => (await answered(api.autonomy.$get())).data,
  })
  return (
    <Page
      title="Earned autonomy"
      about={
        data
          ? `A kind of action may go by itself once ${formatNumber(data.terms.cases)} were decided and surely ${percent(data.terms.level)} approved unchanged. One in ${formatNumber(data.terms.sample)} is looked at all the same.`
          : ' '
      }
    >
      {error && !data ? (
        <ProblemNote error={error} retry={() => void refetch()} />
      ) : !data ? (
        <RowSkeletons />
      ) : data.items.length === 0 ? (
        <Empty title="Nothing has been decided yet">
          As people approve, edit and refuse, each kind of action collects its figures here.
        </Empty>
      ) : (
        <div className={classes.notes}>
          {data.items.map(one => (
            <One key={`${one.playbook} ${one.kind} ${one.segment}`} of={one} terms={data.terms} />
          ))}
        </div>
      )}
    </Page>
  )
}

const nameOf = ({ kind, playbook, segment }: Class): string =>
  `${inWords(kind)} of ${playbook}, ${segment === 'unknown size' ? 'companies of unknown size' : `${segment} companies`}`

function One({ of, terms }: { of: Class; terms: Autonomy['terms'] }) {
  const may = useMay()
  const [asking, setAsking] = useState(false)
  const n = formatNumber
  return (
    <article className={classes.note}>
      <Group justify="space-between" gap="sm" align="flex-start">
        <div>
          <Text fw={600} component="h2" size="sm">
            {nameOf(of)}
          </Text>
          <Text size="sm" className="dw-soft">
            {n(of.cases)} decided: {n(of.unchanged)} unchanged, {n(of.editedLittle)} edited a little, {n(of.editedMuch)}{' '}
            edited much, {n(of.refused)} refused
            {of.badLater > 0 && `, ${n(of.badLater)} turned out badly later`}
            {of.alone > 0 && `; ${n(of.alone)} went by themselves`}.
          </Text>
        </div>
        <Group gap="xs">
          <Badge color={of.granted ? 'green' : 'gray'}>{of.granted ? 'Goes by itself' : 'People decide'}</Badge>
          {may('autonomy.grant') && (of.granted || of.short === null) && (
            <Button
              size="compact-sm"
              variant="default"
              color={of.granted ? 'red' : undefined}
              onClick={() => setAsking(true)}
            >
              {of.granted ? 'Withdraw' : 'Let it go by itself'}
            </Button>
          )}
        </Group>
      </Group>
      <Group gap="sm" mt="xs" wrap="nowrap">
        <Progress.Root size={6} flex={1}>
          <Progress.Section
            value={of.lowerBound * 100}
            color={of.lowerBound >= terms.level ? 'teal' : 'gray'}
            aria-label={`Surely approved unchanged in ${nameOf(of)}`}
          />
        </Progress.Root>
        <Text size="xs" className="dw-soft">
          surely {percent(of.lowerBound)}, needs {percent(terms.level)}
        </Text>
      </Group>
      {of.short && (
        <Text size="xs" className="dw-soft" mt={4}>
          Not yet: {of.short}
        </Text>
      )}
      {of.since && (
        <Text size="xs" className="dw-soft" mt={4}>
          {inWords(of.since.what)} <When at={of.since.at} whole /> by <Actor of={of.since.by} />: {of.since.reason}
        </Text>
      )}
      {asking && <Word of={of} close={() => setAsking(false)} />}
    </article>
  )
}

function Word({ of, close }: { of: Class; close: () => void }) {
  const client = useQueryClient()
  const { playbook, kind, segment, granted } = of
  const reason = useDraft(`autonomy of ${playbook} ${kind} ${segment}`, '')
  const send = useMutation({
    mutationFn: async () => {
      const json = { playbook, kind, segment, reason: reason.value.trim() }
      if (granted) await answered(api.autonomy.withdraw.$post({ json }))
      else await answered(api.autonomy.grant.$post({ json }))
    },
    onSuccess: async () => {
      reason.clear()
      toast({ message: granted ? 'Withdrawn: people decide again.' : 'Granted: it goes by itself from now on.' })
      close()
      await client.invalidateQueries({ queryKey: ['autonomy'] })
    },
  })
  return (
    <Modal opened onClose={close} title={granted ? 'Let people decide again?' : 'Let it go by itself?'}>
      <form
        onSubmit={event => {
          event.preventDefault()
          send.mutate()
        }}
      >
        <Stack gap="md">
          <Text size="sm">
            {nameOf(of)}.{' '}
            {granted
              ? 'What is proposed from now on waits for a person.'
              : 'It leaves without a person, but for the sample and for what the policy asks about. It is withdrawn by itself when it goes wrong.'}
          </Text>
          <Textarea
            data-autofocus
            label="Why"
            value={reason.value}
            onChange={event => reason.set(event.currentTarget.value)}
            autosize
            minRows={2}
            maxLength={500}
            error={send.error ? plainly(send.error).what : null}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={close}>
              Leave it
            </Button>
            <Button
              type="submit"
              color={granted ? 'red' : undefined}
              loading={send.isPending}
              disabled={reason.value.trim() === ''}
            >
              {granted ? 'Withdraw it' : 'Grant it'}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}
