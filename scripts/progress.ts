/** Bars for long work: drawn on a terminal's standard error, and nothing at all in a pipe or a log. */

export interface Progress {
  /** `total` may become known, or grow, as the work goes on. */
  update: (done: number, total?: number, note?: string) => void
  /** Clears the bar. */
  end: () => void
}

const REDRAW_MS = 100
const BAR = 24

export function progress(label: string, out: NodeJS.WriteStream = process.stderr): Progress {
  if (!out.isTTY) return { update() {}, end() {} }
  let drawnAt = 0
  return {
    update(done, total, note = '') {
      const now = Date.now()
      if (now - drawnAt < REDRAW_MS && done !== total) return
      drawnAt = now
      out.write(`\r\u001B[2K${barLine(label, done, total, note).slice(0, (out.columns || 80) - 1)}`)
    },
    end() {
      out.write('\r\u001B[2K')
    },
  }
}

export function barLine(label: string, done: number, total: number | undefined, note: string): string {
  const tail = note === '' ? '' : `  ${note}`
  if (total === undefined || total <= 0) return `${label}  ${done}${tail}`
  const share = Math.min(Math.max(done / total, 0), 1)
  const full = Math.round(share * BAR)
  return `${label}  ${'█'.repeat(full)}${'░'.repeat(BAR - full)}  ${done}/${total}  ${Math.floor(share * 100)} %${tail}`
}
