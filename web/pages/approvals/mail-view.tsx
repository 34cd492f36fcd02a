/** A mail as it will leave, its claims underlined, each with the quotes that it rests on; other actions as what they change. */
import { Stack, Table, Text } from '@mantine/core'
import type { Approval } from '../../api/here.ts'
import { Quote, useEvidence } from '../../parts/evidence.tsx'
import { asText, inWords } from '../../parts/format.ts'
import classes from './approvals.module.css'
import { segmentsOf, type Sentence } from './segments.ts'

export interface MailContent {
  envelope: { from: string; to: string[] }
  contactName: string
  subject: string
  text: string
  /** It answers a thread: its subject is the thread's. */
  references: string[]
}

/** Null where it is no mail, or its body is not for this person to read. */
export function contentOf({ kind, content }: Approval): MailContent | null {
  return kind === 'send_mail' && content !== null ? (content as unknown as MailContent) : null
}

export function MailView({ of }: { of: Approval }) {
  const mail = contentOf(of)
  if (!mail) return of.content ? <Fields of={of.content} /> : <Hidden />
  const claims = (of.sentences ?? []).filter(({ quotes }) => quotes.length > 0)
  return (
    <>
      <article className={classes.mail} aria-label="The mail as it will leave">
        <dl className={classes.envelope}>
          <dt>To</dt>
          <dd>
            {mail.contactName} <span className="dw-soft">{mail.envelope.to.join(', ')}</span>
          </dd>
          <dt>From</dt>
          <dd>{mail.envelope.from}</dd>
          <dt>Subject</dt>
          <dd className={classes.subject}>{mail.subject}</dd>
        </dl>
        <Body text={mail.text} sentences={of.sentences ?? []} />
      </article>
      {claims.length > 0 && (
        <section className={classes.part}>
          <Text component="h3" fw={600} size="sm" mb={6}>
            What it rests on
          </Text>
          <Stack gap="sm">
            {claims.map(({ text, quotes }, n) => (
              <div key={n}>
                <Text size="sm" mb={2}>
                  {text}
                </Text>
                {quotes.map(quote => (
                  <Quote key={quote.id} of={quote} />
                ))}
              </div>
            ))}
          </Stack>
        </section>
      )}
      {of.by === 'person' && (
        <Text size="sm" className="dw-soft" mt="sm">
          A person wrote this: it is their own word and needs no evidence.
        </Text>
      )}
    </>
  )
}

function Body({ text, sentences }: { text: string; sentences: readonly Sentence[] }) {
  const open = useEvidence()
  return (
    <div className={classes.body}>
      {segmentsOf(text, sentences).map(({ text: words, sentence }, n) => {
        const quote = sentence?.quotes[0]
        return quote ? (
          <button
            key={n}
            type="button"
            className={classes.claim}
            title={`“${quote.quote}”`}
            onClick={() => open(quote)}
          >
            {words}
          </button>
        ) : (
          <span key={n}>{words}</span>
        )
      })}
    </div>
  )
}

const Hidden = () => (
  <Text size="sm" className="dw-soft">
    Its text is not yours to read: bodies of mail are for who owns them and their team.
  </Text>
)

/** Other actions: every field with what it would be. */
function Fields({ of }: { of: Record<string, unknown> }) {
  return (
    <Table withRowBorders={false} verticalSpacing={4} className={classes.fields}>
      <Table.Tbody>
        {Object.entries(of).map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th fw={500}>{inWords(name)}</Table.Th>
            <Table.Td>{shown(value)}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  )
}

function shown(value: unknown) {
  if (value === null || value === '') return <span className="dw-soft">nothing</span>
  if (typeof value !== 'object') return asText(value)
  return <pre className={classes.json}>{JSON.stringify(value, null, 2)}</pre>
}
