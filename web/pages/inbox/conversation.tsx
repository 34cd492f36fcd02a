/** A conversation in order: each mail's text with the sentence that decided lit, what it quotes folded away, and its HTML on request. */
import { useState } from 'react'
import { Button, Group, Text, useComputedColorScheme } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { answered, api, type Answer } from '../../api/here.ts'
import { HtmlFrame } from '../../parts/html-frame.tsx'
import { TextSkeleton } from '../../parts/page.tsx'
import { ProblemNote } from '../../parts/problem.tsx'
import { When } from '../../parts/time.tsx'
import { folded } from './folded.ts'
import classes from './inbox.module.css'

type InboxMessage = Answer<(typeof api.messages)[':id']['$get']>
type Mail = InboxMessage['thread'][number]

export function Conversation({ of }: { of: InboxMessage }) {
  return (
    <ol className={classes.thread} aria-label="The conversation">
      {of.thread.map(mail => (
        <li key={mail.id}>
          <OneMail mail={mail} theirs={of.zone} isThis={mail.id === of.id} />
        </li>
      ))}
    </ol>
  )
}

function OneMail({ mail, theirs, isThis }: { mail: Mail; theirs: string | null; isThis: boolean }) {
  const [asSent, setAsSent] = useState(false)
  const [all, setAll] = useState(false)
  const { shown, rest } = folded(mail.text, mail.quote)
  return (
    <article className={classes.mail} data-out={mail.direction === 'out' || undefined} data-this={isThis || undefined}>
      <Group justify="space-between" gap="xs" className={classes.mailHead}>
        <Text size="xs" className="dw-soft">
          {mail.direction === 'out' ? `We to ${mail.toAddresses.join(', ')}` : mail.fromAddress} ·{' '}
          <When at={mail.at} theirs={mail.direction === 'in' ? theirs : null} />
        </Text>
        <Button
          size="compact-xs"
          variant="subtle"
          color="gray"
          onClick={() => setAsSent(!asSent)}
          aria-pressed={asSent}
        >
          {asSent ? 'As text' : 'As it was sent'}
        </Button>
      </Group>
      {asSent ? (
        <AsSent id={mail.id} />
      ) : (
        <div className={classes.text}>
          <Lit text={shown} quote={mail.quote} />
          {rest !== '' && (
            <>
              {all && <div className={classes.quoted}>{rest}</div>}
              <Button size="compact-xs" variant="default" mt={6} onClick={() => setAll(!all)} aria-expanded={all}>
                {all ? 'Hide what it quotes' : 'Show what it quotes'}
              </Button>
            </>
          )}
        </div>
      )}
    </article>
  )
}

function Lit({ text, quote }: { text: string; quote: string | null }) {
  const at = quote === null || quote === '' ? -1 : text.indexOf(quote)
  if (quote === null || at < 0) return <>{text}</>
  return (
    <>
      {text.slice(0, at)}
      <mark>{quote}</mark>
      {text.slice(at + quote.length)}
    </>
  )
}

function AsSent({ id }: { id: string }) {
  const dark = useComputedColorScheme() === 'dark'
  const { data, error, refetch } = useQuery({
    queryKey: ['messages', id, 'html'],
    queryFn: async () => (await answered(api.messages[':id'].html.$get({ param: { id } }))).data,
    staleTime: Number.POSITIVE_INFINITY,
  })
  if (error) return <ProblemNote error={error} retry={() => void refetch()} />
  if (!data) return <TextSkeleton />
  if (data.html === null)
    return (
      <Text size="sm" className="dw-soft" p="sm">
        It was written as text alone.
      </Text>
    )
  return <HtmlFrame html={data.html} title="The mail as it was sent" height={420} dark={dark} />
}
