/** The activities of a workflow as its history tells them: on which queue, how many, how many at once. */
import type { Client } from '@temporalio/client'

/** Activities that ran side by side; the next stage began when they had ended. */
export interface Stage {
  /** Queue of each activity, without the prefix, in the order they were scheduled. */
  queues: string[]
  atOnce: number
}

export interface Shape {
  stages: Stage[]
  /** Activities that completed. Local activities are not among them. */
  activities: number
  /** Tasks that the workflow's own code ran for. */
  workflowTasks: number
  events: number
}

interface Span {
  queue: string
  from: number
  to: number
}

/** Reads the histories of `workflowIds`, some at once. */
export async function shapesOf(client: Client, workflowIds: readonly string[]): Promise<Shape[]> {
  const shapes: Shape[] = []
  const waiting = [...workflowIds]
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) shapes.push(await shapeOf(client, id))
    }),
  )
  return shapes
}

async function shapeOf(client: Client, workflowId: string): Promise<Shape> {
  const { events } = await client.workflow.getHandle(workflowId).fetchHistory()
  const spans = new Map<number, Span>()
  let workflowTasks = 0
  for (const event of events ?? []) {
    const id = Number(event.eventId)
    const scheduled = event.activityTaskScheduledEventAttributes
    if (scheduled) spans.set(id, { queue: queueOf(scheduled.taskQueue?.name ?? ''), from: id, to: Infinity })
    const of = event.activityTaskCompletedEventAttributes ?? event.activityTaskFailedEventAttributes
    const span = of && spans.get(Number(of.scheduledEventId))
    if (span) span.to = id
    if (event.workflowTaskCompletedEventAttributes) workflowTasks += 1
  }
  const ended = [...spans.values()].filter(span => span.to !== Infinity)
  return { stages: stagesOf(ended), activities: ended.length, workflowTasks, events: events?.length ?? 0 }
}

const queueOf = (name: string): string => name.slice(name.lastIndexOf('-') + 1)

/** `spans` in the order they were scheduled. Event ids order what happened: who was scheduled before all others had ended ran beside them. */
function stagesOf(spans: readonly Span[]): Stage[] {
  const groups: Span[][] = []
  let end = 0
  for (const span of spans) {
    if (span.from < end) groups.at(-1)?.push(span)
    else groups.push([span])
    end = Math.max(end, span.to)
  }
  return groups.map(group => ({
    queues: group.map(span => span.queue),
    atOnce: Math.max(...group.map(one => group.filter(other => other.from <= one.from && other.to > one.from).length)),
  }))
}
