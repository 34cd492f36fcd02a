/** Versions of a playbook: two of them side by side, and an earlier one put in force again. */
import { Badge, Button, Group, Radio, Text } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Actor } from '../../app/actor.tsx'
import { answered, api, ApiProblem } from '../../api/here.ts'
import { useMay } from '../../app/may.ts'
import { useUrlState } from '../../app/url-state.ts'
import { TextSkeleton } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { When } from '../../parts/time.tsx'
import { toast, toastProblem } from '../../parts/toast.tsx'
import { YamlDiff } from '../../parts/yaml-editor/yaml-diff.tsx'
import { type Known, showState, useVersion } from './use-playbook.ts'
import classes from './playbooks.module.css'

export function VersionsView({ known }: { known: Known }) {
  const { name, state, etag, versions } = known
  const client = useQueryClient()
  const mayPublish = useMay()('playbook.publish')
  const before = versions.find(({ version }) => version < state.version)?.version ?? state.version
  const [view, setView] = useUrlState({ from: String(before), to: String(state.version) })
  const goBack = useMutation({
    mutationFn: ({ version, from }: { version: number; from: string | null }) =>
      answered(
        api.playbooks[':name'].rollback.$post(
          { param: { name }, json: { version } },
          { headers: { 'if-match': from ?? '*' } },
        ),
      ),
    onSuccess: ({ data, etag: now }, { version }) => {
      showState(client, name, data, now)
      const was = state.version
      toast({
        message: `Version ${data.version} is in force again. Runs that have begun stay on theirs.`,
        ...(version === was ? {} : { undo: () => goBack.mutate({ version: was, from: now }) }),
      })
    },
    onError: error => {
      if (error instanceof ApiProblem && error.code === 'precondition_failed')
        toast({ message: 'Somebody changed this playbook meanwhile. Look at what is in force now.', bad: true })
      else toastProblem(error)
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['playbooks'] }),
  })
  return (
    <div className={classes.versions}>
      <section aria-label="Versions" className={classes.list}>
        <div className={classes.row} data-head aria-hidden>
          <span>From</span>
          <span>To</span>
          <span />
        </div>
        {versions.map(({ version, publishedAt, publishedBy, active }) => (
          <div key={version} className={classes.row}>
            <Radio
              size="xs"
              name="from"
              aria-label={`Compare from version ${version}`}
              checked={view.from === String(version)}
              onChange={() => setView({ from: String(version) })}
            />
            <Radio
              size="xs"
              name="to"
              aria-label={`Compare to version ${version}`}
              checked={view.to === String(version)}
              onChange={() => setView({ to: String(version) })}
            />
            <div>
              <Group gap={6}>
                <Text size="sm" fw={550}>
                  Version {version}
                </Text>
                {active && (
                  <Badge color="green" variant="dot">
                    In force
                  </Badge>
                )}
              </Group>
              <Text size="xs" className="dw-soft">
                <When at={publishedAt} /> by <Actor of={publishedBy} />
              </Text>
              {mayPublish && !active && (
                <Button
                  mt={4}
                  size="compact-xs"
                  variant="default"
                  disabled={goBack.isPending}
                  onClick={() => goBack.mutate({ version, from: etag })}
                >
                  Put in force again
                </Button>
              )}
            </div>
          </div>
        ))}
      </section>
      <Difference name={name} from={Number(view.from)} to={Number(view.to)} />
    </div>
  )
}

function Difference({ name, from, to }: { name: string; from: number; to: number }) {
  const [before, after] = [useVersion(name, from), useVersion(name, to)]
  const error = before.error ?? after.error
  if (error)
    return (
      <ProblemNote
        error={error}
        retry={() => {
          void before.refetch()
          void after.refetch()
        }}
      />
    )
  if (!before.data || !after.data) return <TextSkeleton lines={10} />
  return <YamlDiff before={before.data.text} after={after.data.text} labels={[`Version ${from}`, `Version ${to}`]} />
}
