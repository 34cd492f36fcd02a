/**
 * The editor for what ops writes as YAML: playbooks, policies, scoring, territories. Loaded with the pages that use it, never with the
 * first one.
 *
 * - `<YamlEditor label value onChange problems complete readOnly highlight onCursor />`: `value` is the text that one sees; a value from
 *   elsewhere (another version, a draft that was found) takes its place. `problems` stand in their lines and beneath the text; undefined
 *   while nobody has looked. `complete` is the JSON Schema of the language: keys and words are offered from it (Ctrl-Space).
 *   `highlight` lights lines, `onCursor` tells the line that the cursor stands in: for what is drawn beside the text.
 * - `<YamlDiff before after labels />` (yaml-diff.tsx): two versions side by side, one beneath the other on a narrow screen.
 * - `useCheck(kind, text)` (check.ts): what the server finds wrong with it, a moment after one stopped typing.
 *
 * @example
 * const check = useCheck('scoring', draft.value)
 * <YamlEditor label="Scoring" value={draft.value} onChange={draft.set} problems={check.problems} />
 * <Button disabled={!check.inOrder}>Publish</Button>
 *
 * Tab indents. Escape, then Tab leaves the editor: said to whoever hears the page.
 */
import { useEffect, useId, useRef } from 'react'
import { setDiagnostics } from '@codemirror/lint'
import { Annotation, EditorSelection, EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useShortcuts } from '../../app/shortcuts.ts'
import { baseExtensions, diagnosticsOf, lit, writingExtensions } from './extensions.ts'
import { ProblemList } from './problem-list.tsx'
import type { Schema } from './schema.ts'
import classes from './yaml-editor.module.css'

/** Where a text is wrong. Lines and columns begin at 1. */
export interface TextProblem {
  line: number
  column: number
  message: string
}

interface Props {
  /** What the text is, for who hears the page. */
  label: string
  value: string
  onChange?: (value: string) => void
  problems?: readonly TextProblem[] | undefined
  complete?: Schema | undefined
  readOnly?: boolean
  /** Lines that are lit, both included. */
  highlight?: { from: number; to: number } | null
  /** Called with the line as the cursor moves. */
  onCursor?: (line: number) => void
}

export function YamlEditor(props: Props) {
  const { label, value, problems, readOnly = false, highlight = null } = props
  const hint = useId()
  const place = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView>(null)
  // What one typed comes back as `value`, perhaps while one types on: that is no text from elsewhere.
  const typed = useRef<string[]>([])
  const latest = useRef(props)
  useEffect(() => {
    latest.current = props
  })
  useEffect(() => {
    const editor = new EditorView({
      parent: place.current ?? document.body,
      state: EditorState.create({
        doc: latest.current.value,
        extensions: [
          baseExtensions({ label, describedBy: hint }),
          readOnly ? [EditorState.readOnly.of(true)] : writingExtensions(() => latest.current.complete),
          EditorView.updateListener.of(({ docChanged, selectionSet, state, transactions }) => {
            if (docChanged && !transactions.some(one => one.annotation(fromElsewhere))) {
              const text = state.doc.toString()
              typed.current.push(text)
              latest.current.onChange?.(text)
            }
            if (docChanged || selectionSet)
              latest.current.onCursor?.(state.doc.lineAt(state.selection.main.head).number)
          }),
        ],
      }),
    })
    view.current = editor
    return () => {
      editor.destroy()
      view.current = null
    }
  }, [label, hint, readOnly])
  useEffect(() => {
    const editor = view.current
    const own = typed.current.lastIndexOf(value)
    typed.current.splice(0, own < 0 ? typed.current.length : own + 1)
    if (!editor || own >= 0 || editor.state.doc.toString() === value) return
    const { length } = editor.state.doc
    editor.dispatch({ changes: { from: 0, to: length, insert: value }, annotations: fromElsewhere.of(true) })
  }, [value])
  useEffect(() => {
    const editor = view.current
    if (editor) editor.dispatch(setDiagnostics(editor.state, diagnosticsOf(editor.state.doc, problems ?? [])))
  }, [problems])
  const [from, to] = [highlight?.from, highlight?.to]
  useEffect(() => {
    const editor = view.current
    if (!editor) return
    const range = from === undefined || to === undefined ? null : { from, to }
    const { doc, selection } = editor.state
    const lineAt = (line: number) => doc.line(Math.min(Math.max(1, line), doc.lines))
    const cursor = doc.lineAt(selection.main.head).number
    // What is lit from elsewhere comes into view. What the cursor lit is there already, and must not move beneath the mouse.
    const shown =
      range && (cursor < range.from || cursor > range.to)
        ? [
            EditorView.scrollIntoView(EditorSelection.range(lineAt(range.to).to, lineAt(range.from).from), {
              y: 'nearest',
              yMargin: 24,
            }),
          ]
        : []
    editor.dispatch({ effects: [lit.of(range), ...shown] })
  }, [from, to])
  useShortcuts('The text', [{ keys: 'i', what: 'Into the text', run: () => view.current?.focus() }], {
    enabled: !readOnly,
  })
  return (
    <div className={classes.frame}>
      <span id={hint} className="dw-heard">
        {readOnly ? 'Read only.' : 'Tab indents. Press Escape, then Tab, to leave the editor.'}
      </span>
      <div ref={place} className={classes.editor} />
      {problems !== undefined && (
        <ProblemList problems={problems} goTo={problem => view.current && moveTo(view.current, problem)} />
      )}
    </div>
  )
}

/** A text that somebody else put in: nobody typed it. */
const fromElsewhere = Annotation.define<boolean>()

/** The cursor stands at this place, in view. */
function moveTo(view: EditorView, { line, column }: { line: number; column: number }): void {
  const { doc } = view.state
  const at = doc.line(Math.min(Math.max(1, line), doc.lines))
  const anchor = Math.min(at.to, at.from + Math.max(0, column - 1))
  view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
  view.focus()
}
