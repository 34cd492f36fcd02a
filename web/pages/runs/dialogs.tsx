/** Why a step is skipped, or a run cancelled: kept with what was done. */
import { useState } from 'react'
import { Button, Group, Modal, Text, Textarea } from '@mantine/core'
import type { Word } from './steer.ts'

type Asked = Exclude<Word, 'resume'>

const TITLES: Record<Asked, string> = { skip: 'Go on without this step', cancel: 'Cancel the run' }
const ABOUT: Record<Asked, string> = {
  skip: 'What would have read its result finds nothing there.',
  cancel:
    'It takes no further step. What it proposed and nobody decided is withdrawn; what it has done stays, and can be taken back.',
}

interface Props {
  /** Null: closed. */
  word: Asked | null
  about: string
  close: () => void
  done: (word: Asked, why: string) => void
}

export function WhyDialog({ word, about, close, done }: Props) {
  const [why, setWhy] = useState('')
  const say = () => {
    if (word === null) return
    close()
    done(word, why.trim())
    setWhy('')
  }
  return (
    <Modal opened={word !== null} onClose={close} title={word ? TITLES[word] : ''}>
      <form
        onSubmit={event => {
          event.preventDefault()
          say()
        }}
      >
        <Text size="sm" fw={500} mb={4}>
          {about}
        </Text>
        <Text size="sm" className="dw-soft" mb="sm">
          {word && ABOUT[word]}
        </Text>
        <Textarea
          data-autofocus
          label="Why"
          description="For whoever looks at this later; may be left empty."
          value={why}
          onChange={event => setWhy(event.currentTarget.value)}
          autosize
          minRows={2}
          maxLength={1_000}
        />
        <Group mt="md" gap="xs">
          <Button type="submit" color={word === 'cancel' ? 'red' : undefined}>
            {word && TITLES[word]}
          </Button>
          <Button variant="default" onClick={close}>
            Leave it
          </Button>
        </Group>
      </form>
    </Modal>
  )
}
