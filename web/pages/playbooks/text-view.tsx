/** The text of a playbook being written, with its flow, and putting it in force. */
import { useState } from 'react'
import { Alert, Button, Group, Modal, Text } from '@mantine/core'
import { IconGitCompare } from '@tabler/icons-react'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { answered, api, ApiProblem } from '../../api/here.ts'
import { useMay } from '../../app/may.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { Keys } from '../../parts/keys.tsx'
import { plainly } from '../../parts/problem.tsx'
import { toast } from '../../parts/toast.tsx'
import { YamlDiff } from '../../parts/yaml-editor/yaml-diff.tsx'
import { TextAndFlow } from './text-and-flow.tsx'
import { usePlaybookDraft, type Known } from './use-playbook.ts'
import classes from './playbooks.module.css'

export function TextView({ known }: { known: Known }) {
  const { name, state, etag, text } = known
  const client = useQueryClient()
  const mayPublish = useMay()('playbook.publish')
  const draft = usePlaybookDraft(known)
  const { value } = draft
  const changed = value.text !== text
  const overtaken = changed && value.version !== state.version
  const [comparing, setComparing] = useState(false)
  const publish = useMutation({
    mutationFn: () =>
      answered(api.playbooks.$post({ json: { text: value.text } }, { headers: { 'if-match': etag ?? '*' } })),
    onSuccess: async ({ data: done }) => {
      draft.clear()
      toast({ message: `Version ${done.version} is in force. Runs that have begun stay on theirs.` })
      await client.invalidateQueries({ queryKey: ['playbooks'] })
    },
    onError: error => {
      if (error instanceof ApiProblem && error.code === 'precondition_failed')
        void client.invalidateQueries({ queryKey: ['playbooks'] })
    },
  })
  const [ready, setReady] = useState(false)
  const canPublish = mayPublish && changed && ready && !overtaken && !publish.isPending
  useShortcuts('The text', [
    { keys: 'mod+Enter', what: 'Publish', typing: true, run: () => canPublish && publish.mutate() },
    { keys: 'd', what: 'What I changed', run: () => changed && setComparing(true) },
  ])
  return (
    <div className={classes.writing}>
      {overtaken && (
        <Alert color="orange" variant="light" title="Somebody changed this meanwhile" role="alert">
          <Text size="sm">
            Version {state.version} is in force now; your text is made from version {value.version}. It is kept here.
            Look at what differs, bring over what is new, and publish it as made from version {state.version}.
          </Text>
          <Group gap="xs" mt="sm">
            <Button size="compact-sm" variant="light" onClick={() => setComparing(true)}>
              See what differs
            </Button>
            <Button
              size="compact-sm"
              variant="light"
              onClick={() => draft.set({ text: value.text, version: state.version })}
            >
              Mine takes both in
            </Button>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={draft.clear}>
              Throw mine away
            </Button>
          </Group>
        </Alert>
      )}
      {publish.error && !overtaken && (
        <Alert color="red" variant="light" title={plainly(publish.error).title} role="alert">
          {plainly(publish.error).what}
        </Alert>
      )}
      <TextAndFlow
        label={`Text of ${name}`}
        name={name}
        text={value.text}
        write={mayPublish ? next => draft.set({ text: next, version: value.version }) : undefined}
        told={setReady}
        bar={
          mayPublish && (
            <Group gap="xs" justify="space-between">
              <Text size="xs" className="dw-soft" role="status">
                {changed
                  ? `${draft.found ? 'Found again: what' : 'What'} you changed since version ${value.version} is kept in this browser`
                  : 'As in force'}
              </Text>
              <Group gap="xs">
                {changed && (
                  <>
                    <Button size="xs" variant="subtle" color="gray" onClick={draft.clear}>
                      Begin again
                    </Button>
                    <Button
                      size="xs"
                      variant="default"
                      leftSection={<IconGitCompare size={14} aria-hidden />}
                      onClick={() => setComparing(true)}
                    >
                      What I changed
                    </Button>
                  </>
                )}
                <Button
                  size="xs"
                  disabled={!canPublish}
                  loading={publish.isPending}
                  onClick={() => publish.mutate()}
                  rightSection={<Keys of="mod+Enter" />}
                >
                  Publish
                </Button>
              </Group>
            </Group>
          )
        }
      />
      <Modal opened={comparing} onClose={() => setComparing(false)} title="What differs" size="90%">
        <YamlDiff before={text} after={value.text} labels={[`Version ${state.version}, in force`, 'Mine']} />
      </Modal>
    </div>
  )
}
