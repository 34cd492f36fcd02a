/**
 * What a style hides. Only what one element's own declarations say is judged; layout is not computed. `opacity: 0` does
 * not count as hidden: page builders ship whole visible pages that way and fade them in.
 */

/** Ways to hide, as bits. A descendant can undo `VISIBILITY`, `SIZE` and `COLOUR` by its own style, never the others. */
export const HIDE = { display: 1, place: 2, visibility: 4, size: 8, colour: 16 } as const
export const UNDOABLE = HIDE.visibility | HIDE.size | HIDE.colour

/** Which ways a declaration list speaks about (`set`) and which of them it turns on (`on`). */
export interface Hiding {
  set: number
  on: number
}

const SPEAKS = /display|visibility|font-size|text-indent|clip|position|color/i
const FAR = -2000

/** Reads one `style` attribute or rule body. Returns null when it says nothing about being seen. */
export function hidingOf(declarations: string): Hiding | null {
  if (!SPEAKS.test(declarations)) return null
  const values = new Map<string, string>()
  for (const part of declarations.split(';')) {
    const colon = part.indexOf(':')
    if (colon < 0) continue
    const value = part
      .slice(colon + 1)
      .replace(/!\s*important/i, '')
      .trim()
    values.set(part.slice(0, colon).trim().toLowerCase(), value.toLowerCase())
  }
  const hiding: Hiding = { set: 0, on: 0 }
  const say = (bit: number, on: boolean): void => {
    hiding.set |= bit
    if (on) hiding.on |= bit
  }
  const display = values.get('display')
  if (display !== undefined) say(HIDE.display, display === 'none')
  const visibility = values.get('visibility')
  if (visibility !== undefined) say(HIDE.visibility, visibility === 'hidden' || visibility === 'collapse')
  const size = values.get('font-size')
  if (size !== undefined) say(HIDE.size, /^0+(\.0+)?(px|pt|em|rem|%)?$/.test(size))
  sayPlace(values, say)
  sayColour(values, say)
  return hiding.set === 0 ? null : hiding
}

function sayPlace(values: Map<string, string>, say: (bit: number, on: boolean) => void): void {
  const position = values.get('position')
  const lifted = position === 'absolute' || position === 'fixed'
  const far = (property: string): boolean => Number.parseFloat(values.get(property) ?? '0') <= FAR
  const clipped =
    /^rect\(\s*[01](px)?[\s,]+[01](px)?[\s,]+[01](px)?[\s,]+[01](px)?\s*\)$/.test(values.get('clip') ?? '') ||
    /^inset\(\s*(50|100)%\s*\)$/.test(values.get('clip-path') ?? '')
  const away = lifted && (far('left') || far('top') || far('right') || clipped)
  if (away || far('text-indent')) say(HIDE.place, true)
}

function sayColour(values: Map<string, string>, say: (bit: number, on: boolean) => void): void {
  const colour = values.get('color')
  if (colour === undefined) return
  const ground = values.get('background-color') ?? values.get('background')
  const same = ground !== undefined && plainColour(colour) === plainColour(ground)
  say(HIDE.colour, colour === 'transparent' || same)
}

const NAMED: Record<string, string> = { white: '#ffffff', black: '#000000' }

/** `#fff`, `white` and `rgb(255, 255, 255)` are one colour. */
function plainColour(colour: string): string {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/.exec(colour)
  if (short !== null) return `#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}`
  const rgb = /^rgb\(\s*(\d+)\s*,\s*(\d+)\s*,\s*(\d+)\s*\)$/.exec(colour)
  if (rgb !== null) return `#${[rgb[1], rgb[2], rgb[3]].map(n => Number(n).toString(16).padStart(2, '0')).join('')}`
  return NAMED[colour] ?? colour
}

/** Classes that well-known style sheets, which are not fetched, give to text that no sighted visitor sees. */
const UNSEEN_CLASS = /(?:^|\s)(?:sr-only|visually-?hidden|screen-reader-text|d-none)(?:\s|$)/
const SHOWN_WHEN_WIDE = /(?:^|\s)d-(?:sm|md|lg|xl|xxl)-(?!none)/

/** `classes` as they stand in the attribute. */
export function unseenByClass(classes: string): boolean {
  return UNSEEN_CLASS.test(classes) && !SHOWN_WHEN_WIDE.test(classes)
}

interface Rule {
  tag: string | null
  id: string | null
  classes: string[]
  hiding: Hiding
  /** Specificity, then order: the higher wins. */
  weight: number
}

