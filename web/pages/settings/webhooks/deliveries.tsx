/** What was sent to one address, and what came of it; each can be looked into and sent again. */
import { useState } from 'react'
import { Badge, Button, Code, Group, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Item } from '../../../api/here.ts'
import { inWords } from '../../../parts/format.ts'
import { RowSkeletons, TextSkeleton } from '../../../parts/page.tsx'
import { ProblemNote } from '../../../parts/problem.tsx'
import { useRows } from '../../../parts/rows.ts'
import { When } from '../../../parts/time.tsx'
import { toast, toastProblem } from '../../../parts/toast.tsx'
import classes from '../settings.module.css'

type Delivery = Item<(typeof api.webhooks)[':id']['deliveries']['$get']>

const STATES = {
  pending: { color: 'yellow', word: 'On its way' },
  delivered: { color: 'green', word: 'Taken' },
  failed: { color: 'red', word: 'Not taken' },
} as const

export function Deliveries({ id }: { id: string }) {
  const list = useRows(['webhooks', id, 'deliveries'], cursor =>
    answered(
      api.webhooks[':id'].deliveries.$get({
        param: { id },
        query: { limit: '25', ...(cursor ? { cursor } : {}) },
      }),
    ),
  )
  return (
    <div>
      <Group justify="space-between" mt="lg" mb={4}>
        <Text size="sm" fw={600}>
          What was sent
        </Text>
        <Button size="compact-xs" variant="subtle" loading={list.loading} onClick={list.retry}>
          Look again
        </Button>
      </Group>
      {list.error && !list.rows ? (
        <ProblemNote error={list.error} retry={list.retry} />
      ) : !list.rows ? (
        <RowSkeletons rows={3} />
      ) : list.rows.length === 0 ? (
        <Text size="sm" className="dw-soft">
          Nothing yet. The next event that it is told of shows here, or send a test.
        </Text>
      ) : (
        <ul className={classes.list}>
          {list.rows.map(delivery => (
            <Row key={delivery.id} of={delivery} webhook={id} />
          ))}
        </ul>
      )}
      {list.hasMore && (
        <Button variant="subtle" size="xs" onClick={list.more}>
          Show more
        </Button>
      )}
    </div>
  )
}

function answerOf({ httpStatus, errorCode }: { httpStatus: number | null; errorCode: string | null }): string {
  if (httpStatus !== null) return `answered ${httpStatus}`
  return errorCode === null ? '' : inWords(errorCode).toLowerCase()
}

function Row({ of, webhook }: { of: Delivery; webhook: string }) {
  const client = useQueryClient()
  const [opened, setOpened] = useState(false)
  const { color, word } = STATES[of.status]
  const param = { id: webhook, delivery: of.id }
  const again = useMutation({
    mutationFn: async () => answered(api.webhooks[':id'].deliveries[':delivery'].again.$post({ param })),
    onSuccess: async () => {
      toast({ message: 'Sent again.' })
      await client.invalidateQueries({ queryKey: ['webhooks', webhook] })
    },
    onError: toastProblem,
  })
  return (
    <li className={classes.row}>
      <div className={classes.rowWords}>
        <Group gap="xs">
          <Badge color={color}>{word}</Badge>
          <Text size="sm">{of.type}</Text>
        </Group>
        <Text size="xs" className="dw-soft">
          <When at={of.createdAt} />, {of.attempts === 1 ? 'one attempt' : `${of.attempts} attempts`}
          {answerOf(of) && `, ${answerOf(of)}`}
          {of.nextAt && of.status === 'pending' && (
            <>
              , next <When at={of.nextAt} />
            </>
          )}
        </Text>
      </div>
      {of.status === 'failed' && (
        <Button size="compact-sm" variant="default" loading={again.isPending} onClick={() => again.mutate()}>
          Send again
        </Button>
      )}
      <Button size="compact-sm" variant="subtle" aria-expanded={opened} onClick={() => setOpened(!opened)}>
        {opened ? 'Close' : 'Look'}
      </Button>
      {opened && <Whole param={param} />}
    </li>
  )
}

function Whole({ param }: { param: { id: string; delivery: string } }) {
  const { data, error, refetch } = useQuery({
    queryKey: ['webhooks', param.id, 'deliveries', param.delivery],
    queryFn: async () => (await answered(api.webhooks[':id'].deliveries[':delivery'].$get({ param }))).data,
  })
  if (error && !data) return <ProblemNote error={error} retry={() => void refetch()} />
  if (!data) return <TextSkeleton lines={3} />
  return (
    <div style={{ flexBasis: '100%' }}>
      <Code block className={classes.log}>
        {data.body}
      </Code>
      {data.log.map((attempt, n) => (
        <Text key={n} size="xs" className="dw-soft" mt={4}>
          <When at={attempt.at} whole />: {answerOf(attempt)} in {attempt.ms} ms
        </Text>
      ))}
    </div>
  )
}
