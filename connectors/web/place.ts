/** Host and path, for messages: a query can hold secrets, so it is left out. */
export function placeOf(url: URL): string {
  const path = url.pathname.length > 120 ? `${url.pathname.slice(0, 120)}…` : url.pathname
  return `${url.host}${path}`
}

/** Null for what is no absolute URL. */
export function parseUrl(written: string, base?: URL): URL | null {
  try {
    return new URL(written, base)
  } catch {
    return null
  }
}
