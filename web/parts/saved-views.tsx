/** Filters, order and columns of a list under a name: what stands in its address, kept in this browser for whoever is signed in. */
import { useState } from 'react'
import { ActionIcon, Button, Group, Menu, Modal, TextInput } from '@mantine/core'
import { IconBookmark, IconX } from '@tabler/icons-react'
import { useLocation, useSearch } from 'wouter'
import { useMe } from '../app/session.tsx'
import { toast } from './toast.tsx'

export interface SavedView {
  name: string
  /** As behind the `?` of an address. */
  query: string
}

const MOST = 30
const keyOf = (userId: string, area: string): string => `dealwright views ${userId} ${area}`

function read(key: string): SavedView[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isView).slice(0, MOST) : []
  } catch {
    return []
  }
}

const isView = (one: unknown): one is SavedView =>
  typeof one === 'object' && one !== null && 'name' in one && 'query' in one && typeof one.query === 'string'

/** Those of this person, by name. */
function useViews(area: string): [SavedView[], (views: SavedView[]) => void] {
  const key = keyOf(useMe().id, area)
  const [views, setViews] = useState(() => read(key))
  const keep = (next: SavedView[]) => {
    const sorted = next.toSorted((a, b) => a.name.localeCompare(b.name)).slice(0, MOST)
    setViews(sorted)
    try {
      localStorage.setItem(key, JSON.stringify(sorted))
    } catch {
      toast({ message: 'This browser keeps nothing: the view is gone when you leave the page.', bad: true })
    }
  }
  return [views, keep]
}

/** @param path of the list, without its query */
export function SavedViews({ area, path }: { area: string; path: string }) {
  const [views, keep] = useViews(area)
  const search = useSearch()
  const [, navigate] = useLocation()
  const [naming, setNaming] = useState(false)
  const [name, setName] = useState('')
  const save = () => {
    const given = name.trim()
    keep([...views.filter(one => one.name !== given), { name: given, query: search }])
    setNaming(false)
    setName('')
    toast({ message: `Saved as ${given}.` })
  }
  const forgetView = (view: SavedView) => {
    keep(views.filter(one => one !== view))
    toast({ message: `${view.name} is gone.`, undo: () => keep(views) })
  }
  const now = views.find(({ query }) => query === search)
  return (
    <>
      <Menu position="bottom-end" width={240}>
        <Menu.Target>
          <Button size="xs" variant="default" leftSection={<IconBookmark size={14} aria-hidden />}>
            {now?.name ?? 'Views'}
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          {views.map(view => (
            <Group key={view.name} gap={4} wrap="nowrap">
              <Menu.Item flex={1} onClick={() => navigate(view.query === '' ? path : `${path}?${view.query}`)}>
                {view.name}
              </Menu.Item>
              <ActionIcon
                size="sm"
                variant="subtle"
                color="gray"
                aria-label={`Forget ${view.name}`}
                onClick={() => forgetView(view)}
              >
                <IconX size={12} aria-hidden />
              </ActionIcon>
            </Group>
          ))}
          <Menu.Item onClick={() => setNaming(true)}>Save this view…</Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={naming} onClose={() => setNaming(false)} title="Save this view" size="sm">
        <form
          onSubmit={event => {
            event.preventDefault()
            if (name.trim()) save()
          }}
        >
          <TextInput
            data-autofocus
            label="Name"
            description="Its filters, order and columns; kept in this browser, for you."
            value={name}
            onChange={event => setName(event.currentTarget.value)}
            maxLength={60}
            mb="sm"
          />
          <Button type="submit" disabled={name.trim() === ''}>
            Save
          </Button>
        </form>
      </Modal>
    </>
  )
}
