/** What the editor is made of: keys, looks in both themes, lines that are lit, mistakes in their place. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands'
import { yaml } from '@codemirror/lang-yaml'
import { bracketMatching, HighlightStyle, indentUnit, syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, lintKeymap } from '@codemirror/lint'
import { highlightSelectionMatches, search, searchKeymap } from '@codemirror/search'
import { EditorState, type Extension, StateEffect, StateField, type Text } from '@codemirror/state'
import {
  Decoration,
  type DecorationSet,
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from '@codemirror/view'
import { tags } from '@lezer/highlight'
import { styleNonce } from '../../app/nonce.ts'
import { completionSource } from './complete.ts'
import type { Schema } from './schema.ts'
import type { TextProblem } from './yaml-editor.tsx'

/** Ctrl-Enter is the page's: it puts a text in force. */
const ownKeys = defaultKeymap.filter(({ key }) => key !== 'Mod-Enter')

/** Of texts that are read and texts that are written. */
export function baseExtensions({ label, describedBy }: { label: string; describedBy: string }): Extension {
  return [
    // The page's policy refuses styles that do not carry it.
    EditorView.cspNonce.of(styleNonce()),
    EditorView.contentAttributes.of({
      'aria-label': label,
      'aria-describedby': describedBy,
      spellcheck: 'false',
      tabindex: '0',
    }),
    EditorState.tabSize.of(2),
    indentUnit.of('  '),
    EditorView.lineWrapping,
    lineNumbers(),
    highlightActiveLineGutter(),
    highlightActiveLine(),
    drawSelection(),
    yaml(),
    looks,
    litLines,
    search({ top: true }),
    highlightSelectionMatches(),
    keymap.of([...ownKeys, ...searchKeymap, ...lintKeymap]),
  ]
}

/** @param schema of the language as it is known now */
export function writingExtensions(schema: () => Schema | undefined): Extension {
  return [
    history(),
    bracketMatching(),
    closeBrackets(),
    autocompletion({ override: [completionSource(schema)], icons: false }),
    leavable,
    keymap.of([...closeBracketsKeymap, ...historyKeymap, ...completionKeymap, indentWithTab]),
  ]
}

/** Tab indents, and so would hold whoever has no mouse: after Escape it goes on to what comes next, until one types again. */
const leavable: Extension = [
  keymap.of([
    {
      key: 'Escape',
      run: view => {
        view.setTabFocusMode(true)
        return false
      },
    },
  ]),
  EditorView.updateListener.of(({ view, docChanged, focusChanged }) => {
    if (docChanged || focusChanged) view.setTabFocusMode(false)
  }),
]

/** Lights these lines; null: none. */
export const lit = StateEffect.define<{ from: number; to: number } | null>()

const LIT = Decoration.line({ class: 'cm-lit' })

const litLines = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(marks, { changes, effects, state }) {
    const said = effects.find(effect => effect.is(lit))
    if (!said) return marks.map(changes)
    const { value } = said
    if (value === null) return Decoration.none
    const lines = []
    for (let line = Math.max(1, value.from); line <= Math.min(value.to, state.doc.lines); line++)
      lines.push(LIT.range(state.doc.line(line).from))
    return Decoration.set(lines)
  },
  provide: field => EditorView.decorations.from(field),
})

/** Each from its place to the end of its word, or of its line where it stands at none. */
export function diagnosticsOf(doc: Text, problems: readonly TextProblem[]): Diagnostic[] {
  return problems.map(({ line, column, message }) => {
    const at = doc.line(Math.min(Math.max(1, line), doc.lines))
    const from = Math.min(at.to, at.from + Math.max(0, column - 1))
    const word = /^[\w.'"-]+/.exec(at.text.slice(from - at.from))?.[0].length ?? 0
    return { from, to: word > 0 ? from + word : at.to, severity: 'error', message }
  })
}

/** Colours of app.css, or pairs of a light and a dark one; each reads at least 4.5 : 1 on its ground. */
const looks: Extension = [
  syntaxHighlighting(
    HighlightStyle.define([
      { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: 'light-dark(#3145b5, #9db0ff)' },
      { tag: tags.string, color: 'light-dark(#13703b, #7fd6a0)' },
      // Read on the tints of a comparison too.
      { tag: [tags.lineComment, tags.comment], color: 'light-dark(#4a5160, #bcc3cf)', fontStyle: 'italic' },
      { tag: [tags.meta, tags.keyword, tags.labelName], color: 'light-dark(#8a3b94, #e0a3ea)' },
      { tag: [tags.punctuation, tags.separator, tags.squareBracket, tags.brace], color: 'var(--dw-soft)' },
    ]),
  ),
  EditorView.theme({
    '&': { height: '100%', backgroundColor: 'var(--dw-card)', color: 'var(--mantine-color-text)', fontSize: '13px' },
    '&.cm-focused': { outline: '2px solid var(--mantine-primary-color-filled)', outlineOffset: '-2px' },
    '.cm-scroller': { fontFamily: 'var(--mantine-font-family-monospace)', lineHeight: '1.6', overflow: 'auto' },
    '.cm-content': { padding: '8px 0', caretColor: 'var(--mantine-color-text)' },
    '.cm-cursor': { borderLeftColor: 'var(--mantine-color-text)' },
    '.cm-gutters': {
      backgroundColor: 'var(--dw-card)',
      color: 'var(--dw-soft)',
      borderRight: '1px solid var(--dw-line)',
    },
    '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'light-dark(#f4f6fb80, #242a3480)' },
    '.cm-lit': { backgroundColor: 'var(--dw-chosen)', boxShadow: 'inset 3px 0 0 var(--mantine-primary-color-filled)' },
    '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
      background: 'light-dark(#cfd8ff, #37427a)',
    },
    '.cm-selectionMatch': { backgroundColor: 'var(--dw-mark)' },
    '.cm-panels, .cm-tooltip': {
      backgroundColor: 'var(--dw-card)',
      color: 'var(--mantine-color-text)',
      borderColor: 'var(--dw-line)',
    },
    '.cm-tooltip': { border: '1px solid var(--dw-line)', borderRadius: '6px' },
    '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
      background: 'var(--dw-chosen)',
      color: 'var(--mantine-color-text)',
    },
    '.cm-completionDetail': { color: 'var(--dw-soft)', fontStyle: 'normal' },
    '.cm-completionInfo': { maxWidth: '320px', fontFamily: 'var(--mantine-font-family)' },
    '.cm-diagnostic': { fontFamily: 'var(--mantine-font-family)', maxWidth: '480px' },
    '.cm-lintRange-error': {
      backgroundImage: 'none',
      textDecoration: 'underline wavy light-dark(#c92a2a, #ff8787) 1px',
      textUnderlineOffset: '3px',
    },
  }),
]
