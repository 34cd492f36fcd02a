/**
 * Resolves when this process is asked to stop: Ctrl-C, SIGTERM, a closed terminal, or (started through npm) npm's death, since
 * npm hands SIGTERM only to a shell that does not pass it on. A second Ctrl-C ends at once; every part ends with us.
 */
export function untilStopped(): Promise<null> {
  return new Promise(resolve => {
    let asked = 0
    const ask = () => {
      asked++
      if (asked > 1) process.exit(130)
      resolve(null)
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask)
    if (process.env.npm_lifecycle_event === undefined) return
    const parent = process.ppid
    const watch = setInterval(() => {
      if (process.ppid === parent) return
      clearInterval(watch)
      resolve(null)
    }, 500)
    watch.unref()
  })
}
