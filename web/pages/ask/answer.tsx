/** One question with its answer as far as it has come. Everything is shown as text: nothing in it is HTML, and nothing is loaded. */
import { Badge, Button, Loader, Text, Title } from '@mantine/core'
import { Link } from 'wouter'
import type { Ask } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { Keys } from '../../parts/keys.tsx'
import { When } from '../../parts/time.tsx'
import classes from './ask.module.css'

type Sentence = Ask['sentences'][number]
type SentenceRecord = Sentence['records'][number]

interface Props {
  ask: Ask
  cancel: () => void
  choose: (offer: Ask['offers'][number]) => void
}

export const isOpen = ({ status }: Pick<Ask, 'status'>): boolean => status === 'asked' || status === 'answering'

export function Answer({ ask, cancel, choose }: Props) {
  const open = isOpen(ask)
  return (
    <section className={`dw-card ${classes.answer}`} aria-labelledby="question">
      <Title order={2} fz="lg" id="question" className={classes.question}>
        {ask.question}
      </Title>
      <Text size="xs" className="dw-soft" component="div">
        Asked <When at={ask.createdAt} />
        {ask.by === 'rules' && ' · answered from a saved query, without a model'}
      </Text>
      <Looks of={ask.looks} />
      <div role="log" aria-label="Answer" aria-busy={open}>
        {ask.sentences.map((sentence, n) => (
          <OneSentence key={n} of={sentence} />
        ))}
      </div>
      {open && (
        <div className={classes.going}>
          <Loader size="xs" type="dots" aria-hidden />
          <Text size="sm" className="dw-soft" role="status">
            {going(ask)}
          </Text>
          <Button size="compact-sm" variant="default" onClick={cancel} rightSection={<Keys of="r" />}>
            Stop
          </Button>
        </div>
      )}
      {ask.status === 'cancelled' && <Text size="sm">You stopped this answer.</Text>}
      {ask.why !== null && (
        <Text size="sm" className="dw-soft" mt="sm" role={ask.status === 'failed' ? 'alert' : undefined}>
          {ask.why}
        </Text>
      )}
      {ask.offers.length > 0 && (
        <ul className={classes.offers} aria-label="Saved queries">
          {ask.offers.map(offer => (
            <li key={offer.name}>
              <Button variant="light" size="xs" onClick={() => choose(offer)}>
                {offer.title}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function going({ status, looks, sentences }: Ask): string {
  if (status === 'asked') return 'Waiting for its turn'
  if (sentences.length > 0) return 'Answering'
  return looks.length > 0 ? 'Reading what was found' : 'Looking'
}

/** Folded: what the answer rests on in the order in which it was looked at. */
function Looks({ of }: { of: Ask['looks'] }) {
  const last = of.at(-1)
  if (last === undefined) return null
  return (
    <details className={classes.looks}>
      <summary>{of.length === 1 ? last.told : `${last.told}, and ${of.length - 1} more before`}</summary>
      <ol>
        {of.map(({ told }, n) => (
          <li key={n}>{told}</li>
        ))}
      </ol>
    </details>
  )
}

const placeOf: Record<SentenceRecord['kind'], (id: string) => string> = {
  lead: to.lead,
  account: to.account,
  contact: to.contact,
  deal: to.deal,
}

function OneSentence({ of: { text, records, unsupported } }: { of: Sentence }) {
  return (
    <p className={classes.sentence}>
      {text}{' '}
      {records.map(({ kind, id, name }) => (
        <Link key={id} href={placeOf[kind](id)} className={classes.record}>
          {name}
        </Link>
      ))}
      {unsupported.length > 0 && (
        <Badge color="orange" variant="light" className={classes.doubt}>
          Not from the records: {unsupported.join(', ')}
        </Badge>
      )}
    </p>
  )
}
