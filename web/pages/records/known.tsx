/** What is known: brief, facts with their quotes, and what is not known with the question that would settle it. */
import { Badge, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { inWords } from '../../parts/format.ts'
import { Quote } from '../../parts/evidence.tsx'
import { When } from '../../parts/time.tsx'
import { Cites } from './cite.tsx'
import { groupFacts, type FactGroup, type FactValue } from './fact-groups.ts'
import type { Fact, Overview } from './record.ts'
import classes from './records.module.css'
import { Nothing, Section } from './section.tsx'

type Facts = ReadonlyMap<string, Fact>

export function BriefSection({ brief, facts }: { brief: Overview['brief']; facts: Facts }) {
  if (!brief)
    return (
      <Section title="Brief">
        <Nothing>
          There is no brief yet. One is written as soon as their site and what they wrote have been read, usually within
          minutes.
        </Nothing>
      </Section>
    )
  const sections = [...new Set(brief.lines.map(({ section }) => section))]
  return (
    <Section
      title="Brief"
      aside={
        <Text size="xs" className="dw-soft">
          {brief.by === 'rules' ? 'By rules, ' : ''}
          <When at={brief.at} />
        </Text>
      }
    >
      <Stack gap="xs">
        {sections.map(section => (
          <div key={section}>
            <Text size="xs" fw={600} className="dw-soft">
              {inWords(section)}
            </Text>
            {brief.lines
              .filter(line => line.section === section)
              .map(line => (
                <Text key={line.text} size="sm" component="div">
                  {line.text}
                  <Cites ids={line.factIds} facts={facts} />
                </Text>
              ))}
          </div>
        ))}
      </Stack>
    </Section>
  )
}

export function FactsSection({ facts }: { facts: readonly Fact[] }) {
  const groups = groupFacts(facts)
  const disagreeing = groups.filter(({ disagree }) => disagree).length
  return (
    <Section
      title="Facts"
      aside={
        disagreeing > 0 && (
          <Badge color="orange" variant="dot">
            {disagreeing === 1 ? 'Sources disagree once' : `Sources disagree ${disagreeing}×`}
          </Badge>
        )
      }
    >
      {groups.length === 0 && (
        <Nothing>
          Nothing has been read yet. Facts come from their site, their mails and notes, each with its quote.
        </Nothing>
      )}
      {groups.map(group => (
        <div key={group.kind} className={classes.kind}>
          <Text size="sm" className="dw-soft">
            {inWords(group.kind)}
          </Text>
          <Values group={group} />
        </div>
      ))}
    </Section>
  )
}

function Values({ group }: { group: FactGroup }) {
  if (!group.disagree)
    return (
      <Stack gap={6}>
        {group.values.map(value => (
          <Value key={value.facts[0]?.id} of={value} />
        ))}
      </Stack>
    )
  return (
    <div role="group" aria-label={`${inWords(group.kind)}: sources disagree`}>
      <Group gap={4} mb={4} className={classes.warned}>
        <IconAlertTriangle size={14} aria-hidden />
        <Text size="xs" fw={600}>
          Sources disagree
        </Text>
      </Group>
      <div className={classes.sides}>
        {group.values.map(value => (
          <Value key={value.facts[0]?.id} of={value} dated />
        ))}
      </div>
    </div>
  )
}

function Value({ of: { value, facts }, dated = false }: { of: FactValue; dated?: boolean }) {
  const [newest] = facts
  return (
    <div>
      <Text size="sm" fw={500}>
        {value}
        {dated && newest && (
          <Text span size="xs" className="dw-soft">
            {' '}
            · read <When at={newest.observedAt} />
          </Text>
        )}
      </Text>
      {facts.slice(0, 3).map(fact => (
        <Quote key={fact.id} of={fact} />
      ))}
      {facts.length > 3 && (
        <Text size="xs" className="dw-soft">
          and {facts.length - 3} more that say so
        </Text>
      )}
    </div>
  )
}

export function UnknownsSection({ unknowns }: { unknowns: Overview['unknowns'] }) {
  if (unknowns.length === 0) return null
  return (
    <Section title="Not known yet">
      <ul className={classes.rows}>
        {unknowns.map(({ what, question }) => (
          <li key={what}>
            <Text size="sm" fw={500}>
              {inWords(what)}
            </Text>
            <Text size="sm" className="dw-soft">
              Ask: {question}
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  )
}

const VERDICTS = {
  qualified: { color: 'green', word: 'Qualified' },
  disqualified: { color: 'red', word: 'Not a fit' },
  open: { color: 'gray', word: 'Open' },
} as const
const STATES = {
  met: { color: 'green', word: 'Met' },
  unmet: { color: 'red', word: 'Not met' },
  unknown: { color: 'gray', word: 'Not known' },
} as const

export function QualificationSection({ of, facts }: { of: Overview['qualification']; facts: Facts }) {
  if (!of) return null
  const { color, word } = VERDICTS[of.verdict]
  return (
    <Section
      title="Qualification"
      aside={
        <Badge color={color} variant="dot">
          {word}
        </Badge>
      }
    >
      <div className={classes.four}>
        {of.factors.map(({ factor, status, reason, question, factIds }) => (
          <div key={factor} className={classes.factor} role="group" aria-label={inWords(factor)}>
            <Group justify="space-between" gap={4} wrap="nowrap">
              <Text size="sm" fw={600}>
                {inWords(factor)}
              </Text>
              <Badge color={STATES[status].color} size="sm" variant="dot">
                {STATES[status].word}
              </Badge>
            </Group>
            <Text size="xs" className="dw-soft" mt={2}>
              {reason}
            </Text>
            {factIds
              .flatMap(id => facts.get(id) ?? [])
              .map(fact => (
                <Quote key={fact.id} of={fact} />
              ))}
            {question !== null && (
              <Text size="xs" mt={4}>
                <Text span size="xs" fw={600}>
                  Ask:
                </Text>{' '}
                {question}
              </Text>
            )}
          </div>
        ))}
      </div>
    </Section>
  )
}
