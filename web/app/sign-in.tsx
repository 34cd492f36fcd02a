/** Signing in: password, then a code where one has two-factor sign-in; or single sign-on. */
import { useState } from 'react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Anchor, Button, Center, Divider, Paper, PasswordInput, Stack, Text, TextInput, Title } from '@mantine/core'
import { answered, api } from '../api/here.ts'
import { plainly } from '../parts/problem.tsx'

interface Props {
  /** There is a session now. */
  done: () => void
  /** Whose session ended: only they go on here. */
  email?: string
}

export function SignInForm({ done, email: known }: Props) {
  const [email, setEmail] = useState(known ?? '')
  const [password, setPassword] = useState('')
  const [codeNeeded, setCodeNeeded] = useState(false)
  const [code, setCode] = useState('')
  const ways = useQuery({
    queryKey: ['sign-in'],
    queryFn: async () => (await answered(api['sign-in'].$get())).data,
    staleTime: Number.POSITIVE_INFINITY,
  })
  const send = useMutation({
    mutationFn: async () => {
      if (!codeNeeded) return (await answered(api['sign-in'].$post({ json: { email, password } }))).data
      const typed = code.trim()
      const json = /^\d{6}$/.test(typed) ? { code: typed } : { backupCode: typed }
      return (await answered(api['sign-in'].code.$post({ json }))).data
    },
    onSuccess: answer => {
      if (answer.codeNeeded) setCodeNeeded(true)
      else done()
    },
  })
  const wrong = send.error ? plainly(send.error).what : null
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <Stack gap="sm">
        {codeNeeded ? (
          <TextInput
            label="Code"
            description="The six digits that your app shows, or one of your backup codes"
            value={code}
            onChange={event => setCode(event.currentTarget.value)}
            autoComplete="one-time-code"
            required
            withAsterisk={false}
            data-autofocus
            autoFocus
            error={wrong}
          />
        ) : (
          <>
            <TextInput
              label="E-mail address"
              type="email"
              value={email}
              onChange={event => setEmail(event.currentTarget.value)}
              autoComplete="username"
              readOnly={known !== undefined}
              required
              withAsterisk={false}
              autoFocus={known === undefined}
            />
            <PasswordInput
              label="Password"
              value={password}
              onChange={event => setPassword(event.currentTarget.value)}
              autoComplete="current-password"
              required
              withAsterisk={false}
              autoFocus={known !== undefined}
              data-autofocus={known !== undefined || undefined}
              error={wrong}
            />
          </>
        )}
        <Button type="submit" loading={send.isPending} fullWidth mt={4}>
          {codeNeeded ? 'Go on' : 'Sign in'}
        </Button>
        {codeNeeded && (
          <Anchor component="button" type="button" size="sm" onClick={() => setCodeNeeded(false)}>
            Sign in as somebody else
          </Anchor>
        )}
        {ways.data?.singleSignOn && !codeNeeded && (
          <>
            <Divider label="or" />
            <Button component="a" href="/sign-in/oidc" variant="default" fullWidth>
              Sign in with {ways.data.singleSignOn}
            </Button>
          </>
        )}
      </Stack>
    </form>
  )
}

export function SignInPage({ done }: Pick<Props, 'done'>) {
  return (
    <Center mih="100%" p="md" component="main">
      <Paper withBorder p="xl" w="100%" maw={380}>
        <Title order={1} mb={4}>
          Dealwright
        </Title>
        <Text size="sm" className="dw-soft" mb="lg">
          Sign in to see what needs you today.
        </Text>
        <SignInForm done={done} />
        <Text size="xs" className="dw-soft" mt="lg">
          New here? Open the link of your invitation; whoever runs Dealwright can make you one.
        </Text>
      </Paper>
    </Center>
  )
}
