/** Somebody, or a company, found by the beginnings of words. */
import { useDeferredValue, useState } from 'react'
import { Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answered, api } from '../../../api/here.ts'

export interface Chosen {
  id: string
  label: string
}

interface Props {
  what: 'contact' | 'account'
  label: string
  chosen: Chosen | null
  set: (chosen: Chosen | null) => void
}

async function found(what: Props['what'], q: string): Promise<Chosen[]> {
  const query = { q, limit: '20' }
  if (what === 'account') {
    const { data } = await answered(api.accounts.$get({ query }))
    return data.items.map(({ id, name, domain }) => ({ id, label: domain ? `${name}, ${domain}` : name }))
  }
  const { data } = await answered(api.contacts.$get({ query }))
  return data.items.map(({ id, name, account }) => ({ id, label: account ? `${name}, ${account}` : name }))
}

export function FindRecord({ what, label, chosen, set }: Props) {
  const [text, setText] = useState('')
  const words = useDeferredValue(text.trim())
  const { data } = useQuery({
    queryKey: [`${what}s`, 'found', words],
    queryFn: () => found(what, words),
    enabled: words.length >= 2,
    placeholderData: before => before,
  })
  const shown = [...(chosen ? [chosen] : []), ...(data ?? []).filter(({ id }) => id !== chosen?.id)]
  return (
    <Select
      label={label}
      placeholder="Type a name or an address"
      data={shown.map(({ id, label: name }) => ({ value: id, label: name }))}
      value={chosen?.id ?? null}
      onChange={id => set(shown.find(one => one.id === id) ?? null)}
      searchable
      clearable
      searchValue={text}
      onSearchChange={setText}
      // The server has found them: what it finds by need not stand in the name.
      filter={({ options }) => options}
      nothingFoundMessage={words.length < 2 ? 'Type at least two letters' : 'Nobody is called that'}
      maw={420}
    />
  )
}
