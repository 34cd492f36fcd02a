/** Which part of the page an element opens: by element, ARIA role, or the names old pages give their `<div>`s. */
import type { RegionRole } from '../../../domain/page/types.ts'
import { type Attributes, classesOf } from './element.ts'
import type { TagFacts } from './tags.ts'

const BY_ARIA = new Map<string, RegionRole>([
  ['banner', 'header'],
  ['navigation', 'nav'],
  ['menubar', 'nav'],
  ['contentinfo', 'footer'],
  ['complementary', 'aside'],
  ['main', 'main'],
])

const BY_NAME: [RegExp, RegionRole][] = [
  [
    /^(site-?|page-?|main-?|global-?|global_?)?footer(-?(wrap|wrapper|container|area|main|bottom|top))?$|^colophon$/,
    'footer',
  ],
  [/^(site-?|page-?|main-?|global-?)?(navbar|navigation|nav|menu|breadcrumbs?)$|^(main|top)_?menu$/, 'nav'],
  [/^(site-?|global-?)header(-?(wrap|wrapper|container))?$|^masthead$/, 'header'],
  [/^(sidebar|side-?bar|cookie-?(notice|banner|consent|bar))$/, 'aside'],
]

/** What any of the names above holds, to pass over most names at once. */
const NAME_LIKE = /foot|colophon|nav|menu|crumb|head|side|cookie/

export interface RoleContext {
  role: RegionRole
  /** Whether a sectioning element or an explicit main part is around. */
  sectioned: boolean
}

/** The context inside an element, given the one around it. Returns `around` itself when nothing changes. */
export function roleInside(around: RoleContext, tag: string, facts: TagFacts, attributes: Attributes): RoleContext {
  const ariaName = attributes['role']
  if (ariaName !== undefined) {
    // Cookie notices are announced as banners, which would make them page headers.
    if (roleByName(attributes) === 'aside') return { role: 'aside', sectioned: true }
    const aria = BY_ARIA.get(ariaName.trim().toLowerCase())
    if (aria !== undefined) return { role: aria, sectioned: true }
  }
  const sectioned = around.sectioned || facts.sectioning
  if (facts.role !== undefined) {
    const ofSection = around.sectioned && (tag === 'header' || tag === 'footer')
    if (ofSection || (tag === 'main' && around.role !== 'main')) return around
    return { role: facts.role, sectioned }
  }
  if (around.role === 'main' && !around.sectioned && facts.block) {
    const named = roleByName(attributes)
    if (named !== null) return { role: named, sectioned }
  }
  return sectioned === around.sectioned ? around : { role: around.role, sectioned }
}

function roleByName(attributes: Attributes): RegionRole | null {
  const id = attributes['id']
  const names = id === undefined ? classesOf(attributes) : [id, ...classesOf(attributes)]
  for (const name of names) {
    const lower = name.toLowerCase()
    if (!NAME_LIKE.test(lower)) continue
    for (const [pattern, role] of BY_NAME) if (pattern.test(lower)) return role
  }
  return null
}
