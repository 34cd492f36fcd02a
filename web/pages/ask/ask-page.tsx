/** Questions in plain words over what one may see: asked, answered step by step, each sentence with the records that it rests on. */
import { Button, Text, Textarea } from '@mantine/core'
import { IconMessageQuestion } from '@tabler/icons-react'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef, type KeyboardEvent } from 'react'
import { useLocation, useParams } from 'wouter'
import { answered, api } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useDraft } from '../../parts/draft.ts'
import { Keys } from '../../parts/keys.tsx'
import { Empty, Page, TextSkeleton } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { toastProblem } from '../../parts/toast.tsx'
import { Answer, isOpen } from './answer.tsx'
import classes from './ask.module.css'
import { AskedBefore } from './asked-before.tsx'

const EXAMPLES = [
  'Which deals slipped this month and why?',
  'Which of my open deals should close this quarter?',
  'What did we win last month?',
  'How many approvals were refused this week?',
]

export default function AskPage() {
  const { id } = useParams<{ id?: string }>()
  const [, navigate] = useLocation()
  const client = useQueryClient()
  const field = useRef<HTMLTextAreaElement>(null)
  const draft = useDraft('question', '')
  const shown = useQuery({
    queryKey: ['asks', id],
    enabled: id !== undefined,
    queryFn: async () => (await answered(api.asks[':id'].$get({ param: { id: id ?? '' } }))).data,
  })
  const put = useMutation({
    mutationFn: async (of: { question: string; saved: string | null }) =>
      (await answered(api.asks.$post({ json: of }))).data,
    onSuccess: made => {
      client.setQueryData(['asks', made.id], made)
      void client.invalidateQueries({ queryKey: ['asks', 'list'] })
      draft.clear()
      navigate(to.ask(made.id))
    },
    onError: toastProblem,
  })
  const cancel = useMutation({
    mutationFn: async (which: string) => (await answered(api.asks[':id'].cancel.$post({ param: { id: which } }))).data,
    onSuccess: ended => client.setQueryData(['asks', ended.id], ended),
    onError: toastProblem,
  })
  const question = draft.value.trim()
  const ask = () => question !== '' && !put.isPending && put.mutate({ question, saved: null })
  const open = shown.data !== undefined && isOpen(shown.data)
  useShortcuts('Ask', [
    { keys: 'e', what: 'Write a question', run: () => field.current?.focus() },
    ...(open && id !== undefined ? [{ keys: 'r', what: 'Stop answering', run: () => cancel.mutate(id) }] : []),
  ])
  const pressed = (event: KeyboardEvent) => {
    if (event.key === 'Escape') field.current?.blur()
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    ask()
  }
  return (
    <Page title="Ask" about="Over the records that you may see; nothing is changed by asking.">
      <div className={classes.page}>
        <div className={classes.main}>
          <form
            className={classes.form}
            onSubmit={event => {
              event.preventDefault()
              ask()
            }}
          >
            <Textarea
              ref={field}
              label="Your question"
              placeholder={EXAMPLES[0]}
              autosize
              minRows={1}
              maxRows={6}
              maxLength={1_000}
              value={draft.value}
              onChange={event => draft.set(event.currentTarget.value)}
              onKeyDown={pressed}
              className={classes.field}
            />
            <Button type="submit" loading={put.isPending} disabled={question === ''} rightSection={<Keys of="Enter" />}>
              Ask
            </Button>
          </form>
          {id === undefined ? (
            <Empty
              icon={<IconMessageQuestion size={32} aria-hidden />}
              title="Ask about leads, people, companies and deals"
            >
              <Text size="sm" mb="sm">
                The answer comes sentence by sentence, each with links to the records it rests on. For example:
              </Text>
              <ul className={classes.examples}>
                {EXAMPLES.map(example => (
                  <li key={example}>
                    <Button
                      variant="light"
                      size="compact-sm"
                      onClick={() => put.mutate({ question: example, saved: null })}
                      disabled={put.isPending}
                    >
                      {example}
                    </Button>
                  </li>
                ))}
              </ul>
            </Empty>
          ) : shown.data ? (
            <Answer
              ask={shown.data}
              cancel={() => cancel.mutate(id)}
              choose={offer => put.mutate({ question: offer.title, saved: offer.name })}
            />
          ) : shown.error ? (
            <ProblemNote error={shown.error} retry={() => void shown.refetch()} />
          ) : (
            <TextSkeleton lines={4} />
          )}
        </div>
        <AskedBefore current={id} />
      </div>
    </Page>
  )
}
