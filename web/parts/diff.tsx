/** What changed from one text to the next, line by line. */
import classes from './diff.module.css'

interface Part {
  change: 'same' | 'added' | 'removed'
  text: string
}

const SIGNS = { same: ' ', added: '+', removed: '−' } as const
const HEARD = { same: '', added: 'Added: ', removed: 'Removed: ' } as const

export function Diff({ parts }: { parts: readonly Part[] }) {
  const lines = parts.flatMap(({ change, text }) =>
    text
      .replace(/\n$/, '')
      .split('\n')
      .map(line => ({ change, line })),
  )
  return (
    <div className={classes.diff} role="group" aria-label="What changed">
      {lines.map(({ change, line }, n) => (
        <div key={n} className={classes[change]}>
          <span aria-hidden className={classes.sign}>
            {SIGNS[change]}
          </span>
          {HEARD[change] && <span className="dw-heard">{HEARD[change]}</span>}
          <span>{line || '\u00a0'}</span>
        </div>
      ))}
    </div>
  )
}
