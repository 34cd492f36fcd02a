/** Deals by stage: moved by mouse, by arrow keys or from a list; each column holds its first ones and more on request. */
import { useCallback, useEffect, useRef, useState, type DragEvent, type KeyboardEvent } from 'react'
import { useQuery } from '@tanstack/react-query'
import { useLocation } from 'wouter'
import { answered, api } from '../../api/here.ts'
import { to } from '../../app/paths.ts'
import { useShortcuts } from '../../app/shortcuts.ts'
import classes from './board.module.css'
import { Column } from './column.tsx'
import type { DealRow, Pipeline, Stage } from './deal-data.ts'
import { AskBeforeMove, ChooseStage } from './move-dialogs.tsx'
import { useMoves } from './move.ts'

interface Props {
  pipeline: Pipeline
  owner: string | undefined
  may: boolean
}

/** The link of a card, by which it has the focus. */
const CARD = '[data-deal]'

export function Board({ pipeline, owner, may }: Props) {
  const { stages } = pipeline
  const place = useRef<HTMLDivElement>(null)
  const known = useRef(new Map<string, DealRow>())
  const remember = useCallback((rows: readonly DealRow[]) => {
    for (const row of rows) known.current.set(row.id, row)
  }, [])
  const [said, announce] = useState('')
  const [over, setOver] = useState<string | null>(null)
  const [choosing, setChoosing] = useState<DealRow | null>(null)
  const { moves, asking, begin, put, cancel } = useMoves(announce)
  const stageOf = (row: DealRow) => moves.get(row.id)?.stage.id ?? row.stageId
  const totals = useQuery({
    queryKey: ['deals', 'totals', pipeline.id, owner],
    queryFn: async () => {
      const query = { pipeline: pipeline.id, ...(owner ? { owner } : {}) }
      return (await answered(api['stage-totals'].$get({ query }))).data.items
    },
  })

  // A card that was moved keeps the focus in its new column.
  const wanted = useRef<string | null>(null)
  useEffect(() => {
    const id = asking ? null : wanted.current
    const card = id === null ? null : place.current?.querySelector<HTMLElement>(`[data-deal="${id}"]`)
    if (!card) return
    wanted.current = null
    card.focus()
  })

  const move = (row: DealRow | undefined, stage: Stage | undefined) => {
    if (!row || !stage || !may) return
    wanted.current = row.id
    void begin(row, stage)
  }
  const focused = (): DealRow | undefined => {
    const id = (document.activeElement as HTMLElement | null)?.dataset['deal']
    return id === undefined ? undefined : known.current.get(id)
  }
  const aside = (by: number) => {
    const row = focused()
    const at = row ? stages.findIndex(({ id }) => id === stageOf(row)) : -1
    if (at >= 0) move(row, stages[at + by])
  }
  const choose = () => {
    const row = focused()
    if (row && may) setChoosing(row)
  }
  const go = (right: number, down: number) => focusBy(place.current, right, down)
  const [, navigate] = useLocation()
  useShortcuts('Board', [
    { keys: 'j', what: 'Next deal', run: () => go(0, 1) },
    { keys: 'k', what: 'Deal before', run: () => go(0, -1) },
    { keys: 'l', what: 'Stage to the right', run: () => go(1, 0) },
    { keys: 'h', what: 'Stage to the left', run: () => go(-1, 0) },
    {
      keys: 'o',
      what: 'Open the deal',
      run: () => {
        const row = focused()
        if (row) navigate(to.deal(row.id))
      },
    },
    ...(may
      ? [
          { keys: 'm', what: 'Move it to another stage', run: choose },
          { keys: 'Shift+ArrowRight', what: 'Move it one stage on', run: () => aside(1) },
          { keys: 'Shift+ArrowLeft', what: 'Move it one stage back', run: () => aside(-1) },
        ]
      : []),
  ])
  const arrows = (event: KeyboardEvent) => {
    const step = ARROWS[event.key]
    if (!step || event.shiftKey || event.metaKey || event.ctrlKey || event.altKey) return
    if (!(event.target as HTMLElement).matches(CARD)) return
    event.preventDefault()
    go(...step)
  }
  const dropped = (event: DragEvent, stage: Stage) => {
    event.preventDefault()
    setOver(null)
    move(known.current.get(event.dataTransfer.getData('text/x-deal')), stage)
  }
  return (
    <>
      <div
        ref={place}
        className={classes.board}
        onKeyDown={arrows}
        tabIndex={0}
        role="group"
        aria-label={`Stages of ${pipeline.name}`}
      >
        {stages.map(stage => (
          <Column
            key={stage.id}
            stage={stage}
            owner={owner}
            total={totals.data?.find(({ stageId }) => stageId === stage.id)}
            counted={totals.data !== undefined}
            moves={moves}
            may={may}
            remember={remember}
            choose={setChoosing}
            over={over === stage.id}
            onOver={isOver => setOver(isOver ? stage.id : now => (now === stage.id ? null : now))}
            onDrop={event => dropped(event, stage)}
          />
        ))}
      </div>
      <div className="dw-heard" role="status" aria-live="polite">
        {said}
      </div>
      <ChooseStage
        row={choosing}
        at={choosing ? stageOf(choosing) : undefined}
        stages={stages}
        close={() => setChoosing(null)}
        choose={stage => move(choosing ?? undefined, stage)}
      />
      {asking && <AskBeforeMove key={asking.row.id} asking={asking} close={cancel} put={put} />}
    </>
  )
}

const ARROWS: Readonly<Record<string, [right: number, down: number]>> = {
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
}

/** From the card that has the focus to its neighbour; over empty columns to the next that has cards. Without one, to the first. */
function focusBy(board: HTMLElement | null, right: number, down: number): void {
  const columns = [...(board?.querySelectorAll('[data-stage]') ?? [])]
    .map(column => [...column.querySelectorAll<HTMLElement>(CARD)])
    .filter(cards => cards.length > 0)
  const at = columns.findIndex(cards => cards.includes(document.activeElement as HTMLElement))
  const row = columns[at]?.indexOf(document.activeElement as HTMLElement) ?? -1
  const column = columns[at < 0 ? 0 : Math.max(0, Math.min(columns.length - 1, at + right))] ?? []
  const next = column[at < 0 ? 0 : Math.max(0, Math.min(column.length - 1, row + down))]
  next?.focus()
  next?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
}
