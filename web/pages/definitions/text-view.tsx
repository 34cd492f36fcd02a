/** The text being written, what it says in words, what it would have changed, and putting it in force. */
import { useEffect, useRef, useState } from 'react'
import { Alert, Button, Group, Modal, Text } from '@mantine/core'
import { IconFlask, IconGitCompare } from '@tabler/icons-react'
import { useMay } from '../../app/may.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import { useDraft } from '../../parts/draft.ts'
import { Keys } from '../../parts/keys.tsx'
import { useCheck } from '../../parts/yaml-editor/check.ts'
import { YamlDiff } from '../../parts/yaml-editor/yaml-diff.tsx'
import { YamlEditor } from '../../parts/yaml-editor/yaml-editor.tsx'
import classes from './definitions.module.css'
import { KINDS, type InForce, type Kind } from './kinds.ts'
import { Trial, useTrial } from './trial.tsx'
import { usePublish } from './use-changes.ts'

interface Props {
  kind: Kind
  inForce: InForce
}

export function TextView({ kind, inForce }: Props) {
  const { title, right } = KINDS[kind]
  const mayPublish = useMay()(right)
  // The version that one's text was made from stays with it, whatever is put in force meanwhile.
  const draft = useDraft(`text of the ${kind}`, { text: inForce.text, version: inForce.version })
  const { text, version } = draft.value
  const changed = text !== inForce.text
  const overtaken = changed && version !== inForce.version
  const check = useCheck(kind, text)
  const trial = useTrial(kind)
  const written = useRef(text)
  useEffect(() => {
    written.current = text
  }, [text])
  const publish = usePublish(kind, inForce, (published, next) =>
    // What one wrote on meanwhile is the beginning of the next.
    written.current === published ? draft.clear() : draft.set({ text: written.current, version: next }),
  )
  const [comparing, setComparing] = useState(false)
  const canPublish = mayPublish && changed && check.inOrder && !overtaken && !publish.isPending
  const tryIt = () => mayPublish && check.inOrder && trial.mutate(text)
  useShortcuts('The text', [
    { keys: 'mod+Enter', what: 'Put it in force', typing: true, run: () => canPublish && publish.mutate(text) },
    { keys: 't', what: 'Try it on the past', run: tryIt },
    { keys: 'd', what: 'What I changed', run: () => changed && setComparing(true) },
  ])
  const words = check.found && 'words' in check.found ? check.found.words : []
  return (
    <div className={classes.writing}>
      {overtaken && (
        <Alert color="orange" variant="light" title="Somebody changed this meanwhile" role="alert">
          <Text size="sm">
            Version {inForce.version} is in force now; yours is made from version {version}, and is kept here.
          </Text>
          <Group gap="xs" mt="xs">
            <Button size="compact-sm" variant="light" onClick={() => setComparing(true)}>
              See what differs
            </Button>
            <Button size="compact-sm" variant="light" onClick={() => draft.set({ text, version: inForce.version })}>
              Mine takes both in
            </Button>
            <Button size="compact-sm" variant="subtle" color="gray" onClick={draft.clear}>
              Throw mine away
            </Button>
          </Group>
        </Alert>
      )}
      <Group gap="xs" justify="space-between">
        <Text size="xs" className="dw-soft" role="status">
          {changed
            ? `${draft.found ? 'Found again: what' : 'What'} you changed is kept in this browser`
            : mayPublish
              ? inForce.version > 0
                ? 'As in force'
                : 'Nothing is written yet'
              : 'As in force. Ops and admins change it.'}
        </Text>
        {mayPublish && (
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
              variant="default"
              leftSection={<IconFlask size={14} aria-hidden />}
              loading={trial.isPending}
              disabled={!check.inOrder}
              onClick={tryIt}
            >
              Try it on the past
            </Button>
            <Button
              size="xs"
              disabled={!canPublish}
              loading={publish.isPending}
              onClick={() => publish.mutate(text)}
              rightSection={<Keys of="mod+Enter" />}
            >
              Put in force
            </Button>
          </Group>
        )}
      </Group>
      <div className={classes.sides} data-alone={(words.length === 0 && trial.isIdle) || undefined}>
        <YamlEditor
          label={`Text of the ${title.toLowerCase()}`}
          value={text}
          {...(mayPublish ? { onChange: (next: string) => draft.set({ text: next, version }) } : { readOnly: true })}
          problems={check.problems}
        />
        <div className={classes.side}>
          <Trial kind={kind} of={trial} text={text} />
          {words.length > 0 && (
            <section aria-label="In plain words">
              <Text size="sm" fw={600} mb={6}>
                In plain words
              </Text>
              <ol className={classes.words}>
                {words.map(line => (
                  <li key={line}>{line}</li>
                ))}
              </ol>
            </section>
          )}
        </div>
      </div>
      <Modal opened={comparing} onClose={() => setComparing(false)} title="What differs" size="90%">
        <YamlDiff before={inForce.text} after={text} labels={[`Version ${inForce.version}, in force`, 'Mine']} />
      </Modal>
    </div>
  )
}
