/** What was asked about an action, and the answers; one that was asked of oneself is answered here. */
import { Button, Stack, Text, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answered, api, type Approval } from '../../api/here.ts'
import { useMe } from '../../app/session.tsx'
import { useDraft } from '../../parts/draft.ts'
import { asText } from '../../parts/format.ts'
import { plainly } from '../../parts/problem.tsx'
import { When } from '../../parts/time.tsx'
import classes from './approvals.module.css'

type Question = Approval['questions'][number]

export function Questions({ of }: { of: Approval }) {
  if (of.questions.length === 0) return null
  return (
    <section className={classes.part}>
      <Text component="h3" fw={600} size="sm" mb={6}>
        Questions
      </Text>
      <Stack gap="sm">
        {of.questions.map(question => (
          <One key={question.id} question={question} actionId={of.id} />
        ))}
      </Stack>
    </section>
  )
}

function One({ question, actionId }: { question: Question; actionId: string }) {
  const me = useMe()
  const mine = question.askedOf === me.name && question.answeredAt === null
  return (
    <div>
      <Text size="xs" className="dw-soft">
        {question.askedBy} asked {question.askedOf}, <When at={question.at} />
      </Text>
      <Text size="sm">{asText(question.question)}</Text>
      {question.answeredAt && (
        <Text size="sm" className={classes.answer}>
          {asText(question.answer)}
        </Text>
      )}
      {mine && <AnswerForm questionId={question.id} actionId={actionId} />}
    </div>
  )
}

function AnswerForm({ questionId, actionId }: { questionId: string; actionId: string }) {
  const client = useQueryClient()
  const draft = useDraft(`answer to ${questionId}`, '')
  const send = useMutation({
    mutationFn: async () =>
      answered(
        api.actions[':id'].answer.$post({
          param: { id: actionId },
          json: { question: questionId, answer: draft.value.trim() },
        }),
      ),
    onSuccess: () => {
      draft.clear()
      return client.invalidateQueries({ queryKey: ['actions', actionId] })
    },
  })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <Textarea
        aria-label="Your answer"
        placeholder="Your answer"
        value={draft.value}
        onChange={event => draft.set(event.currentTarget.value)}
        autosize
        minRows={2}
        mt={4}
        mb={6}
        error={send.error ? plainly(send.error).what : null}
      />
      <Button size="xs" type="submit" loading={send.isPending} disabled={draft.value.trim() === ''}>
        Answer
      </Button>
    </form>
  )
}
