/** Which part of the page an element opens: by element, ARIA role, or the names old pages give their `<div>`s. */
import type { RegionRole } from '../../../domain/page/types.ts'

const BY_ARIA = new Map<string, RegionRole>([
  ['banner', 'header'],
  ['navigation', 'nav'],
  ['menubar', 'nav'],
  ['contentinfo', 'footer'],
  ['complementary', 'aside'],
  ['main', 'main'],
])

const BY_TAG = new Map<string, RegionRole>([
  ['header', 'header'],
  ['nav', 'nav'],
  ['footer', 'footer'],
  ['aside', 'aside'],
  ['main', 'main'],
])

/** Inside these, `<header>` and `<footer>` belong to the section, not to the page (as in ARIA in HTML). */
const SECTIONING = new Set(['article', 'aside', 'main', 'nav', 'section'])

const BY_NAME: [RegExp, RegionRole][] = [
  [
    /^(site-?|page-?|main-?|global-?|global_?)?footer(-?(wrap|wrapper|container|area|main|bottom|top))?$|^colophon$/,
    'footer',
  ],
  [/^(site-?|page-?|main-?|global-?)?(navbar|navigation|nav|menu|breadcrumbs?)$|^(main|top)_?menu$/, 'nav'],
  [/^(site-?|global-?)header(-?(wrap|wrapper|container))?$|^masthead$/, 'header'],
  [/^(sidebar|side-?bar|cookie-?(notice|banner|consent|bar))$/, 'aside'],
]

export interface RoleContext {
  role: RegionRole
  /** Whether a sectioning element or an explicit main part is around. */
  sectioned: boolean
}

/** The context inside an element, given the one around it. Returns `around` itself when nothing changes. */
export function roleInside(
  around: RoleContext,
  tag: string,
  attributes: { role?: string; id?: string; classes: string[] },
): RoleContext {
  // Cookie notices are announced as banners, which would make them page headers.
  if (attributes.role !== undefined && roleByName(attributes) === 'aside') return { role: 'aside', sectioned: true }
  const aria = attributes.role === undefined ? undefined : BY_ARIA.get(attributes.role.trim().toLowerCase())
  if (aria !== undefined) return { role: aria, sectioned: true }
  const sectioned = around.sectioned || SECTIONING.has(tag)
  const byTag = BY_TAG.get(tag)
  if (byTag !== undefined) {
    const ofSection = around.sectioned && (tag === 'header' || tag === 'footer')
    if (ofSection || (tag === 'main' && around.role !== 'main')) return around
    return { role: byTag, sectioned }
  }
  if (around.role === 'main' && !around.sectioned) {
    const named = roleByName(attributes)
    if (named !== null) return { role: named, sectioned }
  }
  return sectioned === around.sectioned ? around : { role: around.role, sectioned }
}

function roleByName({ id, classes }: { id?: string; classes: string[] }): RegionRole | null {
  const names = id === undefined ? classes : [id, ...classes]
  for (const name of names) {
    const lower = name.toLowerCase()
    for (const [pattern, role] of BY_NAME) if (pattern.test(lower)) return role
  }
  return null
}
