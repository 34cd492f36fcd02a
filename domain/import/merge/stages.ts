/** Finds the stage a file means among those there are; one that no pipeline has is added, so that no deal loses its state. */
import { labelKey } from '../normalise/name.ts'

export type StageKind = 'open' | 'won' | 'lost'

export interface StageRow {
  id: string
  pipelineId: string
  name: string
  position: number
  kind: StageKind
}

export interface PipelineRow {
  id: string
  name: string
}

/** The pipeline that deals go to when a file names none: the store's first, or one of this name. */
export const DEFAULT_PIPELINE = 'Sales'

export class StageBook {
  readonly newPipelines: PipelineRow[] = []
  readonly newStages: StageRow[] = []
  private readonly pipelines: PipelineRow[]
  private readonly stages: StageRow[]
  private readonly newId: () => string
  private readonly known = new Map<string, StageRow>()

  constructor(pipelines: readonly PipelineRow[], stages: readonly StageRow[], newId: () => string) {
    this.pipelines = [...pipelines]
    this.stages = [...stages]
    this.newId = newId
  }

  find(pipeline: string | null, stage: string | null, kind: StageKind): StageRow {
    const key = `${pipeline ?? ''}\n${stage ?? ''}\n${kind}`
    const known = this.known.get(key)
    if (known !== undefined) return known
    const found = this.lookUp(this.pipeline(pipeline), stage, kind)
    this.known.set(key, found)
    return found
  }

  private pipeline(name: string | null): PipelineRow {
    const wanted = labelKey(name ?? '')
    const named = this.pipelines.find(row => wanted !== '' && labelKey(row.name) === wanted)
    const fallback =
      name === null ? (this.pipelines.find(row => row.name === DEFAULT_PIPELINE) ?? this.pipelines[0]) : undefined
    const found = named ?? fallback
    if (found !== undefined) return found
    const made = { id: this.newId(), name: name ?? DEFAULT_PIPELINE }
    this.pipelines.push(made)
    this.newPipelines.push(made)
    return made
  }

  private lookUp(pipeline: PipelineRow, stage: string | null, kind: StageKind): StageRow {
    const own = this.stages.filter(row => row.pipelineId === pipeline.id).sort((a, b) => a.position - b.position)
    if (kind !== 'open')
      return own.find(row => row.kind === kind) ?? this.add(pipeline, own, kind === 'won' ? 'Won' : 'Lost', kind)
    const wanted = labelKey(stage ?? '')
    const named = own.find(row => wanted !== '' && labelKey(row.name) === wanted)
    if (named !== undefined) return named
    if (stage === null) return own.find(row => row.kind === 'open') ?? this.add(pipeline, own, 'Open', 'open')
    return this.add(pipeline, own, stage, 'open')
  }

  private add(pipeline: PipelineRow, own: readonly StageRow[], name: string, kind: StageKind): StageRow {
    const position = own.reduce((last, row) => Math.max(last, row.position), 0) + 1
    const made: StageRow = { id: this.newId(), pipelineId: pipeline.id, name, position, kind }
    this.stages.push(made)
    this.newStages.push(made)
    return made
  }
}
