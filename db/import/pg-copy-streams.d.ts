/** What we use of pg-copy-streams, which ships no types. */
declare module 'pg-copy-streams' {
  import type { Readable, Writable } from 'node:stream'
  import type { Submittable } from 'pg'
  /** A query that takes COPY data: write to it, then end it. */
  export function from(text: string): Writable & Submittable
  /** A query that gives COPY data: read from it. */
  export function to(text: string): Readable & Submittable
}
