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
export function deedsFor({ kind, id, title, owner }: TodayItem, me: Me): Deeds | null {
  const param = { id }
  const make: Record<string, () => Deeds | null> = {
    task: () => ({
      main: { word: 'Done', said: `Done: ${title}`, send: () => closeTask(id, 'done') },
      other: { word: 'Not needed', said: `Not needed: ${title}`, send: () => closeTask(id, 'cancelled') },
    }),
    lead: () => ({
      main: { word: 'Take it up', said: `Yours now: ${title}`, send: () => takeUp(id, owner === null ? me.id : null) },
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

/** Whatever else of it has changed: that it is over stays true. One request, so that it is sent even as the page is left. */
const ANY_STATE = { headers: { 'if-match': '*' } }

const closeTask = (id: string, status: 'done' | 'cancelled') =>
  answered(api.tasks[':id'].$patch({ param: { id }, json: { set: { status }, why: 'from Today' } }, ANY_STATE))

const takeUp = (id: string, ownerId: string | null) => {
  const set = { status: 'working' as const, ...(ownerId === null ? {} : { ownerId }) }
  return answered(api.leads[':id'].$patch({ param: { id }, json: { set, why: 'taken up from Today' } }, ANY_STATE))
}
