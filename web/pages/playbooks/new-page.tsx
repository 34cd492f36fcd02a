/** A playbook that is not there yet. */
import { useCallback, useState } from 'react'
import { Alert, Anchor, Button, Group, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useLocation } from 'wouter'
import { answered, api } from '../../api/here.ts'
import { useMay } from '../../app/may.ts'
import { to } from '../../app/paths.ts'
import { useDraft } from '../../parts/draft.ts'
import { Page } from '../../parts/page.tsx'
import { plainly } from '../../parts/problem.tsx'
import { toast } from '../../parts/toast.tsx'
import { TextAndFlow } from './text-and-flow.tsx'
import classes from './playbooks.module.css'

const BEGINNING = `# What begins it, and what it does then, step by step.
playbook: my-playbook
language: 1
on: { event: lead.created, once_per: contact }
stop_on: [contact.suppressed, lead.closed]
steps:
  - { id: facts, do: research }
  - { id: rest, propose: create_task, with: { title: Look at this lead, due: 1 working day } }
`

export default function NewPlaybookPage() {
  const client = useQueryClient()
  const [, navigate] = useLocation()
  const mayPublish = useMay()('playbook.publish')
  const draft = useDraft('new playbook', BEGINNING)
  const [told, setTold] = useState<{ ready: boolean; name: string | null }>({ ready: false, name: null })
  const { data: others } = useQuery({
    queryKey: ['playbooks'],
    queryFn: async () => (await answered(api.playbooks.$get())).data,
  })
  const taken = others?.some(({ name }) => name === told.name) ?? false
  const publish = useMutation({
    mutationFn: () => answered(api.playbooks.$post({ json: { text: draft.value } })),
    onSuccess: async ({ data: done }) => {
      draft.clear()
      await client.invalidateQueries({ queryKey: ['playbooks'] })
      toast({ message: `${done.playbook} is in force.` })
      navigate(to.playbook(done.playbook))
    },
  })
  const listen = useCallback((ready: boolean, name: string | null) => setTold({ ready, name }), [])
  return (
    <Page title="New playbook" about="It begins nothing before it is published" fill>
      <div className={classes.writing}>
        {taken && told.name && (
          <Alert color="orange" variant="light" title={`There is a playbook called ${told.name}`} role="alert">
            Give this one another name, or{' '}
            <Anchor component={Link} href={to.playbook(told.name)} size="sm">
              change that one
            </Anchor>
            .
          </Alert>
        )}
        {publish.error && (
          <Alert color="red" variant="light" title={plainly(publish.error).title} role="alert">
            {plainly(publish.error).what}
          </Alert>
        )}
        <TextAndFlow
          label="Text of the new playbook"
          text={draft.value}
          write={mayPublish ? draft.set : undefined}
          told={listen}
          bar={
            mayPublish && (
              <Group gap="xs" justify="space-between">
                <Text size="xs" className="dw-soft" role="status">
                  {draft.value === BEGINNING
                    ? 'An example to begin with'
                    : 'Kept in this browser until it is published'}
                </Text>
                <Button
                  size="xs"
                  disabled={!told.ready || taken || others === undefined}
                  loading={publish.isPending}
                  onClick={() => publish.mutate()}
                >
                  Publish
                </Button>
              </Group>
            )
          }
        />
      </div>
    </Page>
  )
}
