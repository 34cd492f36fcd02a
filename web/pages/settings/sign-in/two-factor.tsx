/** Two-factor sign-in: a code from an app besides the password; on, off, and new backup codes. */
import { useState } from 'react'
import { Anchor, Badge, Button, Code, Group, PasswordInput, Stack, Text, TextInput } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api } from '../../../api/here.ts'
import { useMe } from '../../../app/session.tsx'
import { plainly } from '../../../parts/problem.tsx'
import { toast } from '../../../parts/toast.tsx'
import { Once, Section } from '../parts.tsx'

type Wanted = 'begin' | 'codes' | 'off'

export function TwoFactorSection() {
  const me = useMe()
  const client = useQueryClient()
  const { data: self } = useQuery({
    queryKey: ['users', me.id],
    queryFn: async () => (await answered(api.users[':id'].$get({ param: { id: me.id } }))).data,
  })
  const [wanted, setWanted] = useState<Wanted | null>(null)
  const [uri, setUri] = useState<string | null>(null)
  const [codes, setCodes] = useState<readonly string[] | null>(null)
  const on = self?.twoFactor === true
  const renew = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['users'] }),
      client.invalidateQueries({ queryKey: ['session'] }),
      client.invalidateQueries({ queryKey: ['sessions'] }),
    ])
  const needed = me.approversTwoFactor && !on
  return (
    <Section
      title="Two-factor sign-in"
      about={
        needed
          ? 'Your organisation asks it of everybody who decides: until it is on, you can look but not approve.'
          : 'A code from an app on your phone, besides your password.'
      }
      actions={self && <Badge color={on ? 'green' : 'gray'}>{on ? 'On' : 'Off'}</Badge>}
    >
      <Stack gap="sm" maw={560}>
        {codes && (
          <Once title="Backup codes" of={codes.join('\n')}>
            Each signs you in once when you do not have your phone. They are shown this once: keep them somewhere safe.
          </Once>
        )}
        {uri && !on && (
          <ConfirmCode
            uri={uri}
            done={async () => {
              setUri(null)
              await renew()
              toast({ message: 'Two-factor sign-in is on.' })
            }}
          />
        )}
        {wanted ? (
          <AskPassword
            wanted={wanted}
            cancel={() => setWanted(null)}
            done={async (shown, made) => {
              setWanted(null)
              setUri(shown)
              setCodes(made)
              await renew()
            }}
          />
        ) : (
          <Group gap="xs">
            {self && !on && !uri && <Button onClick={() => setWanted('begin')}>Turn it on</Button>}
            {on && (
              <>
                <Button variant="default" onClick={() => setWanted('codes')}>
                  New backup codes
                </Button>
                <Button variant="subtle" color="red" onClick={() => setWanted('off')}>
                  Turn it off
                </Button>
              </>
            )}
          </Group>
        )}
      </Stack>
    </Section>
  )
}

const WORDS: Record<Wanted, string> = { begin: 'Begin', codes: 'Make new ones', off: 'Turn it off' }

interface AskProps {
  wanted: Wanted
  cancel: () => void
  done: (uri: string | null, codes: readonly string[] | null) => Promise<void>
}

/** Who knows the password: a session left open is not enough. */
function AskPassword({ wanted, cancel, done }: AskProps) {
  const me = useMe()
  const [password, setPassword] = useState('')
  const send = useMutation({
    mutationFn: async () => {
      const json = me.hasPassword ? { password } : {}
      if (wanted === 'begin') {
        const { data } = await answered(api['two-factor'].$post({ json }))
        return done(data.uri, data.backupCodes)
      }
      if (wanted === 'codes') {
        const { data } = await answered(api['two-factor']['backup-codes'].$post({ json }))
        return done(null, data.backupCodes)
      }
      await answered(api['two-factor']['turn-off'].$post({ json }))
      return done(null, null)
    },
  })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <Stack gap="xs" maw={400}>
        {me.hasPassword && (
          <PasswordInput
            label="Your password, once more"
            value={password}
            onChange={event => setPassword(event.currentTarget.value)}
            autoComplete="current-password"
            autoFocus
          />
        )}
        {send.error && (
          <Text size="sm" c="red" role="alert">
            {plainly(send.error).what}
          </Text>
        )}
        <Group gap="xs">
          <Button
            type="submit"
            color={wanted === 'off' ? 'red' : undefined}
            loading={send.isPending}
            disabled={me.hasPassword && password === ''}
          >
            {WORDS[wanted]}
          </Button>
          <Button variant="default" onClick={cancel}>
            Leave it
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function ConfirmCode({ uri, done }: { uri: string; done: () => Promise<void> }) {
  const [code, setCode] = useState('')
  const send = useMutation({
    mutationFn: async () => answered(api['two-factor'].confirm.$post({ json: { code: code.trim() } })),
    onSuccess: done,
  })
  const secret = new URL(uri).searchParams.get('secret') ?? ''
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        send.mutate()
      }}
    >
      <Stack gap="xs">
        <Text size="sm">
          Add this to the app that shows your codes: <Anchor href={uri}>open it there</Anchor>, or type the key{' '}
          <Code>{secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</Code>. Then type the code that it shows.
        </Text>
        <TextInput
          label="Code"
          value={code}
          onChange={event => setCode(event.currentTarget.value)}
          inputMode="numeric"
          autoComplete="one-time-code"
          maw={200}
          error={send.error ? plainly(send.error).what : null}
        />
        <Group>
          <Button type="submit" loading={send.isPending} disabled={!/^\d{6}$/.test(code.trim())}>
            Turn it on
          </Button>
        </Group>
      </Stack>
    </form>
  )
}
