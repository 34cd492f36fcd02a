/** How the command writes ids, amounts and times for people. */

/** Enough of an id to tell records apart; every command takes it back. */
export const shortId = (id: string): string => id.slice(0, 8)

/** Amounts are kept in minor units: 1234500 EUR is 12,345.00. Currencies without minor units are shown as they are. */
export function money(minor: number | null, currency: string | null): string | null {
  if (minor === null) return null
  const format = new Intl.NumberFormat('en', {
    style: 'currency',
    currency: currency ?? 'EUR',
    currencyDisplay: 'code',
  })
  const digits = format.resolvedOptions().maximumFractionDigits ?? 2
  return format.format(minor / 10 ** digits).replaceAll('\u00a0', ' ')
}

/** In the zone of whoever reads it: `24 Nov 09:12`; with the year where it is another one. */
export function moment(at: Date | string | null, now: Date = new Date(), zone?: string): string | null {
  if (at === null) return null
  const date = new Date(at)
  const parts = Object.fromEntries(
    new Intl.DateTimeFormat('en-GB', {
      day: 'numeric',
      month: 'short',
      year: 'numeric',
      hour: '2-digit',
      minute: '2-digit',
      timeZone: zone,
    })
      .formatToParts(date)
      .map(part => [part.type, part.value]),
  )
  const year = date.getFullYear() === now.getFullYear() ? '' : ` ${parts.year}`
  return `${parts.day} ${parts.month}${year} ${parts.hour}:${parts.minute}`
}

export const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`

/** `a, b and c` */
export function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}

/** Wraps at words, each line indented, what is carried over by `hang`; line breaks of the text stay. */
export function wrap(text: string, width: number, indent = '', hang = indent): string {
  return text
    .split('\n')
    .flatMap(line =>
      wrapLine(line, Math.max(20, width - hang.length)).map((part, at) =>
        ((at === 0 ? indent : hang) + part).trimEnd(),
      ),
    )
    .join('\n')
}

function wrapLine(line: string, width: number): string[] {
  const out: string[] = []
  let current = ''
  for (const word of line.split(/ +/)) {
    if (current !== '' && current.length + 1 + word.length > width) {
      out.push(current)
      current = word
    } else current = current === '' ? word : `${current} ${word}`
  }
  return [...out, current]
}

/** `mail to Ann Lee <ann@lee.example>: Hello` → `mail to Ann Lee: Hello`, where space is short. */
export const withoutAddress = (text: string): string => text.replace(/ <[^<>@\s]+@[^<>\s]+>/, '')
