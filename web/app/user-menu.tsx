/** Oneself: how the app looks, all keys, and the way out. */
import { Avatar, Group, Menu, SegmentedControl, Text, UnstyledButton, useMantineColorScheme } from '@mantine/core'
import { IconHeartbeat, IconKeyboard, IconLogout } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { answered, api } from '../api/here.ts'
import { toastProblem } from '../parts/toast.tsx'
import { useMe } from './session.tsx'
import classes from './shell.module.css'

const LOOKS = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'auto', label: 'Auto' },
]

export function useSignOut() {
  return useMutation({
    mutationFn: async () => answered(api['sign-out'].$post()),
    // Nothing of this person stays in the tab.
    onSuccess: () => location.assign('/'),
    onError: toastProblem,
  })
}

export function UserMenu({ showKeys }: { showKeys: () => void }) {
  const me = useMe()
  const signOut = useSignOut()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Menu position="top-start" width={220} offset={4}>
      <Menu.Target>
        <UnstyledButton className={classes.user}>
          <Group gap="sm" wrap="nowrap">
            <Avatar name={me.name} color="indigo" size={28} radius="xl" aria-hidden />
            <div>
              <Text size="sm" fw={500} truncate>
                {me.name}
              </Text>
              <Text size="xs" className="dw-soft">
                {me.role}
              </Text>
            </div>
          </Group>
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Label>Look</Menu.Label>
        <SegmentedControl
          fullWidth
          size="xs"
          mb="xs"
          data={LOOKS}
          value={colorScheme}
          onChange={value => setColorScheme(value as typeof colorScheme)}
          aria-label="Look"
        />
        <Menu.Item leftSection={<IconKeyboard size={16} aria-hidden />} onClick={showKeys}>
          Keys
        </Menu.Item>
        <Menu.Item leftSection={<IconHeartbeat size={16} aria-hidden />} component="a" href="/status">
          Status
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={() => signOut.mutate()}>
          Sign out
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
