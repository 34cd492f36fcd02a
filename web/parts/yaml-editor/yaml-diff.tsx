/** Two versions of a text side by side, what is equal folded away; one beneath the other where the screen is narrow. */
import { useEffect, useId, useRef } from 'react'
import { MergeView, unifiedMergeView } from '@codemirror/merge'
import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useMediaQuery } from '@mantine/hooks'
import { baseExtensions } from './extensions.ts'
import classes from './yaml-editor.module.css'

interface Props {
  before: string
  after: string
  /** What they are, e.g. `Version 3`. */
  labels?: readonly [before: string, after: string]
}

const FOLDED = { margin: 3, minSize: 6 }

export function YamlDiff({ before, after, labels: [left, right] = ['Before', 'After'] }: Props) {
  const hint = useId()
  const place = useRef<HTMLDivElement>(null)
  const narrow = useMediaQuery('(max-width: 62em)', false, { getInitialValueInEffect: false })
  useEffect(() => {
    const parent = place.current ?? document.body
    const read = (label: string) => [
      baseExtensions({ label, describedBy: hint }),
      EditorState.readOnly.of(true),
      changeColours,
    ]
    if (narrow) {
      const view = new EditorView({
        parent,
        doc: after,
        extensions: [
          read(`${right} against ${left}`),
          unifiedMergeView({ original: before, mergeControls: false, collapseUnchanged: FOLDED }),
        ],
      })
      return () => view.destroy()
    }
    const view = new MergeView({
      parent,
      a: { doc: before, extensions: read(left) },
      b: { doc: after, extensions: read(right) },
      collapseUnchanged: FOLDED,
    })
    return () => view.destroy()
  }, [before, after, left, right, hint, narrow])
  return (
    <section aria-label={`${left} against ${right}`} className={classes.diff}>
      <span id={hint} className="dw-heard">
        Read only.
      </span>
      {before === after ? (
        <p className={classes.same}>Both say the same.</p>
      ) : (
        <div className={classes.sides} aria-hidden>
          <span>{left}</span>
          <span>{right}</span>
        </div>
      )}
      <div ref={place} />
    </section>
  )
}

const changeColours = EditorView.theme({
  '&.cm-merge-a .cm-changedLine, .cm-deletedChunk': { backgroundColor: 'var(--dw-removed)' },
  '&.cm-merge-b .cm-changedLine, &:not(.cm-merge-a) .cm-changedLine': { backgroundColor: 'var(--dw-added)' },
  '&.cm-merge-a .cm-changedText, .cm-deletedChunk .cm-deletedText': { background: 'light-dark(#f9d6d6, #592b2a)' },
  '&.cm-merge-b .cm-changedText, &:not(.cm-merge-a) .cm-changedText': { background: 'light-dark(#cdeed6, #1e472b)' },
  '.cm-collapsedLines': { background: 'var(--dw-page)', color: 'var(--dw-soft)' },
})
