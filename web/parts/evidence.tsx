/** A claim's quotes; each opens the stored source with the passage lit. */
import { createContext, useContext, useState, type ReactNode } from 'react'
import { Anchor, Drawer, Group, Text, UnstyledButton, useComputedColorScheme } from '@mantine/core'
import { IconExternalLink, IconQuote } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { answered, api } from '../api/here.ts'
import classes from './evidence.module.css'
import { HtmlFrame } from './html-frame.tsx'
import { litHtml } from './passage.ts'
import { TextSkeleton } from './page.tsx'
import { ProblemNote } from './problem.tsx'
import { When } from './time.tsx'

export interface Quoted {
  quote: string
  sourceId: string
  url?: string | null
  /** Where it stands in the source's text, where that is known. */
  start?: number
  end?: number
}

const Open = createContext<(quoted: Quoted) => void>(() => {})

/** Opens the source of a quote. */
export const useEvidence = (): ((quoted: Quoted) => void) => useContext(Open)

/** Once around the pages: the one drawer in which sources open. */
export function EvidenceProvider({ children }: { children: ReactNode }) {
  const [quoted, setQuoted] = useState<Quoted | null>(null)
  return (
    <Open value={setQuoted}>
      {children}
      <Drawer
        opened={quoted !== null}
        onClose={() => setQuoted(null)}
        position="right"
        size="lg"
        title="Where this stands"
        closeButtonProps={{ 'aria-label': 'Close the source' }}
      >
        {quoted && <SourceView quoted={quoted} />}
      </Drawer>
    </Open>
  )
}

function SourceView({ quoted }: { quoted: Quoted }) {
  const dark = useComputedColorScheme() === 'dark'
  const { data, error, refetch } = useQuery({
    queryKey: ['sources', quoted.sourceId],
    queryFn: async () => (await answered(api.sources[':id'].$get({ param: { id: quoted.sourceId } }))).data,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />
  if (!data) return <TextSkeleton lines={12} />
  const { html, found } = litHtml(data.text, quoted)
  return (
    <>
      <Text fw={600}>{data.title ?? data.url ?? data.kind}</Text>
      <Group gap="xs" mb="sm">
        <Text size="sm" className="dw-soft">
          Read <When at={data.fetchedAt} />
        </Text>
        {data.url && /^https?:/.test(data.url) && (
          <Anchor href={data.url} target="_blank" rel="noopener noreferrer" size="sm">
            Open it as it is now <IconExternalLink size={12} aria-hidden />
          </Anchor>
        )}
      </Group>
      {!found && (
        <Text size="sm" c="red" mb="sm">
          The passage is not in what is stored: it may have been erased.
        </Text>
      )}
      <div className={classes.source}>
        <HtmlFrame html={html} title="The source as it was stored" height="calc(100dvh - 190px)" dark={dark} />
      </div>
    </>
  )
}

/** One quote, as a button. */
export function Quote({ of }: { of: Quoted }) {
  const open = useEvidence()
  return (
    <UnstyledButton className={classes.quote} onClick={() => open(of)} title="Open the source">
      <IconQuote size={14} aria-hidden />
      <span>
        {of.quote}
        {of.url && <span className={classes.place}> {placeOf(of.url)}</span>}
      </span>
    </UnstyledButton>
  )
}

const placeOf = (url: string): string => (URL.canParse(url) ? new URL(url).hostname.replace(/^www\./, '') : url)