const MAX_RULES = 5_000
const MAX_CSS = 2_000_000
/** A page could repeat one selector to make every element slow. */
const MAX_RULES_PER_KEY = 64
/** An unclosed comment reaches to the end, so that the pattern stays linear. */
const COMMENT = /\/\*[^*]*(?:\*(?!\/)[^*]*)*(?:\*\/|$)/g
const SIMPLE_SELECTOR = /^([a-z][a-z0-9-]*)?((?:[.#][\w-]+)*)$/i

/** The page's own rules about being seen, for selectors of one element (`div.box`, `#note`, `.tab.open`). */
export class HidingRules {
  /** By the selector's id, else its first class, else its tag. */
  private readonly byId = new Map<string, Rule[]>()
  private readonly byClass = new Map<string, Rule[]>()
  private readonly byTag = new Map<string, Rule[]>()
  private count = 0
  /** False when no rule hides anything: then elements need not be looked up. */
  hides = false

  /** Adds the rules of one `<style>`. Rules for print or for some widths only are passed over. */
  add(css: string): void {
    if (!SPEAKS.test(css)) return
    const plain = css.slice(0, MAX_CSS).replace(COMMENT, '')
    let at = 0
    while (at < plain.length && this.count < MAX_RULES) {
      const open = plain.indexOf('{', at)
      if (open < 0) return
      const prelude = plain.slice(at, open)
      const selector = prelude
        .slice(prelude.lastIndexOf(';') + 1)
        .replace(/^[}\s]+/, '')
        .trim()
      if (/^@media\s+(screen|all)\s*$/i.test(selector)) {
        at = open + 1
        continue
      }
      const end = selector.startsWith('@') ? endOfGroup(plain, open) : plain.indexOf('}', open)
      const stop = end < 0 ? plain.length : end
      if (!selector.startsWith('@')) this.addRule(selector, plain.slice(open + 1, stop))
      at = stop + 1
    }
  }

  private addRule(selectors: string, body: string): void {
    const hiding = hidingOf(body)
    if (hiding === null) return
    for (const selector of selectors.split(',')) {
      const parts = SIMPLE_SELECTOR.exec(selector.trim())
      if (parts === null || parts[0] === '') continue
      const tag = parts[1]?.toLowerCase() ?? null
      // A page that hides all of itself is waiting for its script (AMP, anti-flicker snippets).
      if (tag === 'html' || tag === 'body') continue
      const names = parts[2]?.match(/[.#][\w-]+/g) ?? []
      const id = names.find(name => name.startsWith('#'))?.slice(1) ?? null
      const classes = names.filter(name => name.startsWith('.')).map(name => name.slice(1))
      const important = /!\s*important/i.test(body) ? 1e12 : 0
      this.count += 1
      const weight =
        important + ((id === null ? 0 : 100) + classes.length * 10 + (tag === null ? 0 : 1)) * 1e6 + this.count
      const rule = { tag, id, classes, hiding, weight }
      if (id !== null) addRuleTo(this.byId, id, rule)
      else if (classes[0] !== undefined) addRuleTo(this.byClass, classes[0], rule)
      else if (tag !== null) addRuleTo(this.byTag, tag, rule)
      if (hiding.on !== 0) this.hides = true
    }
  }

  /** What the rules say about one element, or null when they say nothing. */
  match(tag: string, id: string | undefined, classes: string[]): Hiding | null {
    const found: Rule[] = []
    const take = (rules: Rule[] | undefined): void => {
      if (rules === undefined) return
      for (const rule of rules) {
        const fits =
          (rule.tag === null || rule.tag === tag) &&
          (rule.id === null || rule.id === id) &&
          rule.classes.every(name => classes.includes(name))
        if (fits) found.push(rule)
      }
    }
    take(this.byTag.get(tag))
    if (id !== undefined) take(this.byId.get(id))
    for (const name of classes) take(this.byClass.get(name))
    if (found.length === 0) return null
    found.sort((a, b) => a.weight - b.weight)
    return found.reduce<Hiding>((sum, { hiding }) => cascade(sum, hiding), { set: 0, on: 0 })
  }
}

/** Pages of one site share their style sheets: the rules of the last few are kept, most recently used last. */
const lately = new Map<string, { sheets: string; rules: HidingRules }>()
const KEPT_LATELY = 16
const MAX_KEPT_CHARS = 32_768

/** The rules of a page's style sheets, in their order. They are not changed afterwards. */
export function rulesOf(sheets: readonly string[]): HidingRules {
  const text = sheets.join('\0')
  const known = lately.get(text)
  if (known !== undefined) {
    lately.delete(text)
    lately.set(known.sheets, known)
    return known.rules
  }
  const rules = new HidingRules()
  for (const sheet of sheets) rules.add(sheet)
  if (text.length <= MAX_KEPT_CHARS) {
    // A copy: a slice of the page would keep the whole page in memory.
    const copy = structuredClone(text)
    lately.set(copy, { sheets: copy, rules })
    for (const oldest of lately.keys()) if (lately.size > KEPT_LATELY) lately.delete(oldest)
  }
  return rules
}

function addRuleTo(rules: Map<string, Rule[]>, key: string, rule: Rule): void {
  const known = rules.get(key)
  if (known === undefined) rules.set(key, [rule])
  else if (known.length < MAX_RULES_PER_KEY) known.push(rule)
}

/** `over` has the last word on what it speaks about. */
export function cascade(under: Hiding, over: Hiding): Hiding {
  return { set: under.set | over.set, on: (under.on & ~over.set) | over.on }
}

/** Index of the brace that closes the group opened at `open`, or -1. */
function endOfGroup(css: string, open: number): number {
  let depth = 0
  for (let at = open; at < css.length; at += 1) {
    const code = css.charCodeAt(at)
    if (code === 0x7b) depth += 1
    else if (code === 0x7d) {
      depth -= 1
      if (depth === 0) return at
    }
  }
  return -1
}
