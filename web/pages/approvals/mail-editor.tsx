/** Changing a mail before it is approved: what one types is one's own word, and is kept until it was sent. */
import { Alert, Button, Group, Stack, Text, Textarea, TextInput } from '@mantine/core'
import type { Approval } from '../../api/here.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useDraft } from '../../parts/draft.ts'
import { Keys } from '../../parts/keys.tsx'
import type { Edit } from './decide.ts'
import type { MailContent } from './mail-view.tsx'

interface Props {
  of: Approval
  mail: MailContent
  done: (edit: Edit) => void
  cancel: () => void
}

export function MailEditor({ of, mail, done, cancel }: Props) {
  const draft = useDraft<Edit>(`edit of ${of.id}`, { subject: mail.subject, body: mail.text }, of.hash)
  const { subject, body } = draft.value
  const changed = subject !== mail.subject || body !== mail.text
  const inThread = mail.references.length > 0
  const approve = () => changed && body.trim() !== '' && done(draft.value)
  const leave = () => {
    if (!changed) draft.clear()
    cancel()
  }
  useShortcuts('Editing', [
    { keys: 'mod+Enter', what: 'Approve as edited', run: approve, typing: true },
    { keys: 'Escape', what: 'Stop editing; the text is kept', run: leave, typing: true },
  ])
  return (
    <Stack gap="sm">
      {draft.found && (
        <Alert color={draft.overtaken ? 'orange' : 'blue'} variant="light">
          {draft.overtaken ? 'The mail has changed since you typed this. ' : 'This is what you typed before. '}
          <Button size="compact-xs" variant="subtle" onClick={draft.clear}>
            Begin again from the mail
          </Button>
        </Alert>
      )}
      <TextInput
        label="Subject"
        value={subject}
        disabled={inThread}
        description={inThread ? 'It answers a thread, whose subject it keeps.' : undefined}
        onChange={event => draft.set({ body, subject: event.currentTarget.value })}
      />
      <Textarea
        label="Mail"
        value={body}
        autosize
        minRows={8}
        maxRows={24}
        autoFocus
        onChange={event => draft.set({ subject, body: event.currentTarget.value })}
      />
      <Text size="xs" className="dw-soft">
        What you type is your own word: it needs no evidence and is marked as yours. Signature and footer are added as
        before.
      </Text>
      <Group gap="xs">
        <Button onClick={approve} disabled={!changed || body.trim() === ''} rightSection={<Keys of="mod+Enter" />}>
          Approve as edited
        </Button>
        <Button variant="default" onClick={leave} rightSection={<Keys of="Escape" />}>
          Stop editing
        </Button>
      </Group>
    </Stack>
  )
}
