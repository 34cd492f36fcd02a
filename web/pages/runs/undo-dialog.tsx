/** Taking back what a run changed: first what would be, then doing it. */
import { Button, Group, List, Modal, Stack, Text } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { answered, api } from '../../api/here.ts'
import { TextSkeleton } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { toast, toastProblem } from '../../parts/toast.tsx'

interface Props {
  id: string
  opened: boolean
  close: () => void
}

export function UndoDialog({ id, opened, close }: Props) {
  return (
    <Modal opened={opened} onClose={close} title="Take back what this run changed" size="lg">
      {opened && <Preview id={id} close={close} />}
    </Modal>
  )
}

function Preview({ id, close }: Omit<Props, 'opened'>) {
  const client = useQueryClient()
  const { data, error, refetch } = useQuery({
    queryKey: ['undo', id],
    queryFn: async () => (await answered(api.runs[':id'].undo.$get({ param: { id } }))).data,
    staleTime: 0,
    gcTime: 0,
  })
  const undo = useMutation({
    mutationFn: () => answered(api.runs[':id'].undo.$post({ param: { id } })),
    onSuccess: async ({ data: done }) => {
      close()
      toast({ message: done.summary })
      await client.invalidateQueries()
    },
    onError: toastProblem,
  })
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />
  if (!data) return <TextSkeleton lines={5} />
  return (
    <Stack gap="md">
      <Text size="sm" fw={500}>
        {data.summary}
      </Text>
      <Sentences title="Taken back" of={data.items.map(({ words }) => words)} />
      <Sentences title="Left as it is, since somebody edited it meanwhile" of={data.spared.map(({ words }) => words)} />
      <Sentences title="Cannot be taken back" of={data.cannotBeUndone} />
      <Group gap="xs">
        <Button color="red" disabled={data.reverted === 0} loading={undo.isPending} onClick={() => undo.mutate()}>
          Take back
        </Button>
        <Button variant="default" onClick={close}>
          Leave it
        </Button>
      </Group>
    </Stack>
  )
}

function Sentences({ title, of }: { title: string; of: readonly string[] }) {
  if (of.length === 0) return null
  return (
    <div>
      <Text size="sm" className="dw-soft" mb={4}>
        {title}
      </Text>
      <List size="sm">
        {of.map((words, n) => (
          <List.Item key={n}>{words}</List.Item>
        ))}
      </List>
    </div>
  )
}
