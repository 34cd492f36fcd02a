/** Another password. What is typed here is kept nowhere. */
import { useState } from 'react'
import { Button, PasswordInput, Stack, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answered, api } from '../../../api/here.ts'
import { useMe } from '../../../app/session.tsx'
import { plainly } from '../../../parts/problem.tsx'
import { toast } from '../../../parts/toast.tsx'
import { Section } from '../parts.tsx'

const SHORTEST = 12

export function PasswordSection() {
  const me = useMe()
  const client = useQueryClient()
  const [current, setCurrent] = useState('')
  const [next, setNext] = useState('')
  const send = useMutation({
    mutationFn: async () => answered(api.password.$post({ json: { current, new: next } })),
    onSuccess: async () => {
      setCurrent('')
      setNext('')
      toast({ message: 'Your password is changed. Everywhere else you are signed out.' })
      await client.invalidateQueries({ queryKey: ['sessions'] })
    },
  })
  if (!me.hasPassword)
    return (
      <Section
        title="Password"
        about="You sign in through your organisation’s own sign-in: there is no password here."
      />
    )
  const short = next.length > 0 && next.length < SHORTEST
  return (
    <Section title="Password" about="Changing it signs you out everywhere else.">
      <form
        onSubmit={event => {
          event.preventDefault()
          send.mutate()
        }}
      >
        <Stack gap="sm" maw={400}>
          <input type="email" autoComplete="username" defaultValue={me.email} hidden readOnly />
          <PasswordInput
            label="Password now"
            value={current}
            onChange={event => setCurrent(event.currentTarget.value)}
            autoComplete="current-password"
          />
          <PasswordInput
            label="New password"
            description={`At least ${SHORTEST} characters; a sentence is easier to remember than signs`}
            value={next}
            onChange={event => setNext(event.currentTarget.value)}
            autoComplete="new-password"
            error={short ? `${SHORTEST - next.length} more characters` : null}
          />
          {send.error && (
            <Text size="sm" c="red" role="alert">
              {plainly(send.error).what}
            </Text>
          )}
          <Button
            type="submit"
            loading={send.isPending}
            disabled={current === '' || next.length < SHORTEST}
            style={{ alignSelf: 'flex-start' }}
          >
            Change it
          </Button>
        </Stack>
      </form>
    </Section>
  )
}
