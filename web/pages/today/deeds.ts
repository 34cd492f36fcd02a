/** What can be done with each kind of thing that needs a person: one main deed, and for some another. */
import { answered, api, type Me, type TodayItem } from '../../api/here.ts'

export interface Deed {
  /** On the button. */
  word: string
  /** In the message, as done. */
  said: string
  send: () => Promise<unknown>
}

export interface Deeds {
  main: Deed
  other?: Deed
}

/** Null: looked at elsewhere (approvals have a pane of their own), or not for this person to do. */
export function deedsFor({ kind, id, title }: TodayItem, me: Me): Deeds | null {
  const param = { id }
  const make: Record<string, () => Deeds | null> = {
    task: () => ({
      main: { word: 'Done', said: `Done: ${title}`, send: () => closeTask(id, 'done') },
      other: { word: 'Not needed', said: `Not needed: ${title}`, send: () => closeTask(id, 'cancelled') },
    }),
    lead: () => ({
      main: { word: 'Take it up', said: `Yours now: ${title}`, send: () => takeUp(id, me.id) },
    }),
    suggestion: () => ({
      main: {
        word: 'Accept',
        said: `Accepted: ${title}`,
        send: () => answered(api.suggestions[':id'].accept.$post({ param })),
      },
      other: {
        word: 'Keep mine',
        said: `Kept as it was: ${title}`,
        send: () => answered(api.suggestions[':id'].refuse.$post({ param })),
      },
    }),
    paused_run: () =>
      me.role === 'rep' || me.role === 'viewer'
        ? null
        : {
            main: {
              word: 'Try again',
              said: `Goes on: ${title}`,
              send: () => answered(api.runs[':id'].resume.$post({ param, json: { why: 'from Today' } })),
            },
            other: {
              word: 'Skip the step',
              said: `Step skipped: ${title}`,
              send: () => answered(api.runs[':id'].skip.$post({ param, json: { why: 'from Today' } })),
            },
          },
    uncertain: () => ({
      main: {
        word: 'It was sent',
        said: `Settled as sent: ${title}`,
        send: () => answered(api.actions[':id'].settle.$post({ param, json: { sent: true } })),
      },
      other: {
        word: 'It was not sent',
        said: `Settled as not sent: ${title}`,
        send: () => answered(api.actions[':id'].settle.$post({ param, json: { sent: false } })),
      },
    }),
  }
  return me.role === 'viewer' ? null : (make[kind]?.() ?? null)
}

/** From the state as it is now: what one looked at was its title, which says enough. */
async function closeTask(id: string, status: 'done' | 'cancelled'): Promise<void> {
  const { etag } = await answered(api.tasks[':id'].$get({ param: { id } }))
  const change = { param: { id }, json: { set: { status }, why: 'from Today' } }
  await answered(api.tasks[':id'].$patch(change, { headers: { 'if-match': etag ?? '' } }))
}

async function takeUp(id: string, ownerId: string): Promise<void> {
  const { data, etag } = await answered(api.leads[':id'].$get({ param: { id } }))
  const set = { status: 'working' as const, ...(data.ownerId === null ? { ownerId } : {}) }
  const change = { param: { id }, json: { set, why: 'taken up from Today' } }
  await answered(api.leads[':id'].$patch(change, { headers: { 'if-match': etag ?? '' } }))
}
