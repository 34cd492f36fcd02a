/** A session that ended while one worked: signed in again right here, over a page that keeps all that was typed. */
import { Modal, Text } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useMe } from './session.tsx'
import { noteSignedIn, signedOut } from './session-state.ts'
import { SignInForm } from './sign-in.tsx'

export function SignedOutDialog() {
  const client = useQueryClient()
  const me = useMe()
  const opened = signedOut.use()
  const done = () => {
    noteSignedIn()
    void client.invalidateQueries()
  }
  return (
    <Modal
      opened={opened}
      onClose={() => {}}
      withCloseButton={false}
      closeOnEscape={false}
      closeOnClickOutside={false}
      title="Your session has ended"
      size="sm"
      zIndex={1000}
    >
      <Text size="sm" mb="md">
        Nothing you typed is lost: sign in and go on where you were.
      </Text>
      <SignInForm done={done} email={me.email} />
    </Modal>
  )
}
