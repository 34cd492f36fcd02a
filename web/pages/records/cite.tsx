/** The quotes that a sentence rests on, as small marks behind it; each opens its source. */
import { UnstyledButton } from '@mantine/core'
import { IconQuote } from '@tabler/icons-react'
import { useEvidence } from '../../parts/evidence.tsx'
import type { Fact } from './record.ts'
import classes from './records.module.css'

export function Cites({ ids, facts }: { ids: readonly string[]; facts: ReadonlyMap<string, Fact> }) {
  const open = useEvidence()
  return ids.flatMap(id => {
    const fact = facts.get(id)
    if (!fact) return []
    return (
      <UnstyledButton
        key={id}
        className={classes.cite}
        onClick={() => open(fact)}
        aria-label={`Evidence: ${fact.quote}`}
        title={fact.quote}
      >
        <IconQuote size={13} aria-hidden />
      </UnstyledButton>
    )
  })
}
