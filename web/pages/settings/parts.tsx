/** What the pages of settings are made of. */
import { useId, useState, type ReactNode } from 'react'
import { Alert, Button, Code, CopyButton, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Keys } from '../../parts/keys.tsx'
import { TextSkeleton } from '../../parts/page.tsx'
import { plainly, ProblemNote } from '../../parts/problem.tsx'
import classes from './settings.module.css'
import type { Form } from './use-form.ts'

interface SectionProps {
  title: string
  about?: ReactNode
  actions?: ReactNode
  children?: ReactNode
}

export function Section({ title, about, actions, children }: SectionProps) {
  const id = useId()
  return (
    <section className={classes.section} aria-labelledby={id}>
      <Group justify="space-between" align="flex-start" gap="sm" mb={children ? 'sm' : 0}>
        <div className={classes.words}>
          <Title order={2} fz="md" id={id}>
            {title}
          </Title>
          {about && (
            <Text size="sm" className="dw-soft" component="div" maw={640}>
              {about}
            </Text>
          )}
        </div>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </section>
  )
}

interface FormBodyProps<D, F extends object> {
  of: Form<D, F>
  children: (fields: F) => ReactNode
  /** Whoever may not change it sees it all the same. */
  readOnly?: boolean
  /** Why it cannot be saved yet. */
  problem?: string | null
}

/** The fields of a form, then saving and taking back; what could not be loaded or saved says so. */
export function FormBody<D, F extends object>({ of, children, readOnly = false, problem }: FormBodyProps<D, F>) {
  const save = () => !problem && of.submit()
  useShortcuts('Settings', [{ keys: 'mod+Enter', what: 'Save', run: save, typing: true }], {
    enabled: !readOnly && of.dirty,
  })
  if (!of.fields) return of.error ? <ProblemNote error={of.error} retry={of.retry} /> : <TextSkeleton lines={4} />
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        save()
      }}
    >
      <fieldset disabled={readOnly} className={classes.fields}>
        <Stack gap="sm" maw={560}>
          {of.overtaken && (
            <Alert color="orange" variant="light" title="Somebody changed this meanwhile">
              What you typed is kept. Saving puts it in the place of theirs.{' '}
              <Button size="compact-xs" variant="subtle" onClick={of.reset}>
                See theirs
              </Button>
            </Alert>
          )}
          {children(of.fields)}
          {Boolean(of.error) && (
            <Text size="sm" c="red" role="alert">
              {plainly(of.error).what}
            </Text>
          )}
          {problem && of.dirty && (
            <Text size="sm" c="red">
              {problem}
            </Text>
          )}
          {!readOnly && of.dirty && (
            <Group gap="xs">
              <Button
                type="submit"
                loading={of.pending}
                disabled={Boolean(problem)}
                rightSection={<Keys of="mod+Enter" />}
              >
                Save
              </Button>
              <Button variant="default" onClick={of.reset}>
                Take it back
              </Button>
            </Group>
          )}
        </Stack>
      </fieldset>
    </form>
  )
}

interface ConfirmProps {
  /** On the button. */
  word: string
  /** The question, as the dialog's title. */
  title: string
  children: ReactNode
  /** On the button that does it. */
  does: string
  run: () => Promise<unknown>
  color?: string
  disabled?: boolean
}

/** A button for what cannot be taken back: asks once more, and says what will be. */
export function Confirm({ word, title, children, does, run, color = 'red', disabled = false }: ConfirmProps) {
  const [opened, setOpened] = useState(false)
  const send = useMutation({ mutationFn: run, onSuccess: () => setOpened(false) })
  const open = () => {
    send.reset()
    setOpened(true)
  }
  return (
    <>
      <Button size="compact-sm" variant="subtle" color={color} onClick={open} disabled={disabled}>
        {word}
      </Button>
      <Modal opened={opened} onClose={() => setOpened(false)} title={title}>
        <Stack gap="md">
          <Text size="sm" component="div">
            {children}
          </Text>
          {send.error && (
            <Text size="sm" c="red" role="alert">
              {plainly(send.error).what}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => setOpened(false)} data-autofocus>
              Leave it
            </Button>
            <Button color={color} loading={send.isPending} onClick={() => send.mutate()}>
              {does}
            </Button>
          </Group>
        </Stack>
      </Modal>
    </>
  )
}

/** A secret that is shown this once: a key, a link, codes. */
export function Once({ title, of, children }: { title: string; of: string; children: ReactNode }) {
  return (
    <Alert color="green" variant="light" title={title} role="status">
      <Text size="sm" mb="xs" component="div">
        {children}
      </Text>
      <Code block className={classes.secret}>
        {of}
      </Code>
      <CopyButton value={of}>
        {({ copied, copy }) => (
          <Button size="compact-sm" variant="light" color="green" mt="xs" onClick={copy}>
            {copied ? 'Copied' : 'Copy'}
          </Button>
        )}
      </CopyButton>
    </Alert>
  )
}
